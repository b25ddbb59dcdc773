"""Many ids in lots that one statement can take."""

from __future__ import annotations

from collections.abc import Collection, Iterator

_MOST = 10_000


def batched(ids: Collection[int]) -> Iterator[list[int]]:
    """Ids in order, in lots."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), _MOST):
        yield ordered[start : start + _MOST]
