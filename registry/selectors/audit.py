"""The audit trail, a page at a time, and one event of it."""

from __future__ import annotations

from dataclasses import dataclass

from registry.curation.actions.undo import NEEDED
from registry.curation.models import AuditEvent
from registry.selectors.paging import NotHeld

PAGE = 50


@dataclass(frozen=True, slots=True)
class Trail:
    """Some events, the newest first; ``older`` is the id to go on before, None at the end."""

    events: tuple[AuditEvent, ...]
    older: int | None


@dataclass(frozen=True, slots=True)
class Event:
    """One event; ``undone_by`` is the event that undid it, ``needs`` what undoing takes."""

    event: AuditEvent
    undone_by: AuditEvent | None
    undoes: AuditEvent | None
    needs: str | None


def trail(*, by: str = "", action: str = "", before: int | None = None) -> Trail:
    """What was done, filtered. One statement."""
    events = AuditEvent.objects.order_by("-pk")
    if by:
        events = events.filter(by=by)
    if action:
        events = events.filter(action=action)
    if before is not None:
        events = events.filter(pk__lt=before)
    shown = list(events[: PAGE + 1])
    return Trail(tuple(shown[:PAGE]), shown[PAGE - 1].pk if len(shown) > PAGE else None)


def event(pk: int) -> Event:
    """One event; raises `NotHeld`. Three statements."""
    found = AuditEvent.objects.filter(pk=pk).first()
    if found is None:
        raise NotHeld("event", pk)
    undone_by = AuditEvent.objects.filter(undoes=pk).first()
    undoes = AuditEvent.objects.filter(pk=found.undoes).first() if found.undoes else None
    needs = NEEDED.get(AuditEvent.Action(found.action)) if undone_by is None else None
    return Event(found, undone_by, undoes, needs)
