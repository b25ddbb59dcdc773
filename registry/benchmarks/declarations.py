"""Reads ``fixtures/benchmarks/benchmarks.toml`` and refuses what contradicts itself.

A mistake is named by benchmark and field with what was expected; all mistakes are told at once.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import msgspec

from registry.scoring.benchmarks import Benchmark, Benchmarks, Part, owned_twice
from registry.scoring.scales import Direction, scale

PATH = Path(__file__).resolve().parents[2] / "fixtures" / "benchmarks" / "benchmarks.toml"


class BadBenchmarks(ValueError):
    """The declared data cannot be used; ``mistakes`` says why, each with its place."""

    def __init__(self, path: Path, mistakes: Iterable[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(f"{path.name}: {mistake}" for mistake in self.mistakes))


class _Part(msgspec.Struct, forbid_unknown_fields=True):
    items: int | None = None
    counted_at: str = ""
    aliases: tuple[str, ...] = ()


class _Row(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    scale: str
    homepage: str = ""
    direction: Direction = Direction.HIGHER
    items: int | None = None
    counted_at: str = ""
    aliases: tuple[str, ...] = ()
    known_as: dict[str, tuple[str, ...]] = {}
    versions: dict[str, _Part] = {}
    subsets: dict[str, _Part] = {}


@cache
def declared_benchmarks(path: Path = PATH) -> Benchmarks:
    """The declared benchmarks; raises `BadBenchmarks`."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadBenchmarks(path, [str(error)]) from error
    read: list[Benchmark] = []
    mistakes: list[str] = []
    for slug, table in tables.items():
        try:
            read.append(_benchmark(slug, msgspec.convert(table, _Row)))
        except ValueError as error:
            mistakes.append(f"[{slug}]: {error}")
    mistakes += map(str, owned_twice(read))
    if mistakes:
        raise BadBenchmarks(path, mistakes)
    return Benchmarks(read)


def _benchmark(slug: str, row: _Row) -> Benchmark:
    counts: dict[str, _Row | _Part] = {"items": row, **row.versions, **row.subsets}
    for name, counted in counts.items():
        if (counted.items is None) is bool(counted.counted_at):
            raise ValueError(f"{name}: expected a number of items and, counted_at, who says so")
        if counted.items is not None and counted.items < 1:
            raise ValueError(f"{name}: {counted.items} items; expected at least one")
    return Benchmark(
        slug=slug,
        name=row.name,
        scale=scale(row.scale),
        direction=row.direction,
        homepage=row.homepage,
        items=row.items,
        counted_at=row.counted_at,
        aliases=row.aliases,
        known_as=row.known_as,
        versions=_parts(row.versions),
        subsets=_parts(row.subsets),
    )


def _parts(rows: dict[str, _Part]) -> tuple[Part, ...]:
    return tuple(Part(name, row.items, row.counted_at, row.aliases) for name, row in rows.items())
