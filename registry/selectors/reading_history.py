"""How a model's scores came to be what they are: each series as its periods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise

from registry.ledger.effective import effective
from registry.ledger.models import ScorePoint
from registry.scoring.setups import Setup
from registry.selectors.clocks import AsOf
from registry.selectors.readings import READING_COLUMNS, ReadingRow, reading_row


@dataclass(frozen=True, slots=True)
class ReadingPeriod:
    """A stretch of time with one score, ``[starts_at, ends_at)``; None is open."""

    reading: ReadingRow
    ends_at: datetime | None

    @property
    def starts_at(self) -> datetime:
        """The first moment of the period."""
        return self.reading.starts_at


@dataclass(frozen=True, slots=True)
class ReadingHistory:
    """The periods of one series, oldest first, without overlaps; gaps are withdrawals."""

    benchmark: str
    setup: Setup
    periods: tuple[ReadingPeriod, ...]


def reading_history(
    model_id: int, as_of: AsOf, *, benchmark: str | None = None, setup: Setup | None = None
) -> tuple[ReadingHistory, ...]:
    """How a model's scores came to be what they are, as known at the revision.

    By benchmark and setup; statuses are those stored with the points. One statement.
    """
    asked = {
        "series__benchmark__slug": benchmark,
        "series__setup": None if setup is None else setup.key,
    }
    points = effective(ScorePoint, revision=as_of.pinned_revision).filter(
        series__model_id=model_id, **{name: v for name, v in asked.items() if v is not None}
    )
    ordered = points.order_by("series__benchmark__slug", "series__setup", "starts_at")
    starts = [
        _Start(
            (benchmark_slug, setup_key),
            starts_at,
            reading_row(None, *columns) if state == ScorePoint.State.SCORED else None,
        )
        for benchmark_slug, setup_key, starts_at, state, *columns in ordered.values_list(
            "series__benchmark__slug", "series__setup", "starts_at", "state", *READING_COLUMNS
        )
    ]
    return tuple(
        ReadingHistory(benchmark_slug, Setup.parse(key), periods)
        for (benchmark_slug, key), group in groupby(starts, key=lambda start: start.series)
        if (periods := tuple(_periods(list(group))))
    )


@dataclass(frozen=True, slots=True)
class _Start:
    """A start of a series, of the benchmark and setup; no reading where it ended the score."""

    series: tuple[str, str]
    starts_at: datetime
    reading: ReadingRow | None


def _periods(starts: list[_Start]) -> Iterator[ReadingPeriod]:
    for start, following in pairwise([*starts, None]):
        if start is not None and start.reading is not None:
            yield ReadingPeriod(start.reading, None if following is None else following.starts_at)
