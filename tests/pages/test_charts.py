"""Charts: figures become places on a drawing, and the same in words."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.pages.charts.progress import Mark, progress
from registry.pages.charts.scales import amounts, levels, months
from registry.pages.charts.sparkline import sparkline
from registry.pages.charts.step import Stretch, step_chart
from registry.pages.charts.week import week_strip
from registry.pricing.hours import Hours

JANUARY = datetime(2026, 1, 1, tzinfo=UTC)
APRIL = datetime(2026, 4, 1, tzinfo=UTC)
JULY = datetime(2026, 7, 1, tzinfo=UTC)


@given(st.decimals("0.000001", "100000", places=6))
def test_levels_are_round_and_reach_the_highest_amount(most: Decimal) -> None:
    levels = amounts(most)
    assert levels[0] == 0
    assert levels[-1] >= most
    assert len(levels) <= 6
    assert levels[1].normalize().as_tuple().digits in {(1,), (2,), (5,)}


@given(
    st.floats(-50, 2000, allow_nan=False).filter(lambda low: low == 0 or abs(low) > 0.001),
    st.floats(0.1, 2000),
)
def test_levels_within_bounds_are_round_and_no_zero_is_below_zero(low: float, wide: float) -> None:
    told = list(levels(low, low + wide))
    assert all(low <= float(level) <= low + wide for level in told)
    assert told == sorted(told)
    assert 1 <= len(told) <= 8
    assert "-0" not in {f"{level:f}" for level in told}


def test_months_are_evenly_apart_and_few() -> None:
    told = list(months(JANUARY, datetime(2028, 1, 1, tzinfo=UTC)))
    assert len(told) <= 5
    assert {moment.day for moment in told} == {1}
    assert told == sorted(told)


def test_a_price_that_follows_another_is_joined_to_it() -> None:
    chart = step_chart(
        "in",
        "Input",
        [Stretch(JANUARY, APRIL, Decimal("1.74")), Stretch(APRIL, None, Decimal("0.87"))],
        currency="USD",
        since=JANUARY,
        until=JULY,
    )
    assert chart.path.count("M") == 1
    assert chart.path.count("V") == 1
    assert chart.told == "$1.74 from 1 Jan 2026; $0.87 from 1 Apr 2026."
    assert [dot.label for dot in chart.dots] == ["1 Jan 2026: $1.74", "1 Apr 2026: $0.87"]
    assert chart.dots[0].y < chart.dots[1].y


def test_a_time_without_a_price_is_a_gap() -> None:
    stretches = [Stretch(JANUARY, APRIL, Decimal(1)), Stretch(JULY, None, Decimal(1))]
    chart = step_chart("g", "Gap", stretches, currency="USD", since=JANUARY, until=JULY)
    assert chart.path.count("M") == 2


def test_nothing_known_is_said() -> None:
    chart = step_chart("n", "None", [], currency="USD", since=JANUARY, until=JULY)
    assert (chart.path, chart.told) == ("", "Nothing is known.")


@pytest.mark.parametrize(
    ("last", "trend"), [(Decimal(1), "down"), (Decimal(2), "level"), (Decimal(3), "up")]
)
def test_a_sparkline_tells_its_direction(last: Decimal, trend: str) -> None:
    line = sparkline([(JANUARY, Decimal(2)), (APRIL, last)], since=JANUARY, until=JULY)
    assert line is not None
    assert line.trend == trend


def test_what_held_before_enters_at_the_edge() -> None:
    line = sparkline([(JANUARY, Decimal(2))], since=APRIL, until=JULY)
    assert line is not None
    assert line.path.startswith("M2.0 ")


def test_a_price_that_ended_ends_its_line() -> None:
    levels = [(JANUARY, Decimal(2)), (APRIL, None)]
    line = sparkline(levels, since=JANUARY, until=JULY)
    assert line is not None
    assert line.x < 40


def test_no_known_level_is_no_line() -> None:
    assert sparkline([], since=JANUARY, until=JULY) is None
    assert sparkline([(APRIL, None)], since=JANUARY, until=JULY) is None


def test_hours_past_midnight_go_on_in_the_next_strip() -> None:
    strip = week_strip("w", "Night", Hours.parse("fri 22:00-02:00"))
    friday, saturday = strip.blocks
    assert saturday.y > friday.y
    assert friday.width == saturday.width
    assert strip.told == "fri 22:00-24:00 sat 00:00-02:00 UTC"


def test_peak_hours_of_working_days_are_ten_blocks() -> None:
    strip = week_strip("w", "Peak", Hours.parse("mon-fri 01:00-04:00,06:00-10:00"))
    assert len(strip.blocks) == 10


def mark(month: datetime, score: str, *, unbeaten: bool = False) -> Mark:
    return Mark(score, month, Decimal(score), unbeaten, f"/{score}", score)


def test_a_later_score_stands_further_right_a_better_one_higher_and_the_best_are_joined() -> None:
    chart = progress(
        "t",
        [
            mark(JANUARY, "60", unbeaten=True),
            mark(APRIL, "70", unbeaten=True),
            mark(JULY, "65"),
        ],
        name="p",
        across="x",
    )
    assert chart is not None
    places = {dot.spot.name: (dot.x, dot.y) for dot in chart.dots}
    assert places["60"][0] < places["70"][0] < places["65"][0]
    assert places["70"][1] < places["65"][1] < places["60"][1]
    first, second = places["60"], places["70"]
    line = f"M{first[0]} {first[1]}H{second[0]}V{second[1]}H{chart.right}"
    assert chart.line == line
    assert chart.told == "Best so far: 60 with 60 on 1 Jan 2026; 70 with 70 on 1 Apr 2026."


def test_no_score_is_no_drawing() -> None:
    assert progress("t", [], name="p", across="x") is None
