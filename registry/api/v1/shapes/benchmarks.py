"""Benchmarks: what scores belong to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from registry.api.shape import Shape, meaning
from registry.api.v1 import addresses
from registry.api.v1.shapes.revisions import RevisionRef
from registry.selectors.benchmarks import DIRECTIONS, SCALE_NAMES, BenchmarkRow, PartRow

_COUNTED = meaning("The page that says how many.")


@dataclass(frozen=True, slots=True)
class BenchmarkPart(Shape):
    """A version or a subset of a benchmark, whose scores are a series apart."""

    name: str
    word: Annotated[str | None, meaning("How a setup names it.", "2.0")]
    items: Annotated[int | None, meaning("How many items it officially has, if that is certain.")]
    counted_at: Annotated[str | None, _COUNTED]

    @classmethod
    def of(cls, row: PartRow) -> BenchmarkPart:
        """The part as the API tells it."""
        return cls(row.name, row.word, row.items, row.counted_at or None)


@dataclass(frozen=True, slots=True)
class Benchmark(Shape):
    """One benchmark as declared."""

    id: str
    name: str
    scale: Annotated[str, meaning("In what its scores are told.", among=SCALE_NAMES)]
    unit: Annotated[str | None, meaning("What is written behind a figure.", "%")]
    direction: Annotated[str, meaning("Whether more or less is better.", among=DIRECTIONS)]
    homepage: str | None
    items: Annotated[int | None, meaning("How many items it officially has, if that is certain.")]
    counted_at: Annotated[str | None, _COUNTED]
    aliases: Annotated[list[str], meaning("Other names that sources give it.")]
    versions: tuple[BenchmarkPart, ...]
    subsets: tuple[BenchmarkPart, ...]
    address: str

    @classmethod
    def of(cls, row: BenchmarkRow) -> Benchmark:
        """The benchmark as the API tells it."""
        return cls(
            id=row.slug,
            name=row.name,
            scale=row.scale.name,
            unit=row.scale.unit or None,
            direction=row.direction.value,
            homepage=row.homepage or None,
            items=row.items,
            counted_at=row.counted_at or None,
            aliases=list(row.aliases),
            versions=tuple(map(BenchmarkPart.of, row.versions)),
            subsets=tuple(map(BenchmarkPart.of, row.subsets)),
            address=addresses.benchmark(row.slug),
        )


@dataclass(frozen=True, slots=True)
class BenchmarkDetail(Shape):
    """One benchmark."""

    revision: RevisionRef
    benchmark: Benchmark


@dataclass(frozen=True, slots=True)
class BenchmarkList(Shape):
    """Benchmarks, by id unless sorted otherwise."""

    revision: RevisionRef
    items: tuple[Benchmark, ...]
    next: str | None
