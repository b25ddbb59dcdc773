"""What workers do: ids in, nothing out, and once more is as good as once."""

from __future__ import annotations

import structlog
from celery.signals import worker_ready
from django.utils import timezone

from registry.ingest.models import Source
from registry.ingest.sources import sync_sources
from registry.ingest.timetable import due
from registry.pipeline.announce import announce
from registry.pipeline.bulk import keep_bulk
from registry.pipeline.celery import TICK_SECONDS, app
from registry.pipeline.courier import ContactMissing, courier
from registry.pipeline.refresh import refresh, release_abandoned

log = structlog.get_logger(__name__)

STARTED_WITHIN = 4 * TICK_SECONDS
"""Seconds after which an errand that no worker began is dropped: a later tick sends it again."""


@app.task
def tick() -> None:
    """Releases what dead workers left and starts what is due; the clock calls it."""
    release_abandoned()
    try:
        courier()
    except ContactMissing as missing:
        log.warning("nothing is fetched", reason=str(missing))
        return
    announce_changes.apply_async(expires=STARTED_WITHIN)
    for stop in due(timezone.now()):
        refresh_part.apply_async(
            kwargs={"source_id": stop.source.pk, "part": stop.part, "slot": stop.slot.text},
            expires=STARTED_WITHIN,
        )


@app.task
def announce_changes() -> None:
    """Tells endpoints what was published since; several at once share the work."""
    told = announce(courier().settings)
    if told.delivered or told.failed:
        log.info("announced", delivered=told.delivered, failed=told.failed)


@app.task
def write_bulk() -> None:
    """Writes the files that /bulk/ serves, where a day has passed since the last."""
    keep_bulk()


@app.task
def sweep() -> None:
    """Releases what dead workers left, without waiting for the clock."""
    release_abandoned()


@app.task
def refresh_part(*, source_id: int, part: str, slot: str) -> None:
    """Asks one address, unless its slot is done or somebody is at it."""
    source = Source.objects.get(pk=source_id)
    run = refresh(source, part, slot=slot, courier=courier())
    if run is not None:
        log.info("taken", source=source.slug, part=part, outcome=run.outcome, fault=run.fault)


@worker_ready.connect
def _know_the_sources(**_: object) -> None:
    """A release may have brought new sources; a worker that starts after it knows them."""
    sync_sources()
