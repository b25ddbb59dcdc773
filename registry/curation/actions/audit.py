"""What every action writes down of itself, and whose hand it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from registry.curation.actions.refusals import ActionRefused, NotAllowed
from registry.curation.models import NOTE_LENGTH, AuditEvent
from registry.ledger.models import Revision

DECIDE = "curation.decide_review"
CORRECT = "curation.correct_prices"
NAME = "curation.link_names"
DESCRIBE = "catalog.change_model"
DISTRUST = "curation.distrust_source"
ASK = "curation.ask_source"

_LINES = 200


class Person(Protocol):
    """Whoever acts: a user of Django's."""

    def get_username(self) -> str:
        """The name that the audit trail keeps."""
        ...

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Whether the person's role grants a permission."""
        ...


@dataclass(frozen=True, slots=True)
class Hand:
    """Who acts, why, from which page and when."""

    by: str
    note: str
    page: str
    at: datetime


def take_hand(by: Person, permission: str, *, note: str, page: str, at: datetime) -> Hand:
    """The hand of a person who may do this.

    Raises `NotAllowed` for a role that does not reach, `ActionRefused` for a missing note.
    """
    if not by.has_perm(permission):
        raise NotAllowed(by.get_username(), permission)
    note = note.strip()
    if not 0 < len(note) <= NOTE_LENGTH or "\0" in note:
        raise ActionRefused("note", note[:40] or "nothing", f"1 to {NOTE_LENGTH} characters")
    return Hand(by.get_username(), note, page[:500], at)


def write_event(
    action: AuditEvent.Action,
    subject: str,
    hand: Hand,
    *,
    changed: Sequence[str] = (),
    revisions: Iterable[Revision | None] = (),
    undoes: int | None = None,
    **handles: Any,
) -> AuditEvent:
    """One line of the audit trail; ``handles`` are the ids that undoing needs."""
    lines = list(changed[:_LINES])
    if len(changed) > _LINES:
        lines.append(f"and {len(changed) - _LINES} more")
    return AuditEvent.objects.create(
        at=hand.at,
        by=hand.by,
        action=action,
        subject=subject[:500],
        note=hand.note,
        page=hand.page,
        changed=lines,
        revisions=[revision.number for revision in revisions if revision is not None],
        undoes=undoes,
        handles=handles,
    )
