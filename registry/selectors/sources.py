"""Who is listened to, how far, and when they were last heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from registry.ingest.models import Run, Source
from registry.selectors.ordering import Key, Sorts, by, perhaps, text
from registry.selectors.paging import NotHeld, Page, one_of, page_of

RUN_OUTCOMES: tuple[str, ...] = tuple(Run.Outcome.values)
SOURCE_SORTS = Sorts(
    ids={"slug": str},
    by={
        "id": by("slug"),
        "name": by("name"),
        "homepage": text("homepage"),
        "licence": text("licence"),
        "trust": by("trust", kind=int),
        "derives_from": perhaps("derives_from__slug"),
        "interval_hours": by("interval_hours", kind=int),
        "active": by("active", kind=bool),
        "fresh_until": perhaps("fresh_until", datetime),
        "last_run.at": perhaps("last_run_at", datetime),
        "last_run.outcome": perhaps("last_outcome"),
    },
    default="id",
)


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source: ``trust`` is how far it is believed, ``derives_from`` whom it copies.

    ``last_run_at`` and ``last_outcome`` are None together, before its first run.
    """

    slug: str
    name: str
    homepage: str
    licence: str
    trust: int
    derives_from: str | None
    own_providers: list[str]
    addresses: dict[str, str]
    interval_hours: int
    active: bool
    fresh_until: datetime | None
    last_run_at: datetime | None
    last_outcome: str | None

    @property
    def is_stale(self) -> bool:
        """Whether its word is older than the source may be silent; one never heard is not."""
        return self.fresh_until is not None and self.fresh_until < timezone.now()


def sources(
    *,
    active: bool | None = None,
    sort: str = SOURCE_SORTS.default,
    after: Key | None = None,
    limit: int,
) -> Page[SourceRow]:
    """Sources in one of the orders of `SOURCE_SORTS`. One statement."""
    found = _columns() if active is None else _columns().filter(active=active)
    return page_of(found, SOURCE_SORTS, sort, read=SourceRow, after=after, limit=limit)


def source(slug: str) -> SourceRow:
    """One source; raises `NotHeld`. One statement."""
    row = one_of(_columns().filter(slug=slug), SourceRow)
    if row is None:
        raise NotHeld("source", slug)
    return row


def _columns() -> QuerySet[Source, tuple[Any, ...]]:
    runs = Run.objects.filter(source_id=OuterRef("pk")).order_by("-at", "-pk")
    return Source.objects.annotate(
        last_run_at=Subquery(runs.values("at")[:1]),
        last_outcome=Subquery(runs.values("outcome")[:1]),
    ).values_list(
        "slug",
        "name",
        "homepage",
        "licence",
        "trust",
        "derives_from__slug",
        "own_providers",
        "addresses",
        "interval_hours",
        "active",
        "fresh_until",
        "last_run_at",
        "last_outcome",
    )
