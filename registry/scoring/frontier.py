"""Which candidates nobody beats: the Pareto set of price and score."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from registry.scoring.scales import Direction, better


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing with its price (less is better) and its score (better as the direction says)."""

    name: str
    price: Decimal
    score: Decimal


def frontier(
    candidates: Iterable[Candidate], direction: Direction = Direction.HIGHER
) -> tuple[Candidate, ...]:
    """Those that no other beats in one measure without losing in the other, cheapest first.

    Candidates that are equal in both stand side by side, in order of their names.
    """
    kept: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (c.price, _rank(c, direction), c.name)):
        last = kept[-1] if kept else None
        if (
            last is None
            or better(candidate.score, last.score, direction)
            or _equal(candidate, last)
        ):
            kept.append(candidate)
    return tuple(kept)


def _rank(candidate: Candidate, direction: Direction) -> Decimal:
    """Least for the best score, so that sorting puts it first."""
    return -candidate.score if direction is Direction.HIGHER else candidate.score


def _equal(first: Candidate, second: Candidate) -> bool:
    return (first.price, first.score) == (second.price, second.score)
