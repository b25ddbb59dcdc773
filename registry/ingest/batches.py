"""Many ids in lots that one statement can take."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Protocol, TypeVar

_MOST = 10_000


class Ordered(Protocol):
    """What stands before or after another of its kind."""

    def __lt__(self, other: Any, /) -> bool: ...


Id = TypeVar("Id", bound=Ordered)


def batched(ids: Collection[Id]) -> Iterator[list[Id]]:
    """Ids in order, in lots."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), _MOST):
        yield ordered[start : start + _MOST]
