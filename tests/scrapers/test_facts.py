"""Facts of a feed: a value of another type, or of no size that a fact has, is silence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from scrapers.facts import count, day_written, whole
from scrapers.json_text import JsonValue


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (0, 0),
        (256_000, 256_000),
        (Decimal("256000.0"), 256_000),
        (-1, -1),
        (10**15 - 1, 10**15 - 1),
    ],
)
def test_a_whole_number_may_be_written_with_a_point(value: JsonValue, number: int) -> None:
    assert whole(value) == number


@pytest.mark.parametrize(
    "value",
    [True, "256000", None, [1], Decimal("0.5"), 10**15, Decimal("1e400"), Decimal("1e999999999")],
)
def test_anything_else_is_no_whole_number(value: JsonValue) -> None:
    assert whole(value) is None


@pytest.mark.parametrize("value", [0, -1, Decimal("-0")])
def test_a_count_is_above_zero(value: JsonValue) -> None:
    assert count(value) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [("April 24, 2026", date(2026, 4, 24)), ("April 31, 2026", None), ("24 April 2026", None)],
)
def test_a_day_in_a_pages_writing(text: str, found: date | None) -> None:
    assert day_written(text, "%B %d, %Y") == found
