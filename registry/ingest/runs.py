"""A run from its opening to its outcome: the row that says what happened, also when it failed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from registry.ingest.models import Run, Snapshot, Source

GOOD = (Run.Outcome.PUBLISHED, Run.Outcome.UNCHANGED)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One body as it came from a source's address.

    ``at``: the moment that the body speaks of (when it was fetched, or the date of a recording).
    ``slot``: what was due; a source's part is run once for each. ``fresh_until``: when the word
    becomes stale; None reckons twice the source's interval.
    """

    source: str
    body: bytes
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


def open_run(delivery: Delivery) -> Run | None:
    """A run for the slot, or None where the slot has been run to an end already."""
    source = Source.objects.get(slug=delivery.source)
    before = last_good(source, delivery.part)
    run, created = Run.objects.get_or_create(
        source=source,
        part=delivery.part,
        slot=delivery.slot,
        defaults={
            "at": delivery.at,
            "previous_at": before.at if before else None,
            "started_at": timezone.now(),
            "address": delivery.address,
            "etag": delivery.etag,
            "last_modified": delivery.last_modified,
        },
    )
    again = run.outcome in (Run.Outcome.RUNNING, Run.Outcome.FAILED)
    return run if created or again else None


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
    reckoned = run.at + 2 * timedelta(hours=run.source.interval_hours)
    fresh_until = max(reckoned, until) if until else reckoned
    if run.source.fresh_until is None or run.source.fresh_until < fresh_until:
        run.source.fresh_until = fresh_until
        run.source.save(update_fields=["fresh_until"])
