"""Which points count, of any kind, at a moment and as known at a revision."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, QuerySet, Subquery

from registry.ledger.models import Point

P = TypeVar("P", bound=Point)

RETRACTED = "retracted"


def effective(points: type[P], *, revision: int | None) -> QuerySet[P]:
    """The points that count: of one start the latest revision's, unless it is a retraction."""
    rows = points._default_manager.all()
    later = points._default_manager.filter(
        series_id=OuterRef("series_id"),
        starts_at=OuterRef("starts_at"),
        revision_id__gt=OuterRef("revision_id"),
    )
    if revision is not None:
        rows = rows.filter(revision_id__lte=revision)
        later = later.filter(revision_id__lte=revision)
    return rows.exclude(state=RETRACTED).exclude(Exists(later))


def standing_points(
    points: type[P], series: QuerySet[Model], *, at: datetime, revision: int | None
) -> QuerySet[P]:
    """The point of each series that stands at a moment, a withdrawal too."""
    newest = (
        effective(points, revision=revision)
        .filter(series_id=OuterRef("pk"), starts_at__lte=at)
        .order_by("-starts_at", "-revision_id")
        .values("pk")[:1]
    )
    ids = series.annotate(standing=Subquery(newest)).values("standing")
    return points._default_manager.filter(pk__in=ids)


def aware(at: datetime) -> datetime:
    """The moment itself; a naive one is a `ValueError`."""
    if at.tzinfo is None:
        raise ValueError(f"at: {at!r} has no time zone; expected an aware moment")
    return at


def stood_before(points: type[P]) -> QuerySet[P]:
    """For a subquery over points: what counted at a point's start when its revision was made.

    That is the newest start up to it, as known at the revision before.
    """
    rows = points._default_manager.all()
    overwritten = rows.filter(
        series_id=OuterRef("series_id"),
        starts_at=OuterRef("starts_at"),
        revision_id__gt=OuterRef("revision_id"),
        revision_id__lt=OuterRef(OuterRef("revision_id")),
    )
    return (
        rows.filter(
            series_id=OuterRef("series_id"),
            starts_at__lte=OuterRef("starts_at"),
            revision_id__lt=OuterRef("revision_id"),
        )
        .exclude(state=RETRACTED)
        .exclude(Exists(overwritten))
        .order_by("-starts_at", "-revision_id")
    )
