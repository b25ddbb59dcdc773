"""What is measured: benchmarks with their scales, official counts, versions and subsets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from registry.benchmarks.models import Benchmark
from registry.scoring.scales import SCALES, Direction, Scale
from registry.scoring.setups import setup_name
from registry.selectors.ordering import Key, Sorts, by, perhaps, text
from registry.selectors.paging import NotHeld, Page, one_of, page_of
from registry.selectors.search import Words

SCALE_NAMES: tuple[str, ...] = tuple(SCALES)
DIRECTIONS: tuple[str, ...] = tuple(Direction)
BENCHMARK_SORTS = Sorts(
    ids={"slug": str},
    by={
        "id": by("slug"),
        "name": by("name"),
        "scale": by("scale"),
        "direction": by("direction"),
        "homepage": text("homepage"),
        "items": perhaps("items", int),
        "counted_at": text("counted_at"),
    },
    default="id",
)


@dataclass(frozen=True, slots=True)
class PartRow:
    """A version or subset: its name, its word in a setup, and its own official count if known."""

    name: str
    word: str | None
    items: int | None
    counted_at: str


@dataclass(frozen=True, slots=True)
class BenchmarkRow:
    """A benchmark as declared.

    ``items``: how many it officially has, None where that is not certain; ``counted_at``: the page
    that says so. ``aliases``: other names that any source may use.
    """

    benchmark_id: int
    slug: str
    name: str
    scale: Scale
    direction: Direction
    homepage: str
    items: int | None
    counted_at: str
    aliases: tuple[str, ...]
    versions: tuple[PartRow, ...]
    subsets: tuple[PartRow, ...]


def benchmarks(
    *,
    q: str | None = None,
    sort: str = BENCHMARK_SORTS.default,
    after: Key | None = None,
    limit: int,
) -> Page[BenchmarkRow]:
    """Benchmarks in one of the orders of `BENCHMARK_SORTS`.

    One statement, two with ``q``: words of a name, an alias or the slug.
    """
    found = _columns() if q is None else _columns().filter(slug__in=_called(q))
    return page_of(found, BENCHMARK_SORTS, sort, read=_row, after=after, limit=limit)


def benchmark(slug: str) -> BenchmarkRow:
    """One benchmark; raises `NotHeld`. One statement."""
    row = one_of(_columns().filter(slug=slug), _row)
    if row is None:
        raise NotHeld("benchmark", slug)
    return row


def _called(q: str) -> list[str]:
    words = Words(q)
    rows = Benchmark.objects.values_list("slug", "name", "aliases")
    return [slug for slug, name, aliases in rows if words.match(slug, name, *aliases)]


def _columns() -> QuerySet[Benchmark, tuple[Any, ...]]:
    return Benchmark.objects.values_list(
        "pk",
        "slug",
        "name",
        "scale",
        "direction",
        "homepage",
        "items",
        "counted_at",
        "aliases",
        "versions",
        "subsets",
    )


def _row(*columns: Any) -> BenchmarkRow:
    pk, slug, name, scale, direction, homepage, items, counted_at, aliases, *parts = columns
    versions, subsets = (tuple(_part(**said) for said in rows) for rows in parts)
    return BenchmarkRow(
        benchmark_id=pk,
        slug=slug,
        name=name,
        scale=SCALES[scale],
        direction=Direction(direction),
        homepage=homepage,
        items=items,
        counted_at=counted_at,
        aliases=tuple(aliases),
        versions=versions,
        subsets=subsets,
    )


def _part(*, name: str, items: int | None, counted_at: str, **_aliases: Any) -> PartRow:
    return PartRow(name, setup_name(name), items, counted_at)
