"""What a person says of a price holds against every later run, and can be undone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from registry.curation import actions
from registry.curation.models import AuditEvent, Ruling
from registry.ingest.models import Claim
from registry.ledger.chain import head
from registry.ledger.models import PricePoint
from registry.ledger.verification import verify
from tests.curation.deciding import hand, item, point, row
from tests.pipeline.bodies import FILLERS, litellm, models_dev, per_token, priced
from tests.pipeline.taking import card, deliver, head_number, moment, offer, reviews

pytestmark = pytest.mark.usefixtures("sources")

GPT = "openai/gpt-9"
ADDRESS = "https://openai.example/pricing"


def feed(price: str, output: str = "60", **facts: str) -> bytes:
    return models_dev(priced(FILLERS, "3", "15") | priced((GPT,), price, output), facts=facts)


@pytest.fixture(autouse=True)
def _standing(sources: None) -> None:
    """gpt-9 stands at 3 / 60 from April the 1st."""
    deliver("models-dev", feed("3"), "2026-04-01")


def correct(amount: str, since: str, day: str, *, read_at: int | None = None) -> actions.Answered:
    rows = [row("input_tokens", amount)]
    return actions.correct(
        offer(GPT).pk, rows, since=moment(since), address=ADDRESS, read_at=read_at, **hand(day)
    )


def test_a_correction_is_published_from_the_day_it_names_with_its_own_receipt() -> None:
    correct("0.3", "2026-04-03", "2026-04-09")
    assert card(GPT, "2026-04-02")["input_tokens"] == "3"
    assert card(GPT, "2026-04-03") == {"input_tokens": "0.3", "output_tokens": "60"}
    claim = Claim.objects.get(source__slug="staff")
    assert claim.page == ADDRESS
    assert claim.first_run.snapshot is not None
    assert point(GPT, "2026-04-03").claim_id == claim.pk


def test_a_correction_from_the_same_start_replaces_what_began_there() -> None:
    correct("2", "2026-04-01", "2026-04-09")
    assert card(GPT, "2026-04-01")["input_tokens"] == "2"
    assert point(GPT, "2026-04-01").cause == "corrected"
    assert card(GPT, "2026-04-01", revision=1)["input_tokens"] == "3"


def test_a_correction_takes_back_the_starts_that_it_passes_over() -> None:
    deliver("models-dev", feed("4"), "2026-04-05")
    correct("2", "2026-04-03", "2026-04-09")
    assert [card(GPT, f"2026-04-0{day}")["input_tokens"] for day in (2, 3, 5, 9)] == [
        "3",
        "2",
        "2",
        "2",
    ]


def test_later_runs_keep_a_correction_whatever_they_say() -> None:
    correct("2", "2026-04-03", "2026-04-09")
    for day, price in (("10", "4"), ("11", "12"), ("12", "3")):
        deliver("models-dev", feed(price), f"2026-04-{day}")
    deliver("litellm", litellm({"gpt-9": per_token("4", "60")}), "2026-04-13")
    assert card(GPT, "2026-04-13") == {"input_tokens": "2", "output_tokens": "60"}
    assert reviews() == []


def test_a_correction_speaks_of_its_own_prices_only() -> None:
    correct("2", "2026-04-03", "2026-04-09")
    deliver("models-dev", feed("3", "65"), "2026-04-10")
    assert card(GPT, "2026-04-10") == {"input_tokens": "2", "output_tokens": "65"}


def test_the_later_of_two_corrections_counts() -> None:
    correct("2", "2026-04-03", "2026-04-09")
    correct("2.5", "2026-04-08", "2026-04-10")
    deliver("models-dev", feed("4"), "2026-04-11")
    assert card(GPT, "2026-04-07")["input_tokens"] == "2"
    assert card(GPT, "2026-04-11")["input_tokens"] == "2.5"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (row("input_tokens", "1,5"), "1,5"),
        (row("input_tokens", "0"), "0"),
        (row("input_tokens", "-1"), "-1"),
        (row("input_tokens", "1_000"), "1_000"),
        (row("input_tokens", "NaN"), "NaN"),
        (row("input_tokens", "２"), "２"),
        (row("tokens", "2"), "meter"),
        (row("input_tokens", "2", terms="tier"), "terms"),
        (row("input_tokens", "2", state="cheap"), "state"),
        (["input_tokens", "", "usd", "priced", "2"], "currency"),
    ],
)
def test_a_figure_that_is_none_is_refused_by_name_and_nothing_is_written(
    written: list[str], told: str
) -> None:
    before = head_number()
    with pytest.raises(actions.ActionRefused, match=told):
        actions.correct(
            offer(GPT).pk, [written], since=moment("2026-04-03"), address="", **hand("2026-04-09")
        )
    assert head_number() == before
    assert Ruling.objects.count() == Claim.objects.filter(source__slug="staff").count() == 0


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "openai", "https://", "ftp://a.example"]
)
def test_an_address_must_be_one_that_a_person_can_open(address: str) -> None:
    with pytest.raises(actions.ActionRefused, match="address"):
        actions.correct(
            offer(GPT).pk,
            [row("input_tokens", "2")],
            since=moment("2026-04-03"),
            address=address,
            **hand("2026-04-09"),
        )


def test_a_price_can_be_said_to_be_free() -> None:
    rows = [row("input_tokens", "", state="free"), row("output_tokens", "", state="free")]
    actions.correct(
        offer(GPT).pk, rows, since=moment("2026-04-09"), address="", **hand("2026-04-09")
    )
    assert card(GPT, "2026-04-09") == {"input_tokens": "free", "output_tokens": "free"}


def test_a_decision_on_an_old_page_is_refused() -> None:
    seen = head_number()
    deliver("models-dev", feed("4"), "2026-04-05")
    with pytest.raises(actions.Outdated, match="revision 2 by models-dev"):
        correct("2", "2026-04-03", "2026-04-09", read_at=seen)


def test_an_item_is_approved_with_other_figures_once() -> None:
    deliver("models-dev", feed("12"), "2026-04-05")
    held = item("large_change")
    rows = [row("input_tokens", "1.2")]
    actions.approve_edited(held.pk, rows, address=ADDRESS, **hand("2026-04-09"))
    assert card(GPT, "2026-04-05")["input_tokens"] == "1.2"
    held.refresh_from_db()
    assert held.state == "corrected"
    deliver("models-dev", feed("12", name='"GPT 9"'), "2026-04-10")
    assert reviews() == []
    with pytest.raises(actions.AnsweredAlready):
        actions.approve_edited(held.pk, rows, address=ADDRESS, **hand("2026-04-11"))


def test_a_retracted_start_never_was_and_does_not_come_back() -> None:
    deliver("models-dev", feed("4"), "2026-04-05")
    actions.retract(point(GPT, "2026-04-05").pk, **hand("2026-04-09"))
    assert card(GPT, "2026-04-09")["input_tokens"] == "3"
    for day in ("10", "11"):
        deliver("models-dev", feed("4", name=f'"{day}"'), f"2026-04-{day}")
    deliver("litellm", litellm({"gpt-9": per_token("4", "60")}), "2026-04-12")
    assert card(GPT, "2026-04-12")["input_tokens"] == "3"
    assert reviews() == []
    deliver("models-dev", feed("5"), "2026-04-13")
    assert card(GPT, "2026-04-13")["input_tokens"] == "5"


def test_a_retracted_correction_is_in_force_no_more() -> None:
    correct("2", "2026-04-03", "2026-04-09")
    actions.retract(point(GPT, "2026-04-03").pk, **hand("2026-04-10"))
    assert card(GPT, "2026-04-10")["input_tokens"] == "3"
    deliver("models-dev", feed("4"), "2026-04-11")
    assert card(GPT, "2026-04-11")["input_tokens"] == "4"


def test_a_start_is_retracted_once() -> None:
    began = point(GPT, "2026-04-01")
    actions.retract(began.pk, **hand("2026-04-09"))
    with pytest.raises(actions.ActionRefused, match="taken back already"):
        actions.retract(began.pk, **hand("2026-04-10"))


def test_a_withdrawn_offer_has_no_price_until_a_source_says_another() -> None:
    actions.withdraw(offer(GPT).pk, since=moment("2026-04-08"), **hand("2026-04-09"))
    assert card(GPT, "2026-04-07")["input_tokens"] == "3"
    assert card(GPT, "2026-04-08") == {}
    assert offer(GPT).status == "withdrawn"
    deliver("models-dev", feed("3", name='"GPT 9"'), "2026-04-10")
    assert card(GPT, "2026-04-10") == {}
    deliver("models-dev", feed("4", "65"), "2026-04-11")
    assert card(GPT, "2026-04-11") == {"input_tokens": "4", "output_tokens": "65"}


def test_a_pinned_offer_moves_with_the_first_run_after_its_date() -> None:
    actions.pin(offer(GPT).pk, until=moment("2026-04-20"), **hand("2026-04-09"))
    deliver("models-dev", feed("4"), "2026-04-10")
    assert card(GPT, "2026-04-10")["input_tokens"] == "3"
    deliver("models-dev", feed("4"), "2026-04-19")
    assert card(GPT, "2026-04-19")["input_tokens"] == "3"
    deliver("models-dev", feed("4"), "2026-04-20")
    assert card(GPT, "2026-04-20")["input_tokens"] == "4"
    assert Ruling.objects.get().lifted_at == moment("2026-04-20")


def test_what_is_past_cannot_be_pinned_and_what_is_to_come_not_corrected() -> None:
    with pytest.raises(actions.ActionRefused, match="until"):
        actions.pin(offer(GPT).pk, until=moment("2026-04-09"), **hand("2026-04-09"))
    with pytest.raises(actions.ActionRefused, match="since"):
        correct("2", "2026-04-10", "2026-04-09")


UNDOABLE = ("correct", "retract", "withdraw", "pin")


@pytest.mark.parametrize("kind", UNDOABLE)
def test_every_action_is_undone_by_a_new_revision(kind: str) -> None:
    deliver("models-dev", feed("4"), "2026-04-05")
    days = [f"2026-04-0{day}" for day in range(1, 10)]
    before = [card(GPT, day) for day in days]
    acts: dict[str, Callable[[], actions.Answered]] = {
        "correct": lambda: correct("2", "2026-04-03", "2026-04-09"),
        "retract": lambda: actions.retract(point(GPT, "2026-04-05").pk, **hand("2026-04-09")),
        "withdraw": lambda: actions.withdraw(
            offer(GPT).pk, since=moment("2026-04-08"), **hand("2026-04-09")
        ),
        "pin": lambda: actions.pin(offer(GPT).pk, until=moment("2026-05-01"), **hand("2026-04-09")),
    }
    answered = acts[kind]()
    actions.undo(answered.event.pk, **hand("2026-04-09"))
    assert [card(GPT, day) for day in days] == before
    assert not Ruling.objects.filter(lifted_at=None).exists()
    deliver("models-dev", feed("4", name='"GPT 9"'), "2026-04-12")
    assert card(GPT, "2026-04-12") == before[-1]
    assert offer(GPT).status == "live"
    assert [event.action for event in AuditEvent.objects.order_by("pk")] == [kind, "undo"]


def test_what_was_spoken_of_since_cannot_be_undone() -> None:
    first = correct("2", "2026-04-03", "2026-04-09")
    correct("2.5", "2026-04-03", "2026-04-10")
    with pytest.raises(actions.Outdated):
        actions.undo(first.event.pk, **hand("2026-04-11"))


def test_the_chain_holds_over_all_that_persons_do() -> None:
    answered = correct("2", "2026-04-03", "2026-04-09")
    actions.undo(answered.event.pk, **hand("2026-04-10"))
    actions.retract(point(GPT, "2026-04-01").pk, **hand("2026-04-11"))
    assert head().number == head_number()
    assert verify().faults == ()
    assert PricePoint.objects.filter(state="retracted").exists()
