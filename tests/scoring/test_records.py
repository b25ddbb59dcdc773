"""Best so far: only what beats everything before it, whatever the direction."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.scoring.records import Dated, records
from registry.scoring.scales import Direction

_START = datetime(2026, 1, 1, tzinfo=UTC)
HIGHER, LOWER = Direction.HIGHER, Direction.LOWER
DATED = st.builds(
    lambda day, score: Dated(_START + timedelta(days=day), Decimal(score)),
    st.integers(0, 20),
    st.integers(0, 9),
)


def told(*scores: tuple[int, str]) -> list[Dated]:
    return [Dated(_START + timedelta(days=day), Decimal(score)) for day, score in scores]


@pytest.mark.parametrize(
    ("scores", "direction", "best"),
    [
        ([(0, "60"), (1, "70"), (2, "65"), (3, "70"), (4, "71")], HIGHER, ["60", "70", "71"]),
        ([(0, "60"), (1, "70"), (2, "55")], LOWER, ["60", "55"]),
        ([(3, "80"), (1, "70")], HIGHER, ["70", "80"]),
        ([(1, "70"), (1, "80"), (1, "75")], HIGHER, ["80"]),
        ([], HIGHER, []),
    ],
)
def test_what_beats_everything_before_it(
    scores: list[tuple[int, str]], direction: Direction, best: list[str]
) -> None:
    found = records(told(*scores), lambda one: one, direction)
    assert [f"{one.score}" for one in found] == best


@given(st.lists(DATED, max_size=30), st.sampled_from(Direction))
def test_records_rise_and_nothing_earlier_is_as_good(
    scores: list[Dated], direction: Direction
) -> None:
    best = max if direction is HIGHER else min
    found = records(scores, lambda one: one, direction)
    for one in found:
        until = [other.score for other in scores if other.at <= one.at]
        assert one.score == best(until)
        earlier = [other.score for other in scores if other.at < one.at]
        assert one.score not in earlier
    assert bool(found) == bool(scores)
    if scores:
        assert found[-1].score == best(one.score for one in scores)
