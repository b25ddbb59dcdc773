"""Changes of a feed, each with how far it moved a price."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from registry.selectors.changes import PriceChange


class Move(NamedTuple):
    """A change; ``part`` is the new price over the old one less one, None where either lacks."""

    change: PriceChange
    part: Decimal | None


def moves(changes: Iterable[PriceChange]) -> list[Move]:
    """The changes in their order."""
    return [Move(change, _part(change)) for change in changes]


def _part(change: PriceChange) -> Decimal | None:
    before, now = change.before, change.now
    if before is None or before.amount is None or now.amount is None:
        return None
    return now.amount / before.amount - 1
