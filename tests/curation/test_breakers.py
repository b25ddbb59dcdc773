"""Whether a whole run may be believed."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.curation.policy.breakers import Amounts, ChangedRow, RunShape, judge_run, slipped
from registry.curation.policy.reasons import Reason
from registry.pricing.rates import RateKey
from registry.pricing.terms import STANDARD
from tests.curation.cases import INPUT, OUTPUT

NO_TIME = timedelta()


def shape(
    *,
    before: int = 100,
    now: int = 100,
    kept: int = 100,
    factors: tuple[str, ...] = (),
    elapsed: timedelta = NO_TIME,
    slipped: int = 0,
) -> RunShape:
    return RunShape(before, now, kept, len(factors), tuple(map(Decimal, factors)), elapsed, slipped)


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


@pytest.mark.parametrize(("rows", "held"), [(1, False), (2, True), (30, True)])
def test_two_rows_that_slipped_hold_the_run(rows: int, held: bool) -> None:
    assert reasons(shape(slipped=rows)) == [Reason.ROWS_SLIPPED] * held


def amounts(text: str) -> Amounts:
    """``3/15`` is input and output, ``3`` the input alone."""
    prices = zip((INPUT, OUTPUT), text.split("/"), strict=False)
    return {RateKey(meter, STANDARD, "USD"): Decimal(price) for meter, price in prices}


def changed(before: list[str], after: list[str]) -> list[ChangedRow]:
    """The changed rows of a table, as `registry.curation.runs` finds them."""
    said = [{}, *map(amounts, before), {}]
    return [
        ChangedRow(amounts(old), amounts(new), said[place], said[place + 2])
        for place, (old, new) in enumerate(zip(before, after, strict=True))
        if amounts(old) != amounts(new)
    ]


TABLE = ["3/15", "1/5", "0.5/2", "2/8", "4/20"]


@pytest.mark.parametrize(
    ("before", "after", "rows"),
    [
        pytest.param(TABLE, TABLE, 0, id="nothing changed"),
        pytest.param(TABLE, [TABLE[0], *TABLE[:-1]], 4, id="down by one"),
        pytest.param(TABLE, [*TABLE[1:], TABLE[-1]], 4, id="up by one"),
        pytest.param(TABLE, ["3/15", "3/15", "1/5", "2/8", "4/20"], 2, id="two in the middle"),
        pytest.param(TABLE, ["3/15", "3/15", "0.5/2", "2/8", "4/20"], 1, id="one alone"),
        pytest.param(
            ["3/15", "3/15", "1/5", "1/5", "2/8"], ["3/15", "3/15", "3/15", "1/5", "1/5"], 2,
            id="rows that are alike do not break it",
        ),
        pytest.param(TABLE, ["3/15", "3/14", "1/4", "0.5/1", "2/7"], 0, id="only one column"),
        pytest.param(TABLE, ["2/10", "1/4", "0.4/1", "2/7", "3/18"], 0, id="a reprice"),
        pytest.param(
            ["3/15", "1/5", "2/8"], ["3/15", "3/15", "3/15"], 1, id="a family at one price"
        ),
        pytest.param(
            ["1/9", "2/8", "1/9", "2/8", "1/9"], ["1/9", "1/9", "1/9", "1/9", "1/9"], 1,
            id="two of a family that come to the price of those between them",
        ),
        pytest.param(["3", "1", "2"], ["3", "3", "1"], 0, id="two rows of a price each"),
        pytest.param(["3", "1", "2", "4"], ["3", "3", "1", "2"], 3, id="three of them"),
    ],
)  # fmt: skip
def test_rows_that_bear_the_former_prices_of_their_neighbours_have_slipped(
    before: list[str], after: list[str], rows: int
) -> None:
    assert slipped(changed(before, after)) == rows


prices = st.integers(1, 99).map(lambda price: f"{price}/{price + 1}")


@given(table=st.lists(prices, min_size=3, max_size=12, unique=True))
def test_a_table_that_slipped_is_seen_wherever_it_begins(table: list[str]) -> None:
    for first in range(len(table) - 2):
        down = [*table[: first + 1], *table[first:-1]]
        assert slipped(changed(table, down)) == len(table) - first - 1
