"""The declared benchmarks as rows; their data is kept in one place, ``fixtures/benchmarks/``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.db import transaction

from registry.benchmarks.declarations import declared_benchmarks
from registry.benchmarks.models import Benchmark
from registry.scoring.benchmarks import Benchmark as Declared
from registry.scoring.benchmarks import Part


@transaction.atomic
def sync_benchmarks(declared: Iterable[Declared] | None = None) -> dict[str, int]:
    """Brings the rows up to the declarations, writing only what differs; row ids by slug.

    One that is no longer declared keeps its row, out of the answer.
    """
    if declared is None:
        declared = declared_benchmarks().by_slug.values()
    rows = {row.slug: row for row in Benchmark.objects.all()}
    ids = {}
    for benchmark in declared:
        row = rows.pop(benchmark.slug, None) or Benchmark(slug=benchmark.slug)
        _bring_up(row, _columns(benchmark))
        ids[benchmark.slug] = row.pk
    for row in rows.values():
        _bring_up(row, {"declared": False})
    return ids


def _bring_up(row: Benchmark, columns: dict[str, Any]) -> None:
    if row.pk is not None and all(getattr(row, name) == said for name, said in columns.items()):
        return
    for name, said in columns.items():
        setattr(row, name, said)
    row.save()


def _columns(benchmark: Declared) -> dict[str, Any]:
    return {
        "name": benchmark.name,
        "scale": benchmark.scale.name,
        "direction": benchmark.direction.value,
        "homepage": benchmark.homepage,
        "items": benchmark.items,
        "counted_at": benchmark.counted_at,
        "aliases": list(benchmark.aliases),
        "known_as": {source: list(names) for source, names in benchmark.known_as.items()},
        "versions": [_part(part) for part in benchmark.versions],
        "subsets": [_part(part) for part in benchmark.subsets],
        "declared": True,
    }


def _part(part: Part) -> dict[str, Any]:
    return asdict(part) | {"aliases": list(part.aliases)}
