"""Whether a gap between two scores is real."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.scoring.intervals import (
    Estimate,
    IntervalError,
    Verdict,
    by_error,
    difference,
    estimate,
    verdict,
    wilson,
)
from registry.scoring.readings import ReadingQuote, read_reading
from registry.scoring.scales import PERCENT, RATING
from tests.scoring.test_readings import QUOTE

counts = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def of(passed: int, items: int) -> Estimate:
    return wilson(Decimal(passed) / items, items)


@pytest.mark.parametrize(
    ("passed", "items", "low", "high"),
    [  # Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3
        (81, 263, "0.2553", "0.3662"),
        (15, 148, "0.0624", "0.1605"),
        (0, 20, "0.0000", "0.1611"),
        (1, 29, "0.0061", "0.1718"),
    ],
)
def test_wilsons_interval_is_that_of_the_published_examples(
    passed: int, items: int, low: str, high: str
) -> None:
    found = of(passed, items)
    assert (f"{found.low:.4f}", f"{found.high:.4f}") == (low, high)


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [  # Newcombe (1998), Statistics in Medicine 17, 873-890, table II, method 10
        ((56, 70), (48, 80), "0.0524", "0.3339"),
        ((9, 10), (3, 10), "0.1705", "0.8090"),
        ((5, 56), (0, 29), "-0.0381", "0.1926"),
        ((10, 10), (0, 10), "0.6075", "1.0000"),
    ],
)
def test_the_interval_of_a_difference_is_that_of_the_published_examples(
    first: tuple[int, int], second: tuple[int, int], low: str, high: str
) -> None:
    gap = difference(of(*first), of(*second))
    assert (f"{gap.low:.4f}", f"{gap.high:.4f}") == (low, high)


@given(counts)
def test_an_interval_holds_its_share_and_stays_within_the_whole(count: tuple[int, int]) -> None:
    passed, items = count
    found = of(passed, items)
    assert 0 <= found.low <= found.value <= found.high <= 1


@given(st.integers(1, 500), st.integers(2, 20))
def test_more_items_with_the_same_share_narrow_the_interval(items: int, times: int) -> None:
    few, many = wilson(Decimal("0.8"), items), wilson(Decimal("0.8"), items * times)
    assert many.high - many.low < few.high - few.low


@given(counts, counts)
def test_the_verdict_does_not_depend_on_the_order(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    assert verdict(of(*one), of(*other)) is verdict(of(*other), of(*one))
    forth, back = difference(of(*one), of(*other)), difference(of(*other), of(*one))
    assert forth.value == back.value.copy_negate()
    assert abs(forth.low + back.high) < Decimal("1e-9")


@given(counts)
def test_nothing_differs_from_itself(count: tuple[int, int]) -> None:
    assert verdict(of(*count), of(*count)) is Verdict.WITHIN_NOISE


@given(counts)
def test_wilsons_ends_solve_the_equation_that_defines_them(count: tuple[int, int]) -> None:
    """Each end p satisfies (share - p)^2 = z^2 p (1 - p) / n, or is a bound of the scale."""
    passed, items = count
    found = of(passed, items)
    z2 = Fraction("1.959963984540054") ** 2
    for end in (found.low, found.high):
        p = Fraction(end)
        left = (Fraction(found.value) - p) ** 2
        assert abs(left - z2 * p * (1 - p) / items) < Fraction(1, 10**9)


def quoted(text: str, **told: str) -> ReadingQuote:
    return replace(QUOTE, text=text, **told)  # type: ignore[arg-type]


def test_five_points_on_500_items_are_noise_and_ten_are_not() -> None:
    eighty, eighty_five, ninety = (
        estimate(read_reading(quoted(text), PERCENT), PERCENT, items=500)
        for text in ("80", "84.6", "90")
    )
    assert verdict(eighty, eighty_five) is Verdict.WITHIN_NOISE
    assert verdict(eighty, ninety) is Verdict.REAL


def test_without_counts_intervals_or_errors_nothing_is_known() -> None:
    known = estimate(read_reading(quoted("80"), PERCENT), PERCENT, items=500)
    unknown = estimate(read_reading(quoted("50"), PERCENT), PERCENT)
    assert unknown is None
    assert verdict(known, unknown) is Verdict.UNKNOWN


def test_an_interval_that_is_told_counts_before_anything_computed() -> None:
    told = read_reading(quoted("80", low="79", high="81", stderr="9"), PERCENT)
    assert estimate(told, PERCENT, items=30) == Estimate(Decimal(80), Decimal(79), Decimal(81))


def test_a_standard_error_that_is_told_is_used() -> None:
    told = estimate(read_reading(quoted("80", stderr="2"), PERCENT), PERCENT)
    assert told == by_error(Decimal(80), Decimal(2))
    assert told is not None
    assert f"{told.low:.3f} {told.high:.3f}" == "76.080 83.920"


def test_a_perfect_score_with_no_error_is_as_uncertain_as_its_items() -> None:
    perfect = estimate(read_reading(quoted("100", stderr="0"), PERCENT), PERCENT, items=45)
    assert perfect is not None
    assert perfect.low < 93


def test_ratings_differ_by_the_intervals_that_their_board_tells() -> None:
    def rating(text: str) -> Estimate | None:
        return estimate(read_reading(quoted(text, scale="rating"), RATING), RATING)

    assert verdict(rating("1289 ± 9"), rating("1277 ± 9")) is Verdict.WITHIN_NOISE
    assert verdict(rating("1289 ± 9"), rating("1257 ± 14")) is Verdict.REAL
    assert rating("1289") is None


@pytest.mark.parametrize(("share", "items"), [("1.1", 10), ("-0.1", 10), ("0.5", 0)])
def test_what_is_no_share_has_no_interval(share: str, items: int) -> None:
    with pytest.raises(IntervalError):
        wilson(Decimal(share), items)


def test_an_error_below_zero_or_ends_out_of_order_are_refused() -> None:
    with pytest.raises(IntervalError):
        by_error(Decimal(1), Decimal(-1))
    with pytest.raises(IntervalError):
        Estimate(Decimal(1), Decimal(2), Decimal(3))
