"""When a delivery that failed is tried again: soon, then ever more seldom, for three days."""

from __future__ import annotations

from datetime import datetime, timedelta

PAUSES = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
LEASE = timedelta(minutes=2)
"""How long a sender has for one delivery before another takes it for dead."""


def next_due(attempts: int, *, now: datetime, wish: float | None = None) -> datetime | None:
    """When to try again after so many attempts; None: it is given up.

    ``wish``: seconds that the receiver's Retry-After asks for, kept where they are longer.
    """
    if attempts > len(PAUSES):
        return None
    pause = PAUSES[attempts - 1]
    return now + max(pause, min(timedelta(seconds=wish or 0), PAUSES[-1]))
