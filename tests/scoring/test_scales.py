"""Scales convert by declaration only, and exactly."""

from __future__ import annotations

from decimal import Decimal, Inexact

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.scoring.scales import (
    FRACTION,
    INDEX,
    PERCENT,
    RATING,
    SECONDS,
    Direction,
    ScaleError,
    better,
    convert,
    scale,
)

shares = st.decimals(0, 1, places=10, allow_nan=False)


def test_a_fraction_is_a_hundredth_of_the_percentage() -> None:
    assert convert(Decimal("0.8058"), FRACTION, PERCENT) == Decimal("80.58")
    assert convert(Decimal("80.58"), PERCENT, FRACTION) == Decimal("0.8058")


@given(shares)
def test_a_share_told_in_percent_and_back_is_the_same(share: Decimal) -> None:
    assert convert(convert(share, FRACTION, PERCENT), PERCENT, FRACTION) == share


@pytest.mark.parametrize("other", [RATING, INDEX, SECONDS])
def test_no_rule_joins_a_share_with_anything_else(other: object) -> None:
    with pytest.raises(ScaleError):
        convert(Decimal(50), PERCENT, other)  # type: ignore[arg-type]


def test_a_score_stays_as_told_on_its_own_scale() -> None:
    assert convert(Decimal("1525.10421207"), RATING, RATING) == Decimal("1525.10421207")


def test_nothing_is_rounded_on_the_way() -> None:
    with pytest.raises(Inexact):
        convert(Decimal("0.12345678901234567"), FRACTION, PERCENT)


@pytest.mark.parametrize(
    ("value", "held"), [("0", True), ("100", True), ("100.1", False), ("-0.1", False)]
)
def test_a_percentage_lies_between_nothing_and_all(value: str, held: bool) -> None:
    assert PERCENT.holds(Decimal(value)) is held


def test_a_rating_has_no_bounds() -> None:
    assert RATING.holds(Decimal(-5000))
    assert RATING.bounds == "any number"
    assert SECONDS.bounds == "at least 0"


def test_an_unknown_scale_is_named_with_the_known_ones() -> None:
    with pytest.raises(ScaleError, match="'stars' was refused; expected one of percent, fraction"):
        scale("stars")


def test_less_is_better_where_the_benchmark_says_so() -> None:
    assert better(Decimal(3), Decimal(4), Direction.LOWER)
    assert not better(Decimal(3), Decimal(4), Direction.HIGHER)
