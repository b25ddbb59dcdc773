"""A registry's days against an archive: the schedule's rounds, one after the other."""

from __future__ import annotations

import threading
from collections import Counter
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO

import time_machine
from django.core.management import call_command

from registry.ingest.models import Run
from registry.ingest.sources import sync_sources
from registry.pipeline.courier import Courier
from registry.pipeline.management.commands.keep_fresh import round_of
from tests.pipeline.archive_host import ArchiveHost

ROUND_AT = time(12, tzinfo=UTC)


@dataclass
class Days:
    """Moves a registry and its upstreams from day to day; the clock stands at the last one."""

    host: ArchiveHost
    courier: Courier
    today: date | None = None
    clock: time_machine.travel | None = None
    turn: threading.Lock = field(default_factory=threading.Lock)

    def move_to(self, day: date) -> Counter[str]:
        """Makes the rounds of each day up to ``day``; how many runs ended in which way."""
        with self.turn:
            if self.today is not None and day <= self.today:
                raise ValueError(f"date: {day} is refused; expected a day after {self.today}")
            before = Run.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            for ahead in range((day - (self.today or day)).days or 1):
                self._live(day if self.today is None else self.today + timedelta(days=1), ahead)
            runs = Run.objects.filter(pk__gt=before)
            return Counter(runs.values_list("outcome", flat=True))

    def told(self) -> str:
        """What ``manage.py sources`` shows now."""
        shown = StringIO()
        with redirect_stdout(shown):
            call_command("sources")
        return shown.getvalue()

    def stop(self) -> None:
        """Gives the clock back."""
        if self.clock is not None:
            self.clock.stop()
            self.clock = None

    def _live(self, day: date, ahead: int) -> None:
        self.stop()
        self.clock = time_machine.travel(datetime.combine(day, ROUND_AT))
        self.clock.start()
        self.host.turn_to(day)
        if ahead == 0:
            sync_sources(self.host.sources())
        self.today = day
        round_of(self.courier, threading.Event())
