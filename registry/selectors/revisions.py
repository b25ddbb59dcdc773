"""The publications, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from registry.ledger.models import Revision
from registry.selectors.paging import Key, NotHeld, Page, one_of, page_of

REVISION_KINDS: tuple[str, ...] = tuple(Revision.Kind.values)


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """One publication; its hash covers the one before and its own points."""

    number: int
    hash: str
    previous_hash: str
    kind: str
    published_at: datetime
    author: str
    note: str
    points: int


def revisions(
    *, kind: str | None = None, after: Key | None = None, limit: int
) -> Page[RevisionRow]:
    """Revisions from the newest back. One statement."""
    found = _columns() if kind is None else _columns().filter(kind=kind)
    return page_of(
        found,
        ("-number",),
        read=RevisionRow,
        key=lambda row: (row.number,),
        after=after,
        limit=limit,
    )


def revision(number: int) -> RevisionRow:
    """One revision; raises `NotHeld`. One statement."""
    row = one_of(_columns().filter(number=number), RevisionRow)
    if row is None:
        raise NotHeld("revision", number)
    return row


def _columns() -> QuerySet[Revision, tuple[Any, ...]]:
    return Revision.objects.values_list(
        "number", "hash", "previous_hash", "kind", "published_at", "author", "note", "point_count"
    )
