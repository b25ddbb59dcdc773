"""Everyday prices of all offers through time, held in memory for one revision.

Everyday is what most readers pay: dollars for input, output and cache-hit tokens under standard
terms. What a page sorts and compares over thousands of offers is answered from here; a single
offer's card comes from `rate_cards`. History under a revision never changes, so a revision is read
once a process, and between two neighbouring starts every moment has the same answer. Of a revision
that follows one that is held, only the series are read to which something was added since.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from threading import Lock
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from registry.ledger.models import PricePoint, Revision
from registry.pricing.quotes import plain
from registry.selectors.clocks import AsOf

INPUT, OUTPUT, CACHE_HIT = "input_tokens", "output_tokens", "cache_read_tokens"
METERS = (INPUT, OUTPUT, CACHE_HIT)
_HOURS = "hours="
_REVISIONS_KEPT = 4
_MOMENTS_KEPT = 16


class Start(NamedTuple):
    """From ``starts_at`` on the price is this; ``source_id`` None: a curator's word."""

    starts_at: datetime
    point_id: int
    state: str
    amount: Decimal | None
    status: str
    source_id: int | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """The starts of one series that count, oldest first."""

    moments: tuple[datetime, ...]
    starts: tuple[Start, ...]

    def at(self, moment: datetime) -> Start | None:
        """What stands at a moment; None before the first start and where it is withdrawn."""
        place = bisect_right(self.moments, moment)
        if not place or self.starts[place - 1].state == PricePoint.State.WITHDRAWN:
            return None
        return self.starts[place - 1]


class Everyday(NamedTuple):
    """An offer's everyday prices at a moment; None is unknown. ``by_hours``: hours cost otherwise.

    ``priced_otherwise``: it has prices, of other units or under other terms only.
    """

    input: Start | None
    output: Start | None
    cache_hit: Start | None
    by_hours: bool
    priced_otherwise: bool

    def as_of_today(self, stale: frozenset[int]) -> Everyday:
        """The prices with today's statuses, given the sources that are stale."""
        return self._replace(
            input=_told_today(self.input, stale),
            output=_told_today(self.output, stale),
            cache_hit=_told_today(self.cache_hit, stale),
        )

    @property
    def since(self) -> datetime | None:
        """When the last of the three began."""
        return max((one.starts_at for one in self[:3] if one), default=None)

    @property
    def is_free(self) -> bool:
        """Whether input and output are free."""
        return all(one is not None and one.state == "free" for one in self[:2])

    def blended(self, ratio: Decimal) -> Decimal | None:
        """Dollars per 1M tokens at ``ratio`` parts of input to one of output, if both are told."""
        if not (self.input and self.output and self.input.amount and self.output.amount):
            return None
        return (ratio * self.input.amount + self.output.amount) / (ratio + 1)


def _told_today(said: Start | None, stale: frozenset[int]) -> Start | None:
    if said is None or said.source_id not in stale:
        return said
    return said._replace(status=PricePoint.Status.STALE.value)


NOTHING = Everyday(None, None, None, False, False)


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """All everyday timelines by offer and meter, as one revision knew them."""

    timelines: Mapping[int, Mapping[str, Timeline]]
    by_hours: Mapping[int, Timeline]
    otherwise: frozenset[int]
    turns: tuple[datetime, ...]

    def at(self, moment: datetime) -> Mapping[int, Everyday]:
        """Every offer's everyday prices at a moment; one without any is absent."""
        return _standing(self, bisect_right(self.turns, moment))

    def blended_over_time(
        self, offer_id: int, ratio: Decimal
    ) -> list[tuple[datetime, Decimal | None]]:
        """The blended price of an offer from each of its changes on; None where it is unknown."""
        lines = self.timelines.get(offer_id, {})
        moments = sorted({at for name in METERS[:2] if name in lines for at in lines[name].moments})
        return [(at, _everyday(self, offer_id, at).blended(ratio)) for at in moments]


def everyday_prices(as_of: AsOf) -> Prices:
    """The timelines as known at the revision. Three statements, none where the revision is held."""
    return _held(as_of.number, as_of.hash).prices


