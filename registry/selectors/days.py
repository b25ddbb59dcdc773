"""Days that are facts, over all models or offers: when one came out, is deprecated or retired.

They are read with both clocks: what stood at the moment, as known at the revision.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from registry.catalog.facts import text_of, value_of
from registry.ledger.effective import standing_points
from registry.ledger.models import FactPoint, FactSeries
from registry.selectors.clocks import AsOf

# The canonical text of a day sorts as the day does.
_OF_MODEL = ("series__model__lab__slug", "series__model__slug")
_OF_OFFER = ("series__offer__provider__slug", "series__offer__provider_model_id")
_ITS_MODEL = ("series__offer__model__lab__slug", "series__offer__model__slug")


class Release(NamedTuple):
    """The day on which a model came out."""

    on: date
    lab: str
    slug: str


class End(NamedTuple):
    """A day of an offer; ``lab`` and ``slug`` are its model's, None where that is not known."""

    on: date
    provider: str
    provider_model_id: str
    lab: str | None
    slug: str | None


def releases(as_of: AsOf, until: date, *, lab: str | None, limit: int) -> Iterator[Release]:
    """Models that had come out by a day and on it, the newest first. One statement."""
    series = FactSeries.objects.filter(name="released_on", model__isnull=False)
    if lab is not None:
        series = series.filter(model__lab__slug=lab)
    found = _stated(series, as_of).filter(value__lte=text_of(until.isoformat()))
    newest = found.order_by("-value", *_OF_MODEL)
    for value, *names in newest.values_list("value", *_OF_MODEL)[:limit]:
        yield Release(_day("released_on", value), *names)


def ends(
    name: str,
    as_of: AsOf,
    *,
    until: date | None = None,
    since: date | None = None,
    lab: str | None = None,
    provider: str | None = None,
    limit: int,
) -> Iterator[End]:
    """Offers by ``deprecated_on`` or ``retires_on``. One statement.

    With ``until`` up to that day and with it, the newest first; with ``since`` from it on, the
    soonest first.
    """
    series = FactSeries.objects.filter(name=name, offer__isnull=False)
    if lab is not None:
        series = series.filter(offer__model__lab__slug=lab)
    if provider is not None:
        series = series.filter(offer__provider__slug=provider)
    found = _stated(series, as_of)
    if until is not None:
        found = found.filter(value__lte=text_of(until.isoformat()))
    if since is not None:
        found = found.filter(value__gte=text_of(since.isoformat()))
    ordered = found.order_by("-value" if since is None else "value", *_OF_OFFER)
    for value, *names in ordered.values_list("value", *_OF_OFFER, *_ITS_MODEL)[:limit]:
        yield End(_day(name, value), *names)


def _stated(series: QuerySet[FactSeries], as_of: AsOf) -> QuerySet[FactPoint]:
    points = standing_points(FactPoint, series, at=as_of.at, revision=as_of.pinned_revision)
    return points.filter(state=FactPoint.State.STATED)


def _day(name: str, text: str) -> date:
    return date.fromisoformat(str(value_of(name, text)))
