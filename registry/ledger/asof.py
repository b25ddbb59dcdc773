"""Reads of history with two clocks: ``at`` (when a price holds) and ``revision`` (what was known).

The point that stands in a series at a moment is the newest start at or before it, of the revisions
up to the asked one. Of several points with one start the latest revision's counts, and a retracted
start counts as none, so that the start before it stands again. Reading it walks the index over
(series, starts_at, revision) from the moment backwards and stops at the first point that counts:
the cost grows with the number of series, not with their history. Only points that do not count
lengthen the walk: retracted starts, and what came out after the asked revision.

Without ``revision`` the newest is meant. One beyond the newest is not an error here but reads as
the newest, and its answer may still change: whoever promises permanence compares with `head`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby, pairwise

from django.db.models import QuerySet

from registry.ledger.chain import Head, head
from registry.ledger.effective import aware, effective, standing_points
from registry.ledger.models import PricePoint, Series
from registry.ledger.standings import STANDING_COLUMNS, Outlook, Period, SeriesHistory, Standing
from registry.pricing.rates import RateKey

__all__ = ["Head", "coming", "head", "histories", "history", "outlook", "rates_at", "starts_after"]


def rates_at(
    offer_ids: Collection[int], *, at: datetime, revision: int | None = None
) -> dict[int, tuple[Standing, ...]]:
    """What each offer costs at a moment: one standing a series, none for a withdrawn one.

    Every asked offer has its place in the answer, ordered by meter, terms and currency; the tuple
    is empty where nothing is known. One statement. A naive ``at`` is a `ValueError`.
    """
    points = _standing_prices(offer_ids, at=at, revision=revision)
    answer: dict[int, list[Standing]] = {offer_id: [] for offer_id in offer_ids}
    for found in _standings(points):
        if not found.is_withdrawn:
            answer[found.offer_id].append(found)
    return {offer_id: _in_order(found) for offer_id, found in answer.items()}


def outlook(offer_ids: Collection[int], *, at: datetime) -> dict[int, tuple[Outlook, ...]]:
    """What stands at a moment and what is announced after it, by series; for whoever publishes.

    Unlike `rates_at` it shows a withdrawn series too, since its next price is a return and not a
    first sighting. One statement, over the newest revision.
    """
    coming = effective(PricePoint, revision=None).filter(
        series__offer_id__in=offer_ids, starts_at__gt=aware(at)
    )
    now = _standing_prices(offer_ids, at=at, revision=None)
    points = now.values_list(*STANDING_COLUMNS).union(
        coming.values_list(*STANDING_COLUMNS), all=True
    )
    by_series: dict[tuple[int, RateKey], list[Standing]] = defaultdict(list)
    for standing in _in_order(Standing.of_row(*row) for row in points):
        by_series[standing.offer_id, standing.key].append(standing)
    answer: dict[int, list[Outlook]] = {offer_id: [] for offer_id in offer_ids}
    for (offer_id, key), found in by_series.items():
        standing_now = found.pop(0) if found[0].starts_at <= at else None
        answer[offer_id].append(Outlook(key, standing_now, tuple(found)))
    return {offer_id: tuple(outlooks) for offer_id, outlooks in answer.items()}


def starts_after(
    offer_id: int, after: Mapping[RateKey, datetime], *, until: datetime
) -> tuple[Standing, ...]:
    """The starts that count in some series of an offer, each later than a moment, withdrawals too.

    ``after``: that moment by series; the moment itself is left out, ``until`` is not. One
    statement, none for no series.
    """
    if not after:
        return ()
    points = effective(PricePoint, revision=None).filter(
        series__offer_id=offer_id, starts_at__gt=min(after.values()), starts_at__lte=until
    )
    return tuple(
        standing
        for standing in _in_order(_standings(points))
        if standing.key in after and standing.starts_at > after[standing.key]
    )


def history(
    offer_id: int,
    *,
    revision: int | None = None,
    meter: str | None = None,
    terms: str | None = None,
    currency: str | None = None,
) -> tuple[SeriesHistory, ...]:
    """An offer's series with their periods, oldest first; a withdrawn stretch is in none.

    ``terms`` is the canonical text, and the empty text means the standard terms only. One
    statement, as long as the history.
    """
    asked = {"series__meter": meter, "series__terms": terms, "series__currency": currency}
    points = effective(PricePoint, revision=revision).filter(
        series__offer_id=offer_id, **{name: v for name, v in asked.items() if v is not None}
    )
    return _told(_standings(points))


def histories(
    offer_ids: Collection[int], *, revision: int | None = None
) -> dict[int, tuple[SeriesHistory, ...]]:
    """The history of every asked offer, empty where nothing is known. One statement."""
    points = effective(PricePoint, revision=revision).filter(series__offer_id__in=offer_ids)
    by_offer: dict[int, list[Standing]] = {offer_id: [] for offer_id in offer_ids}
    for standing in _standings(points):
        by_offer[standing.offer_id].append(standing)
    return {offer_id: _told(standings) for offer_id, standings in by_offer.items()}


def _told(standings: Iterable[Standing]) -> tuple[SeriesHistory, ...]:
    return tuple(
        SeriesHistory(key, periods)
        for key, starts in groupby(_in_order(standings), key=lambda standing: standing.key)
        if (periods := tuple(_periods(list(starts))))
    )


def coming(*, at: datetime, revision: int | None = None, limit: int) -> tuple[Standing, ...]:
    """Announced starts after a moment over all offers, soonest first; a withdrawal is none.

    One statement.
    """
    points = (
        effective(PricePoint, revision=revision)
        .filter(starts_at__gt=aware(at))
        .exclude(state=PricePoint.State.WITHDRAWN)
        .order_by("starts_at", "pk")[:limit]
    )
    return tuple(_standings(points))


def _standing_prices(
    offer_ids: Collection[int], *, at: datetime, revision: int | None
) -> QuerySet[PricePoint]:
    series = Series.objects.filter(offer_id__in=offer_ids)
    return standing_points(PricePoint, series, at=aware(at), revision=revision)


def _standings(points: QuerySet[PricePoint]) -> Iterator[Standing]:
    for row in points.values_list(*STANDING_COLUMNS):
        yield Standing.of_row(*row)


def _in_order(standings: Iterable[Standing]) -> tuple[Standing, ...]:
    return tuple(sorted(standings, key=lambda s: (s.meter, s.terms.key, s.currency, s.starts_at)))


def _periods(starts: list[Standing]) -> Iterator[Period]:
    for standing, following in pairwise([*starts, None]):
        if standing is not None and not standing.is_withdrawn:
            yield Period(standing, None if following is None else following.starts_at)
