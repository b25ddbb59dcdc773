"""One deadline over a whole errand.

Timeouts of an HTTP client are per read: a host that sends one byte a second outlives them all.
Everything that waits asks this clock how long it still may.
"""

from __future__ import annotations

import time

from scrapers.fetch.errors import DeadlineExceeded


class Deadline:
    """``seconds`` from now for everything done on behalf of ``address``."""

    def __init__(self, address: str, seconds: float) -> None:
        self._address = address
        self._seconds = seconds
        self._ends = time.monotonic() + seconds

    def remaining(self) -> float:
        """Seconds left, always more than zero; raises `DeadlineExceeded` when none are."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise DeadlineExceeded(
                self._address, f"not done after {self._seconds:g} s", "the whole page by then"
            )
        return left

    def limit(self, timeout: float | None) -> float:
        """``timeout`` in seconds, cut to what is left."""
        left = self.remaining()
        return left if timeout is None else min(timeout, left)
