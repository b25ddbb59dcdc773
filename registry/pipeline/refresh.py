"""One address of a source, asked now and taken through the stages; also what was left undone."""

from __future__ import annotations

from django.utils import timezone

from registry.ingest.models import Run, Source
from registry.ingest.runs import Delivery, close_run, last_good, open_run
from registry.ingest.timetable import Stop, slot_of
from registry.pipeline.attendance import attend
from registry.pipeline.courier import Courier
from registry.pipeline.stages import take
from scrapers.fetch import Fetched, FetchError, NotModified
from scrapers.fetch.errors import Blocked, WrongContentType, WrongPage


def refresh(source: Source, part: str, *, slot: str, courier: Courier) -> Run | None:
    """Asks a source's part for what it says now.

    None where the slot is done or somebody else is at it. Whatever the host does ends in the run's
    outcome: failed where there was no answer, rejected where another page was served. Faults of
    ours are written on the run and raised.
    """
    with attend(source, part) as alone:
        if not alone:
            return None
        address = source.addresses[part]
        run = open_run(source, part=part, slot=slot, at=timezone.now(), address=address)
        if run is not None:
            _fetch_and_take(run, courier)
        return run


def slot_on_request(stop: Stop) -> str:
    """The slot for a refresh that a person asks for: the present one, or one more if it is done."""
    now = timezone.now()
    present = slot_of(stop.source, stop.part, now).text
    done = Run.objects.filter(source=stop.source, part=stop.part, slot=present).exclude(
        outcome__in=(Run.Outcome.RUNNING, Run.Outcome.FAILED)
    )
    return f"asked:{now:%Y-%m-%dT%H:%M:%S.%f}Z" if done.exists() else present


def release_abandoned() -> list[Run]:
    """Closes the runs whose worker died, so that their slots are due again; which they were."""
    released = []
    for run in Run.objects.filter(outcome=Run.Outcome.RUNNING).select_related("source"):
        with attend(run.source, run.part) as alone:
            if not alone:
                continue
            run.refresh_from_db()
            if run.outcome == Run.Outcome.RUNNING:
                detail = "the process that took it is gone; nothing of it was published"
                close_run(run, Run.Outcome.FAILED, fault=Run.WORKER_LOST, detail=detail)
                released.append(run)
    return released


def _fetch_and_take(run: Run, courier: Courier) -> None:
    try:
        answer = courier.ask(run, before=last_good(run.source, run.part))
    except (Blocked, WrongContentType, WrongPage) as error:
        close_run(run, Run.Outcome.REJECTED, fault=error.code, detail=str(error))
    except FetchError as error:
        close_run(run, Run.Outcome.FAILED, fault=error.code, detail=str(error))
    except Exception as error:
        close_run(run, Run.Outcome.FAILED, fault=type(error).__name__, detail=str(error))
        raise
    else:
        take(run, _delivery(run, answer))


def _delivery(run: Run, answer: Fetched | NotModified) -> Delivery:
    body, media_type = None, ""
    if isinstance(answer, Fetched):
        body, media_type = answer.body, answer.content_type or ""
    return Delivery(
        source=run.source.slug,
        part=run.part,
        body=body,
        at=answer.fetched_at,
        slot=run.slot,
        address=run.address,
        media_type=media_type[:100],
        etag=answer.etag or "",
        last_modified=answer.last_modified or "",
    )
