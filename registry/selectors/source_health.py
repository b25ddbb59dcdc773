"""How a source fares: its last runs in figures, its failures by name, what it is the winner for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Window
from django.db.models.functions import RowNumber

from registry.curation.models import Review, Ruling
from registry.ingest.models import Run, Source
from registry.ingest.runs import GOOD
from registry.ledger.models import PricePoint
from registry.selectors.freshness import SourceFreshness, freshness
from registry.selectors.paging import NotHeld

RUNS = 40
_WIDTH, _HEIGHT = 120, 24
_WINS = 100


@dataclass(frozen=True, slots=True)
class Spark:
    """A line of figures as points of an SVG polyline, in a box of 120 by 24; latest and largest."""

    points: str
    latest: int
    largest: int


@dataclass(frozen=True, slots=True)
class Health:
    """One source at a glance: ``freshness`` is None while it is not asked."""

    source: Source
    freshness: SourceFreshness | None
    rows: Spark
    changes: Spark
    failures: tuple[tuple[str, int], ...]
    open_items: int
    distrusted: Ruling | None


@dataclass(frozen=True, slots=True)
class Win:
    """An offer whose published prices rest on a source's word: how many of them."""

    offer_id: int
    offer: str
    prices: int


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A source with its last runs and what it is the winner for."""

    health: Health
    runs: tuple[Run, ...]
    wins: tuple[Win, ...]
    won: int


def healths(at: datetime) -> tuple[Health, ...]:
    """Every source, the most trusted first. A fixed number of statements."""
    return tuple(_healths(Source.objects.order_by("-active", "-trust", "slug"), at))


def source_page(slug: str, *, at: datetime) -> SourcePage:
    """One source; raises `NotHeld`."""
    found = next(iter(_healths(Source.objects.filter(slug=slug), at)), None)
    if found is None:
        raise NotHeld("source", slug)
    runs = Run.objects.filter(source=found.source).select_related("snapshot")
    wins, won = _wins(found.source)
    shown = runs.defer("snapshot__content").order_by("-at", "-pk")[:RUNS]
    return SourcePage(found, tuple(shown), wins, won)


def _healths(sources: Iterable[Source], at: datetime) -> Iterable[Health]:
    fresh = {one.slug: one for one in freshness(at)}
    runs = _last_runs()
    waiting = _waiting()
    distrust = {
        ruling.source_id: ruling
        for ruling in Ruling.objects.filter(kind=Ruling.Kind.DISTRUST, lifted_at=None)
    }
    for source in sources:
        mine = runs.get(source.pk, [])
        yield Health(
            source,
            fresh.get(source.slug),
            spark([run.counts.get("entries", 0) for run in mine if "entries" in run.counts]),
            spark([run.counts.get("changed", 0) for run in mine if run.outcome in GOOD]),
            tuple(Counter(run.fault for run in mine if run.fault).most_common()),
            waiting.get(source.pk, 0),
            distrust.get(source.pk),
        )


def spark(figures: list[int]) -> Spark:
    """Figures, the oldest first, as a line."""
    if not figures:
        return Spark("", 0, 0)
    largest = max(*figures, 1) if len(figures) > 1 else max(figures[0], 1)
    step = _WIDTH / max(len(figures) - 1, 1)
    points = " ".join(
        f"{at * step:.1f},{_HEIGHT - figure / largest * (_HEIGHT - 2) - 1:.1f}"
        for at, figure in enumerate(figures)
    )
    return Spark(points, figures[-1], max(figures))


def _last_runs() -> Mapping[int, list[Run]]:
    """The last runs of each source, the oldest first. One statement."""
    placed = Run.objects.annotate(
        place=Window(
            RowNumber(), partition_by=F("source"), order_by=[F("at").desc(), F("pk").desc()]
        )
    ).filter(place__lte=RUNS)
    runs: dict[int, list[Run]] = defaultdict(list)
    for run in placed.only("source_id", "at", "outcome", "fault", "counts").order_by("at", "pk"):
        runs[run.source_id].append(run)
    return runs


def _waiting() -> dict[int, int]:
    counted = Review.objects.filter(state=Review.State.OPEN).values_list("source_id")
    return {pk: n for pk, n in counted.annotate(n=Count("pk")) if pk is not None}


def _wins(source: Source) -> tuple[tuple[Win, ...], int]:
    """The offers with the most prices that stand on a source's word, and how many prices in all."""
    later = PricePoint.objects.filter(
        series_id=OuterRef("series_id"), starts_at__gt=OuterRef("starts_at")
    )
    again = PricePoint.objects.filter(
        series_id=OuterRef("series_id"),
        starts_at=OuterRef("starts_at"),
        revision_id__gt=OuterRef("revision_id"),
    )
    ended = (PricePoint.State.RETRACTED, PricePoint.State.WITHDRAWN)
    standing = (
        PricePoint.objects.filter(claim__source=source)
        .exclude(state__in=ended)
        .exclude(Exists(later))
        .exclude(Exists(again))
    )
    counted = standing.values_list(
        "series__offer_id", "series__offer__provider__slug", "series__offer__provider_model_id"
    ).annotate(n=Count("pk"))
    rows = [
        Win(pk, f"{provider}/{model_id}", n)
        for pk, provider, model_id, n in counted.order_by("-n", "series__offer_id")
    ]
    return tuple(rows[:_WINS]), sum(row.prices for row in rows)
