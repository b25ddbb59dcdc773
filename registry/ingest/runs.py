"""A run from its opening to its outcome: the row that says what happened, also when it failed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from registry.ingest.models import Run, Snapshot, Source

GOOD = (Run.Outcome.PUBLISHED, Run.Outcome.UNCHANGED)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One body as it came from a source's address.

    ``body`` is None where the host says that nothing changed since the last good run. ``at``: the
    moment that the body speaks of (when it was fetched, or the date of a recording). ``slot``: what
    was due; a source's part is run once for each. ``fresh_until``: when the word becomes stale;
    None reckons twice the source's interval.
    """

    source: str
    body: bytes | None
    at: datetime
    slot: str
    part: str = ""
    address: str = ""
    media_type: str = ""
    etag: str = ""
    last_modified: str = ""
    fresh_until: datetime | None = None


def last_good(source: Source, part: str) -> Run | None:
    """The newest run of that address whose body was taken."""
    runs = Run.objects.filter(source=source, part=part, outcome__in=GOOD)
    return runs.select_related("snapshot").order_by("-at", "-pk").first()


def open_run(source: Source, *, part: str, slot: str, at: datetime, address: str) -> Run | None:
    """A run for the slot, or None where the slot has been run to an end already.

    An attempt that failed, or that nobody attends to any more, is begun again. The caller attends
    to the source's part (`registry.pipeline.attendance`), so no other attempt is under way.
    """
    before = last_good(source, part)
    begun: dict[str, Any] = {
        "at": at,
        "previous_at": before.at if before else None,
        "started_at": timezone.now(),
        "address": address,
    }
    run, created = Run.objects.get_or_create(source=source, part=part, slot=slot, defaults=begun)
    if created:
        return run
    if run.outcome not in (Run.Outcome.RUNNING, Run.Outcome.FAILED):
        return None
    again = begun | {
        "attempts": run.attempts + 1,
        "finished_at": None,
        "outcome": Run.Outcome.RUNNING,
        "fault": "",
        "detail": "",
    }
    for field, value in again.items():
        setattr(run, field, value)
    run.save()
    return run


def receive(run: Run, delivery: Delivery) -> None:
    """Writes down when the body came and by what it can be asked for again."""
    run.at = delivery.at
    run.etag = _kept(delivery.etag, longest=200)
    run.last_modified = _kept(delivery.last_modified, longest=60)
    run.save(update_fields=["at", "etag", "last_modified"])


def _kept(validator: str, *, longest: int) -> str:
    """Half a validator would never match again, so one over the column's length is not kept."""
    return validator if len(validator) <= longest else ""


def close_run(
    run: Run,
    outcome: Run.Outcome,
    *,
    snapshot: Snapshot | None = None,
    fault: str = "",
    detail: str = "",
    counts: dict[str, int] | None = None,
) -> None:
    """Writes down how a run ended."""
    run.outcome, run.fault, run.detail = outcome, fault, detail
    run.counts = counts or {}
    run.snapshot = snapshot or run.snapshot
    run.finished_at = timezone.now()
    run.save()


def keep_fresh(run: Run, until: datetime | None) -> None:
    """Moves the source's word on: it is fresh for twice its interval unless told otherwise."""
    reckoned = _stale_at(run)
    fresh_until = max(reckoned, until) if until else reckoned
    if run.source.fresh_until is None or run.source.fresh_until < fresh_until:
        run.source.fresh_until = fresh_until
        run.source.save(update_fields=["fresh_until"])


def is_about(run: Run, moment: datetime) -> bool:
    """Whether what a run brought still tells of a later moment: fresh, and said last."""
    said_last = run.previous_at is None or run.previous_at <= run.at
    return said_last and moment <= _stale_at(run)


def _stale_at(run: Run) -> datetime:
    return run.at + 2 * timedelta(hours=run.source.interval_hours)
