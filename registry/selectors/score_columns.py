"""Benchmarks as columns of a table of models: one reading a model, under a setup that is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from registry.scoring.setups import Setup
from registry.selectors.benchmarks import BenchmarkRow
from registry.selectors.clocks import AsOf
from registry.selectors.price_and_score import commonest
from registry.selectors.readings import ReadingFilter, ReadingRow, readings
from registry.selectors.scores_beside import best

_ALL = 10_000


@dataclass(frozen=True, slots=True)
class ScoreColumn:
    """A benchmark's readings by the id of their model's row.

    ``setup`` None: each model's best under whatever setup.
    """

    benchmark: BenchmarkRow
    setup: Setup | None
    readings: Mapping[int, ReadingRow]

    @property
    def values(self) -> dict[int, Decimal]:
        """The scores alone."""
        return {model_id: reading.value for model_id, reading in self.readings.items()}


def score_columns(
    benchmarks: Iterable[BenchmarkRow], as_of: AsOf, *, equal: bool
) -> tuple[ScoreColumn, ...]:
    """A column a benchmark, a statement each; ``equal``: only readings of its commonest setup."""
    return tuple(_column(one, as_of, equal=equal) for one in benchmarks)


def _column(of: BenchmarkRow, as_of: AsOf, *, equal: bool) -> ScoreColumn:
    found = readings(ReadingFilter(benchmark=of.slug), as_of, limit=_ALL).rows
    setup = commonest(found) if equal else None
    by_model: dict[int, list[ReadingRow]] = defaultdict(list)
    for row in found:
        if setup in (None, row.setup):
            by_model[row.model_id].append(row)
    return ScoreColumn(
        of, setup, {model_id: best(rows, of.direction) for model_id, rows in by_model.items()}
    )
