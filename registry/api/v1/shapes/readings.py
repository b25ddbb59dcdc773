"""Readings: what models score, each under the setup that it was reached with."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from registry.api.shape import Instant, Shape, meaning
from registry.api.v1 import addresses
from registry.api.v1.shapes.rate_cards import Basis, Moment, Status
from registry.api.v1.shapes.revisions import RevisionRef
from registry.selectors.reading_history import ReadingHistory, ReadingPeriod
from registry.selectors.readings import (
    EVALUATORS,
    QUALIFIERS,
    READING_CAUSES,
    READING_STATUSES,
    ReadingRow,
)

SetupMap = Annotated[
    dict[str, str],
    meaning(
        "The conditions of the score: attempts, effort, harness, subset, version; one that is "
        "left out is not told.",
        {"effort": "high", "harness": "codex"},
    ),
]
Value = Annotated[str, meaning("A decimal number as text, on the scale of the benchmark.", "80.6")]
Qualifier = Annotated[
    str, meaning("How firmly the figure is meant; a forecast is never here.", among=QUALIFIERS)
]
Evaluator = Annotated[
    str,
    meaning("Who measured: the maker, somebody independent, or nobody named.", among=EVALUATORS),
]
End = Annotated[str | None, meaning("An end of the 95 % interval that the source tells.", "78.9")]
Items = Annotated[int | None, meaning("Of how many items the run was made, where told.")]


@dataclass(frozen=True, slots=True)
class Reading(Shape):
    """One score that stands."""

    model: Annotated[str, meaning("lab/slug", "deepseek/deepseek-v4-pro")]
    benchmark: str
    setup: SetupMap
    value: Value
    qualifier: Qualifier
    low: End
    high: End
    items: Items
    evaluator: Evaluator
    starts_at: Annotated[Instant, meaning("When it was measured, or first seen.")]
    starts_basis: Basis
    status: Status
    source: Annotated[str | None, meaning("Whose word it is; null is a curator's.")]
    revision: Annotated[int, meaning("The revision that published it.")]
    receipt: Annotated[str, meaning("The address of the evidence.")]

    @classmethod
    def of(cls, row: ReadingRow) -> Reading:
        """The reading as the API tells it."""
        return cls(
            model=row.model,
            benchmark=row.benchmark,
            setup=row.setup.as_dict(),
            value=f"{row.value:f}",
            qualifier=row.qualifier,
            low=figure(row.low),
            high=figure(row.high),
            items=row.items,
            evaluator=row.evaluator,
            starts_at=row.starts_at,
            starts_basis=row.starts_basis,
            status=row.status,
            source=row.source,
            revision=row.revision,
            receipt=addresses.score_receipt(row.point_id),
        )


@dataclass(frozen=True, slots=True)
class ReadingList(Shape):
    """Readings, by model, benchmark and setup unless sorted otherwise."""

    revision: RevisionRef
    at: Moment
    items: tuple[Reading, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class ModelReadings(Shape):
    """Every reading of one model, by benchmark and setup."""

    revision: RevisionRef
    at: Moment
    model: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class ScorePeriod(Shape):
    """A stretch of time with one score, from ``starts_at`` up to but without ``ends_at``."""

    starts_at: Instant
    ends_at: Annotated[Instant | None, meaning("Null is until further notice.")]
    value: Value
    qualifier: Qualifier
    low: End
    high: End
    items: Items
    evaluator: Evaluator
    starts_basis: Basis
    cause: Annotated[str, meaning("Why it was published.", among=READING_CAUSES)]
    status: Annotated[str, meaning("As stored with its revision.", among=READING_STATUSES)]
    revision: Annotated[int, meaning("The revision that published it.")]
    receipt: Annotated[str, meaning("The address of the evidence.")]

    @classmethod
    def of(cls, period: ReadingPeriod) -> ScorePeriod:
        """The period as the API tells it."""
        row = period.reading
        return cls(
            starts_at=period.starts_at,
            ends_at=period.ends_at,
            value=f"{row.value:f}",
            qualifier=row.qualifier,
            low=figure(row.low),
            high=figure(row.high),
            items=row.items,
            evaluator=row.evaluator,
            starts_basis=row.starts_basis,
            cause=row.cause,
            status=row.status,
            revision=row.revision,
            receipt=addresses.score_receipt(row.point_id),
        )


@dataclass(frozen=True, slots=True)
class ScoreSeries(Shape):
    """The periods of one benchmark under one setup, oldest first; a gap is a withdrawal."""

    benchmark: str
    setup: SetupMap
    periods: tuple[ScorePeriod, ...]

    @classmethod
    def of(cls, series: ReadingHistory) -> ScoreSeries:
        """The series as the API tells it."""
        periods = tuple(map(ScorePeriod.of, series.periods))
        return cls(series.benchmark, series.setup.as_dict(), periods)


@dataclass(frozen=True, slots=True)
class ScoreHistory(Shape):
    """Every score that a model ever had, as known at the revision."""

    revision: RevisionRef
    model: str
    series: tuple[ScoreSeries, ...]


def figure(value: Decimal | None) -> str | None:
    """A figure as the API writes it."""
    return None if value is None else f"{value:f}"