def forget() -> None:
    """Drops what is held, for a process whose database was exchanged under it."""
    _newest.clear()
    _held.cache_clear()
    _standing.cache_clear()


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of a revision. ``series`` has the everyday ones by offer, meter and terms;
    ``priced`` the offers with any price at all."""

    number: int
    hash: str
    series: Mapping[tuple[int, str, str], Timeline]
    priced: frozenset[int]
    prices: Prices


_NOTHING_READ = _Read(0, "", {}, frozenset(), Prices({}, {}, frozenset(), ()))
# The newest revision that was read, which the next one is read upon; at most one.
_newest: list[_Read] = []
_reading = Lock()


@lru_cache(maxsize=_REVISIONS_KEPT)
def _held(number: int, digest: str) -> _Read:
    with _reading:
        before = _newest[0] if _newest else _NOTHING_READ
        if (before.number, before.hash) == (number, digest):
            return before  # Another thread was faster.
        if before.number > number or not _is_published(before):
            return _read_on(_NOTHING_READ, number, digest)
        _newest[:] = [_read_on(before, number, digest)]
        return _newest[0]


def _is_published(before: _Read) -> bool:
    found = Revision.objects.filter(number=before.number, hash=before.hash)
    return before is _NOTHING_READ or found.exists()


def _read_on(before: _Read, number: int, digest: str) -> _Read:
    """What the revision adds to an earlier one of the same history."""
    added = PricePoint.objects.filter(revision_id__gt=before.number, revision_id__lte=number)
    series = dict(before.series)
    rows = _rows(number, added if before.number else None)
    for key, points in groupby(rows, key=lambda row: row[:3]):
        series[key] = _timeline(points)
    priced = added.filter(state=PricePoint.State.PRICED).values_list("series__offer_id", flat=True)
    every_priced = before.priced.union(priced.distinct())
    return _Read(number, digest, series, every_priced, _prices(series, every_priced))


def _prices(series: Mapping[tuple[int, str, str], Timeline], priced: frozenset[int]) -> Prices:
    timelines: dict[int, dict[str, Timeline]] = defaultdict(dict)
    by_hours: dict[int, Timeline] = {}
    for (offer_id, meter, terms), timeline in series.items():
        if not timeline.starts:
            continue
        if terms:
            by_hours[offer_id] = timeline
        else:
            timelines[offer_id][meter] = timeline
    return Prices(
        timelines=dict(timelines),
        by_hours=by_hours,
        otherwise=priced - timelines.keys(),
        turns=tuple(sorted({at for timeline in series.values() for at in timeline.moments})),
    )


def _rows(number: int, added: QuerySet[PricePoint] | None) -> Iterator[tuple[Any, ...]]:
    """The points of everyday series, each series' together and in order of time, then revision.

    ``added``: only those of the series of these points; None: of all.
    """
    wanted = Q(series__terms="") | (
        Q(series__terms__startswith=_HOURS, series__meter=INPUT) & ~Q(series__terms__contains=";")
    )
    if added is not None:
        wanted &= Q(series_id__in=added.values("series_id"))
    return (
        PricePoint.objects.filter(
            wanted,
            revision_id__lte=number,
            series__currency="USD",
            series__meter__in=METERS,
        )
        .order_by("series__offer_id", "series__meter", "series__terms", "starts_at", "revision_id")
        .values_list(
            "series__offer_id",
            "series__meter",
            "series__terms",
            "starts_at",
            "pk",
            "state",
            "amount",
            "status",
            "claim__source_id",
        )
        .iterator(chunk_size=5000)
    )


def _timeline(rows: Iterable[tuple[Any, ...]]) -> Timeline:
    """Of several points with one start the last counts, and none where that is a retraction."""
    latest = {row[3]: row[3:] for row in rows}
    starts = tuple(
        Start(at, pk, state, None if amount is None else plain(amount), status, source_id)
        for at, pk, state, amount, status, source_id in latest.values()
        if state != PricePoint.State.RETRACTED
    )
    return Timeline(tuple(start.starts_at for start in starts), starts)


@lru_cache(maxsize=_MOMENTS_KEPT)
def _standing(prices: Prices, turn: int) -> Mapping[int, Everyday]:
    if not turn:
        return {}
    moment = prices.turns[turn - 1]
    offers = prices.timelines.keys() | prices.by_hours.keys() | prices.otherwise
    standing = ((offer_id, _everyday(prices, offer_id, moment)) for offer_id in offers)
    return {offer_id: one for offer_id, one in standing if one != NOTHING}


def _everyday(prices: Prices, offer_id: int, moment: datetime) -> Everyday:
    lines = prices.timelines.get(offer_id, {})
    hours = prices.by_hours.get(offer_id)
    said = [lines[name].at(moment) if name in lines else None for name in METERS]
    return Everyday(
        input=said[0],
        output=said[1],
        cache_hit=said[2],
        by_hours=hours is not None and hours.at(moment) is not None,
        priced_otherwise=offer_id in prices.otherwise,
    )
