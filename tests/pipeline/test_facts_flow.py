"""Facts over dated bodies: published with their run, disputed, held, never lost to silence."""

from __future__ import annotations

import json

import pytest
import time_machine

from registry.catalog.models import Model, Offer
from registry.catalog.showing import describe
from registry.ingest.models import Claim
from registry.ledger.facts import Subject
from registry.ledger.facts_asof import fact_history, facts_at
from registry.ledger.models import FactPoint, Revision
from registry.ledger.verification import verify
from registry.selectors.clocks import as_of
from registry.selectors.facts import facts_of_model
from tests.pipeline.bodies import FILLERS, litellm, models_dev, openrouter, priced
from tests.pipeline.taking import Item, deliver, head_number, moment, offer, reviews

pytestmark = pytest.mark.usefixtures("sources")

GPT = "openai/gpt-9"
HOSTED = "openrouter/openai/gpt-9"


def said(**facts: object) -> bytes:
    """models.dev's word on the model, the same in every row but its price."""
    limit = {"context": facts.pop("context", None), "output": facts.pop("output", None)}
    fields = {name: json.dumps(value) for name, value in facts.items()}
    rows = priced((*FILLERS, GPT), "3", "15")
    return models_dev(rows, facts={"limit": json.dumps(limit), **fields})


def hosted(context: int) -> bytes:
    """OpenRouter's word on its own offer of the model."""
    body = json.loads(
        openrouter({"openai/gpt-9": {"prompt": "0.000003", "completion": "0.000015"}})
    )
    body["data"][0]["context_length"] = context
    return json.dumps(body).encode()


def model() -> Model:
    return Model.objects.get(slug="gpt-9")


def starts(name: str, of: str = "model") -> list[tuple[str, object, str]]:
    """A fact's starts: day, value, status."""
    subject = Subject.model(model().pk) if of == "model" else Subject.offer(offer(of).pk)
    return [
        (f"{fact.starts_at:%Y-%m-%d}", fact.value, fact.status.value)
        for fact in fact_history(subject, name).get(name, ())
    ]


def test_a_fact_is_published_with_the_prices_of_its_run_and_leads_to_its_claim() -> None:
    deliver("models-dev", said(context=200_000, open_weights=False), "2026-04-01")
    point = FactPoint.objects.get(series__model=model(), series__name="context_tokens")
    assert (point.value, point.revision_id, head_number()) == ("200000", 1, 1)
    assert point.claim == Claim.objects.get(entry_key=GPT)
    assert Revision.objects.get().point_count == Revision.objects.get().pricepoints.count() + (
        FactPoint.objects.count()
    )
    assert (model().context_tokens, model().open_weights) == (200_000, False)
    assert verify().ok


def test_what_was_known_then_is_told_for_then() -> None:
    deliver("models-dev", said(context=200_000), "2026-04-01")
    deliver("models-dev", said(context=400_000), "2026-05-01")
    subject = Subject.model(model().pk)
    assert starts("context_tokens") == [
        ("2026-04-01", 200_000, "single"),
        ("2026-05-01", 400_000, "single"),
    ]
    for day, revision, value in (
        ("2026-04-15", None, 200_000),
        ("2026-05-15", None, 400_000),
        ("2026-05-15", 1, 200_000),
    ):
        known = facts_at([subject], at=moment(day), revision=revision)
        assert known[subject]["context_tokens"].value == value
    assert facts_at([subject], at=moment("2026-03-31")) == {}
    assert model().context_tokens == 400_000


def test_silence_takes_no_fact_away() -> None:
    deliver("models-dev", said(context=200_000, release_date="2026-03-01"), "2026-04-01")
    deliver("models-dev", said(), "2026-05-01")
    assert starts("context_tokens") == [("2026-04-01", 200_000, "single")]
    assert model().context_tokens == 200_000
    assert offer(GPT).context_tokens == 200_000


def test_equal_facts_are_published_once() -> None:
    deliver("models-dev", said(context=200_000), "2026-04-01")
    points = FactPoint.objects.count()
    deliver("models-dev", said(context=200_000, output=8_000), "2026-05-01")
    assert FactPoint.objects.count() > points
    assert len(starts("context_tokens")) == 1


