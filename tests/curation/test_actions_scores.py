"""A person's word on a score: approved, refused, corrected, retracted, pinned, undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User

from registry.benchmarks.models import Benchmark
from registry.curation import actions
from registry.curation.models import AuditEvent, Review, Ruling
from registry.curation.scores.series import SeriesName
from registry.ingest.models import Claim, Source
from registry.ledger.models import ScorePoint
from registry.ledger.verification import verify
from registry.scoring.setups import Setup
from tests.curation.deciding import hand, item
from tests.pipeline.bodies import FILLERS, models_dev, models_dev_scores, priced, scored
from tests.pipeline.taking import deliver, head_number, moment, offer, reviews, scores

pytestmark = pytest.mark.usefixtures("sources")

BOARD = "models-dev-scores"
GPT = "openai/gpt-9"
ADDRESS = "https://example.org/paper"


def board(score: float, **said: Any) -> bytes:
    return models_dev_scores(scored(GPT, {"score": score, **said}))


@pytest.fixture(autouse=True)
def _standing(sources: None) -> None:
    """gpt-9 reaches 87 on mmlu since April the 5th."""
    deliver("models-dev", models_dev(priced((GPT, *FILLERS), "3", "15")), "2026-04-01")
    deliver(BOARD, board(87, date="2026-04-05"), "2026-04-10")


@pytest.fixture
def held() -> Review:
    """The board says 0.88 of a percentage."""
    deliver(BOARD, board(0.88, date="2026-04-05"), "2026-04-11")
    return item("suspect_scale")


def series() -> SeriesName:
    model = offer(GPT).model_id
    assert model is not None
    return SeriesName(model, Benchmark.objects.get(slug="mmlu").pk, Setup())


def figures(value: str, on: str = "2026-04-05", **said: str) -> actions.ScoreFigures:
    return actions.ScoreFigures(value, "independent", date.fromisoformat(on), **said)


def correct(value: str, day: str, *, on: str = "2026-04-05", **rest: Any) -> actions.Answered:
    return actions.correct_score(series(), figures(value, on), address=ADDRESS, **rest, **hand(day))


def stands(day: str, *, revision: int | None = None) -> str | None:
    return scores(GPT, day, revision=revision).get("mmlu")


def start() -> ScorePoint:
    return ScorePoint.objects.filter(starts_at=moment("2026-04-05")).latest("revision_id")


def test_an_approved_score_is_published_as_its_board_writes_it(held: Review) -> None:
    answered = actions.approve([held.pk], **hand("2026-04-12"))
    assert stands("2026-04-12") == "0.88"
    assert stands("2026-04-12", revision=2) == "87"
    assert answered.revision is not None
    assert answered.revision.author == "anna"
    assert f"{GPT}: mmlu 0.88 from 2026-04-05 00:00" in answered.event.changed
    assert answered.event.subject == f"{GPT} mmlu"
    deliver(BOARD, board(0.88, date="2026-04-05", source="https://example.org/x"), "2026-04-13")
    assert reviews() == []


def test_one_of_two_scores_that_nothing_tells_apart_is_taken() -> None:
    both = models_dev_scores(
        scored(GPT, {"score": 70, "date": "2026-04-08"}, {"score": 72, "date": "2026-04-08"})
    )
    deliver(BOARD, both, "2026-04-11")
    waiting = Review.objects.filter(state="open", reason="conflicting_figures")
    chosen = next(one for one in waiting if one.findings[0][2] == "72")
    actions.approve([chosen.pk], **hand("2026-04-12"))
    assert stands("2026-04-12") == "72"
    assert reviews() == []


def test_a_rejected_score_stays_unheard_and_asks_no_more(held: Review) -> None:
    actions.reject([held.pk], **hand("2026-04-12"))
    deliver(BOARD, board(0.88, date="2026-04-05", source="https://example.org/x"), "2026-04-13")
    assert reviews() == []
    assert stands("2026-04-13") == "87"
    deliver(BOARD, board(89, date="2026-04-13"), "2026-04-14")
    assert stands("2026-04-14") == "89"


def test_prices_scores_and_facts_are_approved_together_in_one_revision(held: Review) -> None:
    rows = priced(FILLERS, "3", "15") | priced((GPT,), "12", "15")
    deliver("models-dev", models_dev(rows), "2026-04-11")
    before = head_number()
    actions.approve([held.pk, item("large_change").pk], **hand("2026-04-12"))
    assert head_number() == before + 1
    assert stands("2026-04-12") == "0.88"


def test_what_cannot_be_read_as_a_score_is_corrected_and_not_approved() -> None:
    deliver(BOARD, board("80-85", date="2026-04-05"), "2026-04-11")  # type: ignore[arg-type]
    [one] = Review.objects.filter(state="open")
    with pytest.raises(actions.ActionRefused, match="approve"):
        actions.approve([one.pk], **hand("2026-04-12"))
    one.refresh_from_db()
    assert one.state == Review.State.OPEN
    actions.approve_edited_score(one.pk, figures("83"), address=ADDRESS, **hand("2026-04-12"))
    assert stands("2026-04-12") == "83"
    one.refresh_from_db()
    assert (one.state, one.answered_by) == ("corrected", "anna")
    with pytest.raises(actions.AnsweredAlready):
        actions.approve_edited_score(one.pk, figures("84"), address=ADDRESS, **hand("2026-04-13"))


def test_a_correction_has_its_own_receipt_and_holds_against_every_board() -> None:
    correct("87.2", "2026-04-12")
    assert stands("2026-04-12") == "87.2"
    claim = Claim.objects.get(source__slug="staff")
    assert (claim.page, start().claim_id) == (ADDRESS, claim.pk)
    assert claim.first_run.snapshot is not None
    assert start().starts_at == moment("2026-04-05")
    for day, said in (("13", 87), ("14", 90), ("15", 91)):
        deliver(BOARD, board(said, date="2026-04-05"), f"2026-04-{day}")
    assert stands("2026-04-15") == "87.2"
    assert reviews() == []


def test_a_score_measured_later_is_a_new_start() -> None:
    correct("90", "2026-04-12", on="2026-04-11")
    assert stands("2026-04-10") == "87"
    assert stands("2026-04-11") == "90"


def test_less_than_one_percent_can_be_stated_by_a_person() -> None:
    correct("0.7", "2026-04-12")
    assert stands("2026-04-12") == "0.7"


@pytest.mark.parametrize(
    ("value", "rest", "told"),
    [
        ("870", {}, "870"),
        ("NaN", {}, "NaN"),
        ("", {}, "value"),
        ("80-85", {}, "80-85"),
        ("87", {"low": "88"}, "interval"),
        ("87", {"items": "some"}, "items"),
        ("87", {"qualifier": "forecast"}, "qualifier"),
        ("87", {"on": "2026-05-01"}, "measured_on"),
    ],
)
def test_a_figure_that_is_none_is_refused_by_name_and_nothing_is_written(
    value: str, rest: dict[str, str], told: str
) -> None:
    before = head_number()
    with pytest.raises(actions.ActionRefused, match=told):
        actions.correct_score(
            series(), figures(value, **rest), address=ADDRESS, **hand("2026-04-12")
        )
    assert head_number() == before
    assert not Claim.objects.filter(source__slug="staff").exists()
    assert AuditEvent.objects.count() == Ruling.objects.count() == 0


def test_a_score_is_stated_with_an_address_where_it_can_be_checked() -> None:
    with pytest.raises(actions.ActionRefused, match="address"):
        actions.correct_score(series(), figures("87"), address="", **hand("2026-04-12"))


def test_a_decision_on_an_old_page_is_refused() -> None:
    seen = head_number()
    correct("88", "2026-04-12", read_at=seen)
    with pytest.raises(actions.Outdated, match="revision"):
        correct("89", "2026-04-13", read_at=seen)


def test_a_retracted_score_never_was_and_does_not_come_back() -> None:
    actions.retract_score(start().pk, **hand("2026-04-12"))
    assert stands("2026-04-12") is None
    deliver(BOARD, board(87, date="2026-04-05", source="https://example.org/x"), "2026-04-13")
    assert stands("2026-04-13") is None
    with pytest.raises(actions.ActionRefused, match="taken back already"):
        actions.retract_score(start().pk, **hand("2026-04-13"))


def test_a_retracted_correction_gives_way_to_what_the_board_says() -> None:
    correct("80", "2026-04-12")
    actions.retract_score(start().pk, **hand("2026-04-13"))
    assert stands("2026-04-13") == "87"


def test_a_pinned_score_moves_with_the_first_run_after_its_date() -> None:
    actions.pin_score(series(), until=moment("2026-04-20"), **hand("2026-04-11"))
    deliver(BOARD, board(90, date="2026-04-12"), "2026-04-13")
    assert stands("2026-04-13") == "87"
    moved = priced(FILLERS, "3", "15") | priced((GPT,), "3.1", "15")
    deliver("models-dev", models_dev(moved), "2026-04-21")
    assert stands("2026-04-21") == "90"
    assert Ruling.objects.get(kind="pin").lifted_at == moment("2026-04-21")
    with pytest.raises(actions.ActionRefused, match="until"):
        actions.pin_score(series(), until=moment("2026-04-20"), **hand("2026-04-22"))


ACTS: dict[str, Callable[[], actions.Answered]] = {
    "correct": lambda: correct("80", "2026-04-12"),
    "retract": lambda: actions.retract_score(start().pk, **hand("2026-04-12")),
    "pin": lambda: actions.pin_score(series(), until=moment("2026-05-20"), **hand("2026-04-12")),
    "distrust": lambda: actions.distrust(
        Source.objects.get(slug=BOARD).pk, since=moment("2026-04-01"), **hand("2026-04-12")
    ),
}


@pytest.mark.parametrize("kind", ACTS)
def test_every_action_on_a_score_is_undone_by_a_new_revision(kind: str) -> None:
    answered = ACTS[kind]()
    assert answered.event.action == kind
    said = stands("2026-04-12")
    done = head_number()
    actions.undo(answered.event.pk, **hand("2026-04-13"))
    assert stands("2026-04-13") == "87"
    assert stands("2026-04-12", revision=done) == said
    deliver(BOARD, board(91, date="2026-04-13"), "2026-04-14")
    assert stands("2026-04-14") == "91"
    assert verify().ok


def test_an_undone_approval_of_a_score_waits_again(held: Review) -> None:
    answered = actions.approve([held.pk], **hand("2026-04-12"))
    actions.undo(answered.event.pk, **hand("2026-04-13"))
    assert stands("2026-04-13") == "87"
    assert [one.reason for one in reviews()] == ["suspect_scale"]
    deliver(BOARD, board(0.88, date="2026-04-05", source="https://example.org/x"), "2026-04-14")
    assert stands("2026-04-14") == "87"
    assert {one.reason for one in reviews()} == {"suspect_scale"}


def test_nothing_is_done_to_a_score_without_the_permission(held: Review) -> None:
    nobody = User.objects.create_user("nobody", is_staff=True)
    who = hand("2026-04-12", by=nobody)
    acts: list[Callable[[], object]] = [
        lambda: actions.approve([held.pk], **who),
        lambda: actions.reject([held.pk], **who),
        lambda: actions.correct_score(series(), figures("80"), address=ADDRESS, **who),
        lambda: actions.approve_edited_score(held.pk, figures("80"), address=ADDRESS, **who),
        lambda: actions.retract_score(start().pk, **who),
        lambda: actions.pin_score(series(), until=moment("2026-05-01"), **who),
    ]
    for act in acts:
        with pytest.raises(actions.NotAllowed):
            act()
    assert AuditEvent.objects.count() == 0
    assert stands("2026-04-12") == "87"
