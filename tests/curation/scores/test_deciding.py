"""Scores: whose word is taken, from when on it stands, and what is held with which reason."""

from __future__ import annotations

from typing import Any

import pytest

from registry.curation.policy.elections import Status
from registry.curation.policy.reasons import Finding, Outcome, Reason
from registry.curation.policy.scores.deciding import Cause, Standing
from registry.scoring.figures import Qualifier
from tests.curation.scores.cases import day, decided, figure, stands, started, stated, word


def reasons(*claims: Any, **case: Any) -> list[tuple[Reason, Outcome]]:
    kept = decided(word("board", *claims), **case).kept
    return [(finding.reason, finding.outcome) for one in kept for finding in one.findings]


@pytest.mark.parametrize(
    ("text", "said", "reason", "outcome"),
    [
        ("0.87", {}, Reason.SUSPECT_SCALE, Outcome.HOLD),
        ("87%", {"scale": "fraction"}, Reason.SCALE_CONFLICT, Outcome.HOLD),
        ("50", {"scale": "rating"}, Reason.SCALE_CONFLICT, Outcome.HOLD),
        ("870", {}, Reason.OUT_OF_BOUNDS, Outcome.REJECT),
        ("-3", {}, Reason.OUT_OF_BOUNDS, Outcome.REJECT),
        ("87", {"page": ""}, Reason.NO_SOURCE, Outcome.REJECT),
        ("87", {"items": 499}, Reason.INCOMPLETE_RUN, Outcome.HOLD),
        ("87", {"items": 500, "passed": 400}, Reason.COUNT_CONFLICT, Outcome.HOLD),
        ("87", {"low": "88", "high": "90"}, Reason.BAD_INTERVAL, Outcome.REJECT),
        ("87", {"on": 21}, Reason.BAD_DATE, Outcome.REJECT),
        ("NaN", {}, Reason.NOT_FINITE, Outcome.REJECT),
        ("80-85", {}, Reason.RANGE, Outcome.HOLD),
        ("0.8700000000000000000001", {"scale": "fraction"}, Reason.TOO_MANY_DIGITS, Outcome.REJECT),
        ("0.000000000000000012", {"scale": "fraction"}, Reason.TOO_MANY_DIGITS, Outcome.REJECT),
    ],
)
def test_what_is_no_score_of_this_benchmark_is_kept_back_by_name(
    text: str, said: dict[str, Any], reason: Reason, outcome: Outcome
) -> None:
    assert reasons(stated(text, **said)) == [(reason, outcome)]
    assert decided(word("board", stated(text, **said))).start is None


def test_what_the_parser_could_not_take_keeps_the_claim_back() -> None:
    remark = Finding(Reason.FAILED_RUN, "Status", "Error", "Success")
    assert reasons(stated("87", remarks=(remark,))) == [(Reason.FAILED_RUN, Outcome.REJECT)]


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("~85%", Qualifier.APPROXIMATE),
        (">90 %", Qualifier.AT_LEAST),
        ("82 (claimed)", Qualifier.CLAIMED),
    ],
)
def test_a_qualifier_is_published_with_its_score(text: str, qualifier: Qualifier) -> None:
    score = started(word("press", stated(text), trust=20)).score
    assert score is not None
    assert score.qualifier is qualifier


def test_a_forecast_is_never_current_and_nothing_is_wrong_with_it() -> None:
    found = decided(word("press", stated("90 expected by Q3")))
    assert (found.start, found.kept) == (None, ())


def test_a_fraction_is_told_in_percent_and_its_error_becomes_an_interval() -> None:
    score = started(word("epoch", stated("0.8058", scale="fraction", stderr="0.01"))).score
    assert score is not None
    assert f"{score.value:f} {score.low:f} {score.high:f}" == "80.58 78.620036015 82.539963985"


def test_an_interval_stays_within_what_can_be_scored() -> None:
    score = started(word("epoch", stated("99", stderr="3"))).score
    assert score is not None
    assert score.high == 100


def test_the_first_score_starts_on_the_day_that_its_source_states() -> None:
    start = started(word("board", stated("80.6", on=5)))
    assert (start.starts_at, start.stated, start.cause) == (day(5), True, Cause.FIRST_SEEN)


def test_a_score_without_a_day_starts_when_it_was_first_seen() -> None:
    start = started(word("board", stated("80.6", seen=12)))
    assert (start.starts_at, start.stated) == (day(12), False)


def test_a_later_measurement_is_a_new_start_and_any_other_a_correction() -> None:
    later = started(word("board", stated("81", on=15)), standing=stands("80.6"))
    assert (later.starts_at, later.cause) == (day(15), Cause.RESCORED)
    same_day = started(word("board", stated("81", on=10)), standing=stands("80.6"))
    assert (same_day.starts_at, same_day.cause) == (day(10), Cause.CORRECTED)
    older = started(word("board", stated("81", on=2)), standing=stands("80.6"))
    assert (older.starts_at, older.cause) == (day(10), Cause.CORRECTED)