def test_an_offer_has_a_history_of_its_own_from_where_it_parts_from_its_model() -> None:
    deliver("models-dev", said(context=200_000), "2026-04-01")
    deliver("openrouter", hosted(200_000), "2026-04-02")
    assert starts("context_tokens", HOSTED) == []
    assert offer(HOSTED).context_tokens == 200_000
    deliver("models-dev", said(context=400_000), "2026-05-01")
    assert starts("context_tokens", HOSTED) == [("2026-05-01", 200_000, "single")]
    assert model().context_tokens == 400_000
    deliver("openrouter", hosted(400_000), "2026-06-01")
    assert starts("context_tokens", HOSTED)[1:] == [("2026-06-01", 400_000, "single")]


def test_a_hosts_page_does_not_speak_for_the_lab_but_fills_what_nobody_says() -> None:
    deliver("openrouter", hosted(32_000), "2026-04-01")
    deliver("models-dev", said(context=200_000, open_weights=False), "2026-04-02")
    assert model().context_tokens == 200_000
    assert offer(HOSTED).context_tokens == 32_000
    assert starts("context_tokens")[-1] == ("2026-04-02", 200_000, "disputed")


def test_a_tenfold_step_waits_and_the_rest_of_the_run_does_not() -> None:
    deliver("models-dev", said(context=200_000), "2026-04-01")
    deliver("models-dev", said(context=2_000_000, output=8_000), "2026-05-01")
    waiting = [item for item in reviews() if item.offer == GPT]
    assert waiting == [Item("models-dev", GPT, "hold", "fact_step", "open")]
    assert (model().context_tokens, model().max_output_tokens) == (200_000, 8_000)
    deliver("models-dev", said(context=200_000), "2026-06-01")
    assert [item.state for item in reviews(state=None) if item.offer == GPT] == ["superseded"]


def test_a_second_voice_carries_a_hosts_own_step_but_two_hosts_do_not_carry_the_models() -> None:
    deliver("openrouter", hosted(200_000), "2026-04-01")
    deliver("openrouter", hosted(2_000_000), "2026-04-02")
    assert offer(HOSTED).context_tokens == 200_000
    rows = priced((*FILLERS, HOSTED), "3", "15")
    body = models_dev(rows, facts={"limit": '{"context": 2000000}'})
    deliver("models-dev", body, "2026-04-03")
    assert (offer(HOSTED).context_tokens, model().context_tokens) == (2_000_000, 200_000)
    assert [i.reason for i in reviews() if i.offer == HOSTED] == ["fact_step"]


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ({}, {"release_date": "1970-01-01"}, "fact_implausible"),
        ({"open_weights": True}, {"open_weights": False}, "fact_reversed"),
        ({}, {"modalities": {"input": ["text", "smell"]}}, "unknown_modality"),
    ],
)
def test_an_odd_fact_is_a_review_item_and_its_prices_are_published(
    before: dict[str, object], after: dict[str, object], reason: str
) -> None:
    deliver("models-dev", said(context=1000, **before), "2026-04-01")
    run = deliver("models-dev", said(context=1000, **after), "2026-05-01")
    assert run.outcome == "published"
    assert {item.reason for item in reviews() if item.offer == GPT} == {reason}


def test_bodies_taken_out_of_order_leave_the_newest_fact_on_the_row() -> None:
    deliver("models-dev", said(context=400_000), "2026-05-01")
    deliver("models-dev", said(context=200_000), "2026-04-01")
    assert model().context_tokens == 400_000
    assert [value for _, value, _ in starts("context_tokens")] == [200_000, 400_000]


def sold(release_date: str, name: str) -> bytes:
    """models.dev's rows of one model: the lab's own, and those of two hosts that say otherwise."""
    body = json.loads(said(release_date=release_date, name=name))
    for host, day in (("groq", "2026-03-01"), ("together-ai", "2026-09-09")):
        row = {"id": "gpt-9", "name": "GPT 9 Turbo", "release_date": day}
        body.setdefault(host, {"id": host, "models": {}})["models"]["openai/gpt-9"] = row
    return json.dumps(body).encode()


def test_a_feed_that_moves_on_to_a_newer_snapshot_neither_dates_nor_names_the_model_after_it() -> (
    None
):
    deliver("models-dev", sold("2026-03-30", "GPT-9"), "2026-04-01")
    assert (model().name, str(model().released_on)) == ("GPT-9", "2026-03-30")
    deliver("models-dev", sold("2026-08-13", "GPT-9-0813"), "2026-08-14")
    assert (model().name, str(model().released_on)) == ("GPT-9", "2026-03-30")
    assert starts("released_on") == [("2026-03-30", "2026-03-30", "single")]


