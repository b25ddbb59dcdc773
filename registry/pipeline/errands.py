"""What persons ask of the pipeline from the desk, done by whoever does the work."""

from __future__ import annotations

import structlog
from django.dispatch import receiver
from django.utils import timezone

from registry.curation.signals import ask_wanted, reread_wanted, run_released
from registry.ingest.intake import body_of
from registry.ingest.models import Run, Source
from registry.ingest.runs import Delivery
from registry.ingest.timetable import timetable
from registry.pipeline.celery import app
from registry.pipeline.courier import ContactMissing, courier
from registry.pipeline.refresh import refresh, slot_on_request
from registry.pipeline.reread import kept_bodies
from registry.pipeline.stages import process
from scrapers.claims import PageError

log = structlog.get_logger(__name__)


@app.task
def ask_source(*, source_id: int) -> None:
    """Asks every address of a source, whether due or not."""
    try:
        carrier = courier()
    except ContactMissing as missing:
        log.warning("nothing is fetched", reason=str(missing))
        return
    for stop in timetable(timezone.now()):
        if stop.source.pk == source_id:
            refresh(stop.source, stop.part, slot=slot_on_request(stop), courier=carrier)


@app.task
def reread_source(*, source_id: int) -> None:
    """Reads every kept body of a source with today's parser and publishes what differs."""
    for kept in kept_bodies(Source.objects.filter(pk=source_id)):
        try:
            kept.publish()
        except PageError as error:
            log.warning("not read again", body=kept.name, reason=str(error))


@app.task
def take_released(*, run_id: int) -> None:
    """Takes the body of a run that was held, now that a person has believed it."""
    held = Run.objects.select_related("source", "snapshot").get(pk=run_id)
    body = body_of(held.snapshot) if held.snapshot else None
    if held.snapshot is None or body is None:
        log.warning("nothing to take", run=str(held), reason="its bytes are not held")
        return
    process(
        Delivery(
            source=held.source.slug,
            part=held.part,
            body=body,
            at=held.at,
            slot=f"released:{held.pk}",
            address=held.address,
            media_type=held.snapshot.media_type,
            etag=held.etag,
            last_modified=held.last_modified,
        )
    )


@receiver(ask_wanted)
def _ask(sender: object, source_id: int, **_: object) -> None:
    ask_source.apply_async(kwargs={"source_id": source_id})


@receiver(reread_wanted)
def _reread(sender: object, source_id: int, **_: object) -> None:
    reread_source.apply_async(kwargs={"source_id": source_id})


@receiver(run_released)
def _release(sender: object, run_id: int, **_: object) -> None:
    take_released.apply_async(kwargs={"run_id": run_id})
