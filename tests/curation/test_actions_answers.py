"""An item is answered once: the same word asks no more, in whatever later run it is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.curation import actions
from registry.curation.models import AuditEvent, Review, Ruling
from registry.ledger.models import FactPoint, Revision
from tests.curation.deciding import PAGE, hand, item
from tests.pipeline.bodies import FILLERS, litellm, models_dev, openrouter, per_token, priced
from tests.pipeline.taking import card, deliver, head_number, moment, offer, reviews

pytestmark = pytest.mark.usefixtures("sources")

GPT = "openai/gpt-9"


def feed(price: str, output: str = "60", **facts: str) -> bytes:
    return models_dev(priced(FILLERS, "3", "15") | priced((GPT,), price, output), facts=facts)


@pytest.fixture
def held() -> Review:
    """gpt-9 stands at 3; models.dev says 12."""
    deliver("models-dev", feed("3"), "2026-04-01")
    deliver("models-dev", feed("12"), "2026-04-05")
    return item("large_change")


def test_an_approved_price_is_published_from_when_it_was_first_seen(held: Review) -> None:
    answered = actions.approve([held.pk], **hand("2026-04-09"))
    assert card(GPT, "2026-04-04")["input_tokens"] == "3"
    assert card(GPT, "2026-04-05")["input_tokens"] == "12"
    assert answered.revision is not None
    assert (answered.revision.kind, answered.revision.author) == ("curation", "anna")
    held.refresh_from_db()
    assert (held.state, held.answered_by, held.answer_note) == ("approved", "anna", "checked")


def test_a_rejected_word_stays_unheard_in_later_runs_and_asks_no_more(held: Review) -> None:
    actions.reject([held.pk], **hand("2026-04-09"))
    deliver("models-dev", feed("12", name='"GPT 9"'), "2026-04-10")
    deliver("models-dev", feed("12", name='"GPT nine"'), "2026-04-11")
    assert reviews() == []
    assert card(GPT, "2026-04-11")["input_tokens"] == "3"


def test_a_rejected_source_asks_again_when_it_says_something_else(held: Review) -> None:
    actions.reject([held.pk], **hand("2026-04-09"))
    deliver("models-dev", feed("30"), "2026-04-10")
    assert [one.reason for one in reviews()] == ["large_change"]


def test_rejecting_a_price_rejects_it_from_everybody_who_says_it_now(held: Review) -> None:
    deliver("litellm", litellm({"gpt-9": per_token("12", "60")}), "2026-04-07")
    actions.reject([item("large_change").pk], **hand("2026-04-09"))
    assert reviews() == []
    assert {r.source.slug for r in Ruling.objects.all() if r.source} == {"models-dev", "litellm"}


def test_the_answer_survives_another_way_of_reading_the_same_body(held: Review) -> None:
    actions.reject([held.pk], **hand("2026-04-09"))
    other_facts = feed("12", family='"gpt"', release_date='"2026-01-01"')
    deliver("models-dev", other_facts, "2026-04-12")
    assert reviews() == []


def test_the_second_curator_is_told_what_the_first_did(held: Review) -> None:
    bert = User.objects.create_superuser("bert")
    actions.approve([held.pk], **hand("2026-04-09"))
    published = head_number()
    with pytest.raises(actions.AnsweredAlready, match="approved by anna at 2026-04-09 00:00"):
        actions.reject([held.pk], **hand("2026-04-10", by=bert))
    assert head_number() == published
    assert Ruling.objects.count() == AuditEvent.objects.count() == 1


def test_many_items_are_one_revision_or_nothing() -> None:
    deliver("models-dev", models_dev(priced(FILLERS, "3", "15")), "2026-04-01")
    moved = priced(FILLERS[:3], "12", "15") | priced(FILLERS[3:], "3", "15")
    deliver("models-dev", models_dev(moved), "2026-04-02")
    ids = list(Review.objects.values_list("pk", flat=True))
    assert len(ids) == 3
    before = head_number()
    with pytest.raises(actions.AnsweredAlready):
        actions.approve([*ids, 10**9], **hand("2026-04-03"))
    assert head_number() == before
    actions.approve(ids, **hand("2026-04-03"))
    assert head_number() == before + 1
    assert Revision.objects.get(number=before + 1).point_count == 3


def test_a_rejected_figure_cannot_be_approved_as_it_stands() -> None:
    deliver("models-dev", feed("3"), "2026-04-01")
    deliver("models-dev", feed("-3"), "2026-04-02")
    with pytest.raises(actions.ActionRefused, match="approved with other figures"):
        actions.approve([item("negative").pk], **hand("2026-04-03"))
    assert len(reviews()) == 1


def test_a_vanished_price_ends_when_its_item_is_approved() -> None:
    deliver("models-dev", feed("3"), "2026-04-01")
    rows = priced(FILLERS, "3", "15") | {GPT: {"output": "60"}}
    deliver("models-dev", models_dev(rows), "2026-04-02")
    actions.approve([item("vanished").pk], **hand("2026-04-03"))
    assert card(GPT, "2026-04-03") == {"output_tokens": "60"}
    deliver("models-dev", models_dev(rows, facts={"name": '"GPT"'}), "2026-04-04")
    assert reviews() == []


def test_a_vanished_price_stands_when_its_item_is_rejected_and_holds_nothing_else() -> None:
    deliver("models-dev", feed("3"), "2026-04-01")
    gone = priced(FILLERS, "3", "15") | {GPT: {"output": "60"}}
    deliver("models-dev", models_dev(gone), "2026-04-02")
    actions.reject([item("vanished").pk], **hand("2026-04-03"))
    moved = priced(FILLERS, "3", "15") | {GPT: {"output": "65"}}
    deliver("models-dev", models_dev(moved), "2026-04-04")
    assert card(GPT, "2026-04-04") == {"input_tokens": "3", "output_tokens": "65"}


def test_undoing_an_approval_brings_the_old_price_and_the_item_back(held: Review) -> None:
    answered = actions.approve([held.pk], **hand("2026-04-09"))
    undone = actions.undo(answered.event.pk, **hand("2026-04-10", note="too early"))
    assert card(GPT, "2026-04-10")["input_tokens"] == "3"
    assert card(GPT, "2026-04-10", revision=2)["input_tokens"] == "12"
    assert [one.reason for one in reviews()] == ["large_change"]
    assert undone.event.undoes == answered.event.pk
    with pytest.raises(actions.ActionRefused, match="not undone already"):
        actions.undo(answered.event.pk, **hand("2026-04-11"))
    deliver("models-dev", feed("12", name='"GPT 9"'), "2026-04-12")
    assert [one.reason for one in reviews()] == ["large_change"]


OPENROUTER = "openrouter/openai/gpt-9"


def own_word(completion: str, day: str) -> None:
    """OpenRouter of its own offer: a week of it confirms what is within its reach."""
    rows = {name: {"prompt": "0.000003", "completion": "0.000015"} for name in FILLERS}
    gpt = {"prompt": "0.000003", "completion": completion}
    deliver("openrouter", openrouter({**rows, "openai/gpt-9": gpt}), day)


@pytest.mark.parametrize("answer", [None, actions.approve, actions.reject])
def test_what_a_person_has_weighed_is_not_published_because_time_passed(
    answer: Callable[..., actions.Answered] | None,
) -> None:
    own_word("0.000015", "2026-04-01")
    own_word("0.00006", "2026-04-02")
    if answer is not None:
        answered = answer([item("large_change").pk], **hand("2026-04-03"))
        actions.undo(answered.event.pk, **hand("2026-04-04"))
    for day in ("2026-04-08", "2026-04-10", "2026-04-20"):
        own_word("0.00006", day)
    waits = answer is not None
    assert card(OPENROUTER, "2026-04-20")["output_tokens"] == ("15" if waits else "60")
    assert [one.reason for one in reviews()] == ["large_change"] * waits


def test_a_vanished_price_whose_end_was_taken_back_does_not_end_by_itself() -> None:
    deliver("models-dev", feed("3"), "2026-04-01")
    rows = priced(FILLERS, "3", "15") | {GPT: {"output": "60"}}
    deliver("models-dev", models_dev(rows), "2026-04-02")
    answered = actions.approve([item("vanished").pk], **hand("2026-04-03"))
    actions.undo(answered.event.pk, **hand("2026-04-04"))
    for day in ("2026-04-10", "2026-04-20"):
        deliver("models-dev", models_dev(rows, facts={"name": f'"{day}"'}), day)
    assert card(GPT, "2026-04-20")["input_tokens"] == "3"
    assert [one.reason for one in reviews()] == ["vanished"]


def test_undoing_a_rejection_lets_the_source_be_heard_again(held: Review) -> None:
    answered = actions.reject([held.pk], **hand("2026-04-09"))
    actions.undo(answered.event.pk, **hand("2026-04-10"))
    actions.approve([held.pk], **hand("2026-04-11"))
    assert card(GPT, "2026-04-11")["input_tokens"] == "12"


def test_the_audit_tells_who_what_when_why_and_from_which_page(held: Review) -> None:
    actions.approve([held.pk], **hand("2026-04-09", note="the page says so"))
    event = AuditEvent.objects.get()
    assert (event.by, event.action, event.note, event.page) == (
        "anna",
        "approve",
        "the page says so",
        PAGE,
    )
    assert event.at == moment("2026-04-09")
    assert event.revisions == [2]
    assert f"{GPT}: input_tokens 12 USD from 2026-04-05 00:00" in event.changed


@pytest.mark.parametrize("note", ["", "  ", "x" * 501, "nul\0"])
def test_nothing_is_done_without_a_note(held: Review, note: str) -> None:
    with pytest.raises(actions.ActionRefused, match="note"):
        actions.approve([held.pk], **hand("2026-04-09", note=note))
    assert AuditEvent.objects.count() == 0


def test_nothing_is_done_without_the_permission(held: Review) -> None:
    nobody = User.objects.create_user("nobody", is_staff=True)
    with pytest.raises(actions.NotAllowed, match="decide_review"):
        actions.approve([held.pk], **hand("2026-04-09", by=nobody))
    held.refresh_from_db()
    assert held.state == "open"


def test_a_held_run_that_is_approved_is_taken_when_it_comes_again() -> None:
    deliver("models-dev", models_dev(priced(FILLERS, "3", "15")), "2026-04-01")
    doubled = models_dev(priced(FILLERS, "3.3", "16.5"))
    deliver("models-dev", doubled, "2026-04-02")
    actions.approve([item("many_changes").pk], **hand("2026-04-03"))
    run = deliver("models-dev", doubled, "2026-04-04")
    assert run.outcome == "published"
    assert card(FILLERS[0], "2026-04-04")["input_tokens"] == "3.3"


def test_a_held_run_that_is_rejected_stays_held_and_asks_no_more() -> None:
    deliver("models-dev", models_dev(priced(FILLERS, "3", "15")), "2026-04-01")
    doubled = models_dev(priced(FILLERS, "3.3", "16.5"))
    deliver("models-dev", doubled, "2026-04-02")
    actions.reject([item("many_changes").pk], **hand("2026-04-03"))
    assert deliver("models-dev", doubled, "2026-04-04").outcome == "held"
    assert reviews() == []


def test_a_readers_report_is_an_item_once_that_claims_nothing() -> None:
    deliver("models-dev", feed("3"), "2026-04-01")
    said: dict[str, Any] = {
        "offer_id": offer(GPT).pk,
        "subject": "input_tokens 3 USD",
        "message": "the page says 2",
        "page": "/models/openai/gpt-9",
        "at": moment("2026-04-02"),
    }
    assert actions.report_error(**said) is not None
    assert actions.report_error(**said) is None
    reported = item("reported")
    with pytest.raises(actions.ActionRefused):
        actions.approve([reported.pk], **hand("2026-04-03"))
    actions.reject([reported.pk], **hand("2026-04-03", note="it says 3"))
    assert actions.report_error(**said) is None
    assert card(GPT, "2026-04-03")["input_tokens"] == "3"


def test_a_held_fact_is_approved_and_taken_back() -> None:
    deliver("models-dev", feed("3", limit='{"context": 200000}'), "2026-04-01")
    deliver("models-dev", feed("3", limit='{"context": 2000000}'), "2026-04-05")
    [held] = [one for one in Review.objects.all() if one.offer == offer(GPT)]
    answered = actions.approve([held.pk], **hand("2026-04-09"))
    assert offer(GPT).context_tokens == 2_000_000
    actions.undo(answered.event.pk, **hand("2026-04-10"))
    taken_back = FactPoint.objects.latest("pk")
    assert (taken_back.series.name, taken_back.state) == ("context_tokens", "retracted")
    assert taken_back.starts_at == moment("2026-04-09")
    held.refresh_from_db()
    assert held.state == "open"


@contextmanager
def undone_afterwards() -> Iterator[None]:
    """Each example begins with the same registry."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


PRICES = st.sampled_from(["3", "4", "12", "13", "40"])


@settings(
    max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(later=st.lists(PRICES, min_size=1, max_size=4), approves=st.booleans())
def test_whatever_is_said_later_the_answered_word_never_asks_again(
    later: list[str], approves: bool
) -> None:
    with undone_afterwards():
        deliver("models-dev", feed("3"), "2026-04-01")
        deliver("models-dev", feed("12"), "2026-04-02")
        answer = actions.approve if approves else actions.reject
        answered = item("large_change")
        answer([answered.pk], **hand("2026-04-03"))
        for day, price in enumerate(later, start=4):
            deliver("models-dev", feed(price, name=f'"run {day}"'), f"2026-04-{day:02}")
            if price == "12" and not approves:
                assert card(GPT, f"2026-04-{day:02}")["input_tokens"] != "12"
            answered.refresh_from_db()
            assert answered.state in Review.ANSWERED
