"""Best so far: which scores beat everything before them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple, TypeVar

from registry.scoring.scales import Direction, better

T = TypeVar("T")


class Dated(NamedTuple):
    """When a score counts from, and what it is."""

    at: datetime
    score: Decimal


def records(
    scored: Iterable[T], dated: Callable[[T], Dated], direction: Direction
) -> tuple[T, ...]:
    """Those better than all of earlier moments, oldest first; of one moment only the best.

    Of equal ones at one moment the first in the given order.
    """
    best: list[T] = []
    for one in sorted(scored, key=lambda each: dated(each).at):
        at, score = dated(one)
        if best and not better(score, dated(best[-1]).score, direction):
            continue
        if best and dated(best[-1]).at == at:
            best.pop()
        best.append(one)
    return tuple(best)
