"""Whether a whole run may be believed."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from registry.curation.policy.breakers import RunShape, judge_run
from registry.curation.policy.reasons import Reason

NO_TIME = timedelta()


def shape(
    *,
    before: int = 100,
    now: int = 100,
    kept: int = 100,
    factors: tuple[str, ...] = (),
    elapsed: timedelta = NO_TIME,
) -> RunShape:
    return RunShape(before, now, kept, len(factors), tuple(map(Decimal, factors)), elapsed)


def reasons(run: RunShape) -> list[Reason]:
    return [finding.reason for finding in judge_run(run)]


def test_a_first_run_has_nothing_to_be_compared_with() -> None:
    assert reasons(shape(before=0, kept=0)) == []


@pytest.mark.parametrize(("now", "held"), [(90, False), (89, True), (200, False)])
def test_a_tenth_of_the_rows_may_be_lost_at_once(now: int, held: bool) -> None:
    assert reasons(shape(now=now, kept=min(now, 100))) == [Reason.ROWS_LOST] * held


def test_months_apart_more_rows_may_go() -> None:
    assert reasons(shape(now=75, kept=75, elapsed=timedelta(days=60))) == []
    assert reasons(shape(now=45, kept=45, elapsed=timedelta(days=600))) == [Reason.ROWS_LOST]


def test_a_third_of_the_prices_changed_at_once_is_held() -> None:
    varied = tuple(f"1.{number:02}" for number in range(1, 32))
    assert reasons(shape(factors=varied)) == [Reason.MANY_CHANGES]
    assert reasons(shape(factors=varied[:30])) == []


def test_all_changes_by_one_factor_are_held() -> None:
    assert reasons(shape(factors=("7.1",) * 12)) == [Reason.ONE_FACTOR]
    assert reasons(shape(factors=("7.1",) * 11 + ("0.5",))) == []


def test_one_provider_that_halves_its_few_prices_is_not_a_change_of_unit() -> None:
    assert reasons(shape(factors=("0.5",) * 4)) == []
