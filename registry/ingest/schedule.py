"""When an address is asked: slots of a source's interval, and what a failure in one means. Pure.

Time is cut into *slots* as long as the source's interval. Whoever works out the slot of a moment
comes to the same name, so that (source, part, slot) is what is done once, however many processes
have the same thought. Each address has its own phase: not all hosts are asked at midnight.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

FIRST_PAUSE = timedelta(minutes=15)
"""How long an address that failed is left alone; twice that after each further failure."""

TRIES_WHEN_LOST = 3
"""A run whose worker died is begun again at once, but not for ever: its body may be the killer."""

_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)
_MOST_DOUBLINGS = 10


@dataclass(frozen=True, slots=True)
class Slot:
    """One stretch ``[starts_at, ends_at)`` in which an address is to be taken once."""

    starts_at: datetime
    ends_at: datetime

    @property
    def text(self) -> str:
        """The name under which the run stands: ``due:2026-04-24T06:10Z``."""
        return f"due:{self.starts_at:%Y-%m-%dT%H:%M}Z"


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of a slot so far.

    ``number`` counts from 1; ``ended_at`` is None while somebody works at it. ``failed``: it may be
    tried again. ``lost``: the worker died, which says nothing against the host.
    """

    number: int
    ended_at: datetime | None
    failed: bool = False
    lost: bool = False


def slot_at(moment: datetime, *, name: str, interval: timedelta) -> Slot:
    """The slot of an address, by its ``name``, that a moment lies in."""
    digest = hashlib.sha256(name.encode()).digest()
    phase = int.from_bytes(digest[:8]) % (interval // _MINUTE) * _MINUTE
    starts_at = _EPOCH + phase + (moment - _EPOCH - phase) // interval * interval
    return Slot(starts_at, starts_at + interval)


def next_due(slot: Slot, attempt: Attempt | None) -> datetime:
    """When the address is to be asked next, given what came of its present slot."""
    if attempt is None:
        return slot.starts_at
    if attempt.ended_at is None or not attempt.failed:
        return slot.ends_at
    return min(attempt.ended_at + _pause(attempt), slot.ends_at)


def _pause(attempt: Attempt) -> timedelta:
    if attempt.lost and attempt.number < TRIES_WHEN_LOST:
        return timedelta()
    doublings = min(attempt.number - 1, _MOST_DOUBLINGS)
    return FIRST_PAUSE * (1 << doublings)