def test_the_same_score_again_is_no_news() -> None:
    assert decided(word("board", stated("80.6", on=15)), standing=stands("80.6")).start is None


def test_the_highest_trusted_fresh_source_wins_and_the_other_disputes_it() -> None:
    words = (word("board", stated("80.6")), word("feed", stated("75", claim=2), trust=50))
    start = started(*words)
    assert (figure(start), start.status) == ("80.6", Status.DISPUTED)
    stale = started(word("board", stated("80.6", seen=5), fresh=False), words[1])
    assert figure(stale) == "75"


def test_a_lesser_source_does_not_bring_back_what_a_better_one_has_outdated() -> None:
    better = word("board", stated("80.6", seen=15), fresh=False)
    lesser = word("feed", stated("75", claim=2, seen=10), trust=50)
    assert decided(better, lesser).start is None


def test_two_independent_sources_confirm_within_the_margin() -> None:
    start = started(word("board", stated("80.6")), word("feed", stated("80.7", claim=2), trust=50))
    assert (figure(start), start.status) == ("80.6", Status.CONFIRMED)


def test_a_lower_bound_is_not_contradicted_by_what_lies_above_it() -> None:
    start = started(word("board", stated("92.1")), word("press", stated(">90%", claim=2), trust=20))
    assert start.status is Status.CONFIRMED


def test_equally_trusted_sources_that_differ_leave_what_stands() -> None:
    words = (word("a", stated("70")), word("b", stated("75", claim=2)))
    assert decided(*words, standing=stands("80.6")).start is None
    first = started(word("a", stated("70", seen=9)), word("b", stated("75", claim=2, seen=8)))
    assert (figure(first), first.status) == ("75", Status.DISPUTED)


def test_of_one_source_the_newest_reading_counts() -> None:
    readings = (stated("70", claim=1, on=3), stated("75", claim=2, on=9))
    assert figure(started(word("board", *readings))) == "75"


def test_of_two_snapshots_the_newer_is_the_model() -> None:
    readings = (
        stated("70", claim=1, on=9, snapshot="20250513"),
        stated("75", claim=2, on=3, snapshot="20251120"),
    )
    assert figure(started(word("board", *readings))) == "75"
    undated = stated("80", claim=3, on=1)
    assert figure(started(word("board", *readings, undated))) == "80"


def test_two_readings_that_nothing_tells_apart_are_both_held() -> None:
    found = decided(word("board", stated("70", claim=1, on=9), stated("75", claim=2, on=9)))
    assert found.start is None
    assert [(one.claim_id, one.findings[0].reason) for one in found.kept] == [
        (1, Reason.CONFLICTING_FIGURES),
        (2, Reason.CONFLICTING_FIGURES),
    ]


def test_a_score_a_power_of_ten_off_is_held_until_somebody_else_says_it() -> None:
    assert reasons(stated("8.06", on=15), standing=stands("80.6")) == [(Reason.SCALE, Outcome.HOLD)]
    both = (word("a", stated("8.06", on=15)), word("b", stated("8.06", claim=2, on=15)))
    assert figure(started(*both, standing=stands("80.6"))) == "8.06"


def test_a_score_that_nobody_states_any_more_is_withdrawn_and_may_return() -> None:
    gone = started(standing=stands("80.6"))
    assert (gone.score, gone.starts_at, gone.cause) == (None, day(20), Cause.WITHDRAWN)
    withdrawn = Standing(None, day(15), stated=False)
    assert decided(standing=withdrawn).start is None
    back = started(word("board", stated("80.6", on=5)), standing=withdrawn)
    assert (back.starts_at, back.stated, back.cause) == (day(20), False, Cause.RESTORED)


def test_what_comes_late_is_published_where_nothing_was_by_then() -> None:
    late = decided(word("paper", stated("75", seen=12, on=9)), at=12, late=True)
    assert late.start is not None
    assert (figure(late.start), late.start.starts_at, late.kept) == ("75", day(9), ())


def test_what_comes_late_and_would_change_a_score_waits_as_a_past_date() -> None:
    paper = word("paper", stated("85", claim=7, seen=12, on=11))
    late = decided(paper, standing=stands("80.6", at=5), at=12, late=True)
    assert late.start is None
    [kept] = late.kept
    assert (kept.source, kept.claim_id, kept.findings[0].reason) == ("paper", 7, Reason.PAST_DATE)


def test_late_is_only_heard_what_was_said_by_then() -> None:
    paper = word("paper", stated("75", claim=1, seen=12, on=9))
    board = word("board", stated("80", claim=2, seen=18, on=9), trust=90)
    late = decided(paper, board, at=12, late=True)
    assert late.start is not None
    assert (figure(late.start), late.start.status) == ("75", Status.SINGLE)
    assert late.unheard == {2}


def test_nobody_ends_a_score_in_hindsight() -> None:
    later = word("board", stated("80.6", claim=2, seen=18))
    assert decided(standing=stands("80.6"), at=12, late=True).start is None
    assert decided(later, standing=stands("80.6"), at=12, late=True).start is None
