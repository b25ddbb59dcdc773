"""Every address of every active source with when it is due, out of the runs on record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from registry.ingest.models import Run, Source
from registry.ingest.schedule import Attempt, Slot, next_due, slot_at


@dataclass(frozen=True, slots=True)
class Stop:
    """One address on the timetable: its present slot, and when it is due next."""

    source: Source
    part: str
    slot: Slot
    due_at: datetime

    @property
    def name(self) -> str:
        """The source's slug, with the part where it has several."""
        return name_of(self.source, self.part)


def name_of(source: Source, part: str) -> str:
    """What an address is called in tables and messages: ``deepseek``, ``portkey/openai``."""
    return "/".join(filter(None, (source.slug, part)))


def timetable(now: datetime) -> tuple[Stop, ...]:
    """All stops of the active sources, whether due or not, in two statements."""
    slots = {
        (source.pk, part): (source, slot_of(source, part, now))
        for source in Source.objects.filter(active=True).order_by("-trust", "slug")
        for part in source.addresses
    }
    attempts = dict(_attempts({slot.text for _, slot in slots.values()}))
    return tuple(
        Stop(source, part, slot, next_due(slot, attempts.get((pk, part, slot.text))))
        for (pk, part), (source, slot) in slots.items()
    )


def due(now: datetime) -> tuple[Stop, ...]:
    """The stops that are to be made now, the most trusted source first."""
    return tuple(stop for stop in timetable(now) if stop.due_at <= now)


def slot_of(source: Source, part: str, now: datetime) -> Slot:
    """The slot of a source's part at a moment."""
    interval = timedelta(hours=source.interval_hours)
    return slot_at(now, name=name_of(source, part), interval=interval)


def _attempts(slots: set[str]) -> Iterator[tuple[tuple[int, str, str], Attempt]]:
    for run in Run.objects.filter(slot__in=slots).defer("detail", "counts"):
        yield (
            (run.source_id, run.part, run.slot),
            Attempt(
                number=run.attempts,
                ended_at=run.finished_at,
                failed=run.outcome == Run.Outcome.FAILED,
                lost=run.fault == Run.WORKER_LOST,
            ),
        )
