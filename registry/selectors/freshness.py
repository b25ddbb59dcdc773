"""How fresh each source's word is: last tried, last seen, next due, and whether it is stale."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, CharField, Count, F, Max, Value, When
from django.db.models.expressions import Combinable

from registry.ingest.models import Run, Source, SourceEntry
from registry.ingest.runs import GOOD
from registry.ingest.timetable import timetable
from registry.selectors.clocks import AsOf

_Address = tuple[int, str]
_STALE = "stale"


def told_status(as_of: AsOf) -> Combinable:
    """The status of a point as every answer tells it.

    About now that is ``stale`` where its source has not been heard within its time; otherwise, and
    about the past, the one stored with it.
    """
    if not as_of.is_about_now:
        return F("status")
    unheard = When(claim__source__fresh_until__lt=as_of.at, then=Value(_STALE))
    return Case(unheard, default=F("status"), output_field=CharField())


@dataclass(frozen=True, slots=True)
class AddressFreshness:
    """One address of a source.

    ``tried_at``: when it was last asked; ``seen_at``: the moment of its last good run. None: never.
    ``outcome``, ``fault``, ``detail``: those of the last try. ``rows``: entries that it lists now.
    ``stale``: nothing good for twice the source's interval, or ever.
    """

    part: str
    address: str
    tried_at: datetime | None
    seen_at: datetime | None
    due_at: datetime
    stale: bool
    outcome: str
    fault: str
    detail: str
    rows: int


@dataclass(frozen=True, slots=True)
class SourceFreshness:
    """One active source with its addresses; its own moments sum up theirs.

    ``stale`` is what decides whether the source's word counts: after ``fresh_until``, or never
    taken. ``failing``: the last try of some address was no good run.
    """

    slug: str
    name: str
    homepage: str
    trust: int
    interval_hours: int
    licence: str
    fresh_until: datetime | None
    stale: bool
    addresses: tuple[AddressFreshness, ...]

    @property
    def tried_at(self) -> datetime | None:
        """The last try of any address."""
        return max((a.tried_at for a in self.addresses if a.tried_at), default=None)

    @property
    def seen_at(self) -> datetime | None:
        """The last good run of any address."""
        return max((a.seen_at for a in self.addresses if a.seen_at), default=None)

    @property
    def due_at(self) -> datetime | None:
        """The next try of any address; None for a source without one."""
        return min((a.due_at for a in self.addresses), default=None)

    @property
    def rows(self) -> int:
        """Entries of all addresses."""
        return sum(address.rows for address in self.addresses)

    @property
    def failing(self) -> tuple[AddressFreshness, ...]:
        """The addresses whose last try was no good run."""
        return tuple(a for a in self.addresses if a.outcome and a.outcome not in GOOD)


def stale_sources(now: datetime) -> frozenset[int]:
    """The sources whose word is older than they may be silent, by the id of their row."""
    return frozenset(Source.objects.filter(fresh_until__lt=now).values_list("pk", flat=True))


def freshness(now: datetime) -> tuple[SourceFreshness, ...]:
    """Every active source, the most trusted first, in a fixed number of statements."""
    addresses: dict[int, list[AddressFreshness]] = {}
    for source_id, address in _addresses(now):
        addresses.setdefault(source_id, []).append(address)
    return tuple(
        SourceFreshness(
            slug=source.slug,
            name=source.name,
            homepage=source.homepage,
            trust=source.trust,
            interval_hours=source.interval_hours,
            licence=source.licence,
            fresh_until=source.fresh_until,
            stale=source.fresh_until is None or source.fresh_until < now,
            addresses=tuple(addresses.get(source.pk, ())),
        )
        for source in Source.objects.filter(active=True).order_by("-trust", "slug")
    )


def _addresses(now: datetime) -> Iterator[tuple[int, AddressFreshness]]:
    tried = _last_tries()
    seen = _last_seen()
    rows = _rows()
    for stop in timetable(now):
        source, key = stop.source, (stop.source.pk, stop.part)
        run, seen_at = tried.get(key), seen.get(key)
        late = seen_at is None or seen_at + 2 * timedelta(hours=source.interval_hours) < now
        yield (
            source.pk,
            AddressFreshness(
                part=stop.part,
                address=source.addresses[stop.part],
                tried_at=run.at if run else None,
                seen_at=seen_at,
                due_at=stop.due_at,
                stale=late,
                outcome=run.outcome if run else "",
                fault=run.fault if run else "",
                detail=run.detail if run else "",
                rows=rows.get(key, 0),
            ),
        )


def _last_tries() -> dict[_Address, Run]:
    """The newest run of each address; where a kept body was read again, nobody was asked."""
    asked = Run.objects.exclude(slot__startswith=Run.REREAD)
    newest = {
        (row["source_id"], row["part"]): row["newest"]
        for row in asked.values("source_id", "part").annotate(newest=Max("at"))
    }
    runs = asked.filter(at__in=set(newest.values())).defer("counts").order_by("pk")
    return {key: run for run in runs if newest[key := (run.source_id, run.part)] == run.at}


def _last_seen() -> dict[_Address, datetime]:
    good = Run.objects.filter(outcome__in=GOOD).exclude(slot__startswith=Run.REREAD)
    seen = good.values("source_id", "part").annotate(seen_at=Max("at"))
    return {(row["source_id"], row["part"]): row["seen_at"] for row in seen}


def _rows() -> dict[_Address, int]:
    entries = SourceEntry.objects.filter(missed_runs=0).values("source_id", "part")
    return {(row["source_id"], row["part"]): row["n"] for row in entries.annotate(n=Count("pk"))}
