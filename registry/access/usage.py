"""Counts what keys ask, without a write in the way of an answer.

Each process counts in memory and writes its sums now and then from a thread of its own; a process
that is killed loses what it counted since the last writing, half a minute at most.
"""

from __future__ import annotations

import atexit
import threading
from collections import Counter
from datetime import date

from django.db import DatabaseError, close_old_connections, connection, transaction
from django.db.models import F

from registry.access.models import KeyUse

WRITE_EVERY = 30.0
"""Seconds."""

_Day = tuple[int, date]


class UsageCounter:
    """Requests by key and day that are not written yet."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[_Day] = Counter()
        self._timer: threading.Timer | None = None

    def count(self, key_id: int, day: date) -> None:
        """One request more; never waits for the database."""
        with self._lock:
            self._counts[key_id, day] += 1
            if self._timer is None:
                self._timer = threading.Timer(WRITE_EVERY, self._write_apart)
                self._timer.daemon = True
                self._timer.start()

    def write(self) -> None:
        """Adds what was counted to the rows; what cannot be written now is kept for later."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
        try:
            with transaction.atomic():
                for (key_id, day), requests in sorted(counts.items()):
                    row, _ = KeyUse.objects.get_or_create(key_id=key_id, day=day)
                    KeyUse.objects.filter(pk=row.pk).update(requests=F("requests") + requests)
        except DatabaseError:
            with self._lock:
                self._counts += counts

    def _write_apart(self) -> None:
        close_old_connections()
        try:
            self.write()
        finally:
            connection.close()


USAGE = UsageCounter()
atexit.register(USAGE.write)
