"""Nobody on the frontier is beaten, and everybody off it is."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from registry.scoring.frontier import Candidate, frontier
from registry.scoring.scales import Direction, better

small = st.integers(0, 9).map(Decimal)
crowds = st.lists(
    st.builds(Candidate, name=st.sampled_from("abcdefgh"), price=small, score=small), max_size=25
)
directions = st.sampled_from(Direction)


def beats(one: Candidate, other: Candidate, direction: Direction) -> bool:
    no_dearer = one.price <= other.price
    no_worse = not better(other.score, one.score, direction)
    return no_dearer and no_worse and (one.price, one.score) != (other.price, other.score)


@given(crowds, directions)
def test_the_frontier_is_just_those_whom_nobody_beats(
    crowd: list[Candidate], direction: Direction
) -> None:
    unbeaten = [c for c in crowd if not any(beats(other, c, direction) for other in crowd)]
    found = frontier(crowd, direction)
    assert sorted(map(repr, found)) == sorted(map(repr, unbeaten))
    assert [c.price for c in found] == sorted(c.price for c in found)


@given(crowds, directions)
def test_the_order_of_candidates_does_not_matter(
    crowd: list[Candidate], direction: Direction
) -> None:
    assert frontier(crowd, direction) == frontier(reversed(crowd), direction)


def test_a_dearer_model_stays_only_for_a_better_score() -> None:
    cheap = Candidate("cheap", Decimal("0.14"), Decimal(79))
    dear = Candidate("dear", Decimal(5), Decimal("80.6"))
    vain = Candidate("vain", Decimal(5), Decimal(79))
    assert frontier([vain, dear, cheap]) == (cheap, dear)
