"""The publications, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, QuerySet

from registry.ledger.models import Revision
from registry.selectors.ordering import Key, Sorts, by, text
from registry.selectors.paging import NotHeld, Page, one_of, page_of

REVISION_KINDS: tuple[str, ...] = tuple(Revision.Kind.values)
REVISION_SORTS = Sorts(
    ids={"number": int},
    by={
        "number": by("number", kind=int),
        "hash": by("hash"),
        "previous_hash": by("previous_hash"),
        "kind": by("kind"),
        "published_at": by("published_at", kind=datetime),
        "author": by("author"),
        "note": text("note"),
        "points": by("point_count", kind=int),
    },
    default="-number",
)


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
    *,
    kind: str | None = None,
    sort: str = REVISION_SORTS.default,
    after: Key | None = None,
    limit: int,
) -> Page[RevisionRow]:
    """Revisions in one of the orders of `REVISION_SORTS`, else newest first. One statement."""
    found = _columns() if kind is None else _columns().filter(kind=kind)
    return page_of(found, REVISION_SORTS, sort, read=RevisionRow, after=after, limit=limit)


def revision(number: int) -> RevisionRow:
    """One revision; raises `NotHeld`. One statement."""
    row = one_of(_columns().filter(number=number), RevisionRow)
    if row is None:
        raise NotHeld("revision", number)
    return row


def last_published(by: datetime) -> int:
    """The number of the newest revision that was out at a moment; 0 for none. One statement."""
    out = Revision.objects.filter(published_at__lte=by).aggregate(newest=Max("number"))
    return out["newest"] or 0


def _columns() -> QuerySet[Revision, tuple[Any, ...]]:
    return Revision.objects.values_list(
        "number", "hash", "previous_hash", "kind", "published_at", "author", "note", "point_count"
    )
