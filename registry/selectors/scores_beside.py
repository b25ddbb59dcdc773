"""The scores of several models on one benchmark, side by side where their setups allow it.

By default two readings stand side by side only under equal known conditions, and a benchmark has a
row for each setup that two of the models share; where they share none, their readings are told and
no gap is. With ``any_setup`` a benchmark has one row, in which each model shows its best reading
under whatever conditions (of equal ones that whose setup comes first by its text): a wider answer
to another question, so the row says which it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from registry.scoring.figures import Qualifier
from registry.scoring.gaps import Gap, Scored, gap
from registry.scoring.scales import Direction
from registry.scoring.setups import Setup
from registry.selectors.benchmarks import BenchmarkRow, benchmarks
from registry.selectors.clocks import AsOf
from registry.selectors.readings import ReadingRow, readings_of_models
from registry.selectors.states import Kept

_ALL = 10_000
# What is declared comes into the registry with the readings of a revision.
_BENCHMARKS: Kept[dict[str, BenchmarkRow]] = Kept(most=8)


@dataclass(frozen=True, slots=True)
class ScoreBeside:
    """One model's reading and how it lies beside the baseline's; None where there is no gap."""

    reading: ReadingRow
    gap: Gap | None


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One benchmark under one setup; ``setup`` None: each reading under its own."""

    benchmark: BenchmarkRow
    setup: Setup | None
    comparable: bool
    scores: tuple[ScoreBeside, ...]


def scores_beside(
    model_ids: Sequence[int], baseline_id: int, as_of: AsOf, *, any_setup: bool = False
) -> tuple[ScoreRow, ...]:
    """The rows of every benchmark on which any of the models has a reading, by benchmark.

    Gaps are those to the baseline's reading in the same row. One statement, two at a revision that
    has not been asked for lately.
    """
    found = readings_of_models(model_ids, as_of)
    known = _BENCHMARKS.get((as_of.hash,), _benchmarks)
    by_benchmark: dict[str, list[ReadingRow]] = defaultdict(list)
    for model_id in model_ids:
        for reading in found[model_id]:
            by_benchmark[reading.benchmark].append(reading)
    return tuple(
        row
        for slug in sorted(by_benchmark)
        for row in _rows(known[slug], by_benchmark[slug], baseline_id, any_setup=any_setup)
    )


def _benchmarks() -> dict[str, BenchmarkRow]:
    return {row.slug: row for row in benchmarks(limit=_ALL).rows}


def scored(reading: ReadingRow, benchmark: BenchmarkRow) -> Scored:
    """A reading as a side of a gap, with the official count of items where its run tells none."""
    return Scored(
        value=reading.value,
        qualifier=Qualifier(reading.qualifier),
        low=reading.low,
        high=reading.high,
        items=reading.items or official_items(benchmark, reading.setup),
    )


def official_items(benchmark: BenchmarkRow, setup: Setup) -> int | None:
    """The official number of items under a setup; None where it is not known."""
    if setup.subset is not None:
        return next((part.items for part in benchmark.subsets if part.word == setup.subset), None)
    if setup.version is not None and benchmark.versions:
        return next((p.items for p in benchmark.versions if p.word == setup.version), None)
    return benchmark.items


def best(readings: Iterable[ReadingRow], direction: Direction) -> ReadingRow:
    """The best of some readings of one benchmark; of equal ones the first by setup."""
    sign = -1 if direction is Direction.HIGHER else 1
    return min(readings, key=lambda reading: (sign * reading.value, reading.setup.key))


def _rows(
    benchmark: BenchmarkRow, readings: Sequence[ReadingRow], baseline_id: int, *, any_setup: bool
) -> Iterator[ScoreRow]:
    by_model: dict[int, list[ReadingRow]] = defaultdict(list)
    by_setup: dict[Setup, list[ReadingRow]] = defaultdict(list)
    for reading in readings:
        by_model[reading.model_id].append(reading)
        by_setup[reading.setup].append(reading)
    if any_setup:
        chosen = [best(found, benchmark.direction) for found in by_model.values()]
        yield _row(benchmark, None, chosen, baseline_id, comparable=len(chosen) > 1)
        return
    shared = {setup: found for setup, found in by_setup.items() if len(found) > 1}
    for setup in sorted(shared, key=lambda one: one.key):
        yield _row(benchmark, setup, shared[setup], baseline_id, comparable=True)
    if not shared:
        yield _row(benchmark, None, readings, baseline_id, comparable=False)


def _row(
    benchmark: BenchmarkRow,
    setup: Setup | None,
    readings: Sequence[ReadingRow],
    baseline_id: int,
    *,
    comparable: bool,
) -> ScoreRow:
    base = next((r for r in readings if r.model_id == baseline_id), None) if comparable else None
    scores = tuple(ScoreBeside(reading, _gap(reading, base, benchmark)) for reading in readings)
    return ScoreRow(benchmark, setup, comparable, scores)


def _gap(reading: ReadingRow, base: ReadingRow | None, benchmark: BenchmarkRow) -> Gap | None:
    if base is None or base.model_id == reading.model_id:
        return None
    return gap(
        scored(reading, benchmark), scored(base, benchmark), benchmark.scale, benchmark.direction
    )