def test_a_day_of_a_newer_snapshot_is_a_side_that_disputes_nothing() -> None:
    deliver("models-dev", said(context=1000, release_date="2026-03-30"), "2026-04-01")
    deliver("models-dev", said(context=1000, release_date="2026-08-13"), "2026-08-14")
    with time_machine.travel(moment("2026-08-14"), tick=False):
        known = {fact.name: fact for fact in facts_of_model(model().pk, as_of())}
    release = known["released_on"]
    assert (release.value, release.status) == ("2026-03-30", "single")
    assert [(side.value, side.agrees) for side in release.sides] == [("2026-08-13", False)]


@pytest.mark.parametrize("corrected", ["2026-03-26", "2026-03-31"])
def test_a_release_begins_on_its_day_and_one_that_was_told_wrongly_never_was(
    corrected: str,
) -> None:
    deliver("models-dev", said(context=1000, release_date="2026-03-28"), "2026-04-01")
    (first,) = fact_history(Subject.model(model().pk), "released_on")["released_on"]
    assert (first.starts_at, first.starts_basis.value) == (moment("2026-03-28"), "stated")
    assert starts("context_tokens") == [("2026-04-01", 1000, "single")]
    deliver("models-dev", said(context=1000, release_date=corrected), "2026-04-02")
    assert starts("released_on") == [(corrected, corrected, "single")]
    assert str(model().released_on) == corrected
    before = facts_at([Subject.model(model().pk)], at=moment("2026-04-03"), revision=1)
    assert before[Subject.model(model().pk)]["released_on"].value == "2026-03-28"
    assert verify().ok


def test_an_end_that_lies_ahead_is_known_from_when_it_was_announced() -> None:
    def mapped(day: str) -> bytes:
        return litellm({"gpt-9": {"input_cost_per_token": "1e-6", "deprecation_date": f'"{day}"'}})

    def ends() -> list[tuple[str, object, str]]:
        (known,) = fact_history(Subject.offer(offer(GPT).pk)).values()
        return [(f"{one.starts_at:%Y-%m-%d}", one.value, one.starts_basis.value) for one in known]

    deliver("litellm", mapped("2026-09-01"), "2026-04-01")
    assert ends() == [("2026-04-01", "2026-09-01", "observed")]
    deliver("litellm", mapped("2026-10-01"), "2026-05-01")
    assert ends()[1:] == [("2026-05-01", "2026-10-01", "observed")]
    deliver("litellm", mapped("2026-04-20"), "2026-06-01")
    assert ends() == [
        ("2026-04-01", "2026-09-01", "observed"),
        ("2026-04-20", "2026-04-20", "stated"),
    ]
    assert str(Offer.objects.get(provider_model_id="gpt-9").deprecated_on) == "2026-04-20"


def test_a_late_word_does_not_move_a_day_that_is_known_better_since() -> None:
    deliver("models-dev", said(context=1000, release_date="2026-03-28"), "2026-04-10")
    deliver("models-dev", said(context=1000, release_date="2026-03-20"), "2026-04-01")
    assert starts("released_on") == [("2026-03-28", "2026-03-28", "single")]
    assert str(model().released_on) == "2026-03-28"


def test_what_a_person_has_named_is_not_named_by_a_source() -> None:
    deliver("models-dev", said(context=1000, name="GPT-9"), "2026-04-01")
    row, sold_there = model(), offer(GPT)
    row.name, sold_there.name = "GPT Nine", "The ninth"
    for one in (row, sold_there):
        describe(one, ["name"])
        one.save()
    deliver("models-dev", said(context=2000, name="GPT-9 Omni"), "2026-05-01")
    assert (model().name, offer(GPT).name) == ("GPT Nine", "The ninth")
    assert (model().context_tokens, offer(GPT).context_tokens) == (2000, 2000)
    row = model()
    row.name = ""
    describe(row, ["name"])
    row.save()
    deliver("models-dev", said(context=3000, name="GPT-9 Omni"), "2026-06-01")
    assert model().name == "GPT-9 Omni"
