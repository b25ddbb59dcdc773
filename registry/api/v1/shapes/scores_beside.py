"""Scores of several models on one benchmark, and what can be said of their gaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from registry.api.shape import Instant, Shape, meaning
from registry.api.v1 import addresses
from registry.api.v1.shapes.bills import money
from registry.api.v1.shapes.workloads import ratio
from registry.scoring.gaps import Gap as PureGap
from registry.scoring.intervals import Verdict
from registry.selectors.benchmarks import DIRECTIONS, SCALE_NAMES, BenchmarkRow
from registry.selectors.readings import EVALUATORS, QUALIFIERS, READING_STATUSES, ReadingRow
from registry.selectors.scores_beside import ScoreBeside, ScoreRow

Figure = Annotated[str, meaning("A decimal number as text, on the benchmark's scale.", "88.7")]
Qualifier = Annotated[str, meaning("What its source says beyond the figure.", among=QUALIFIERS)]
SetupMap = Annotated[
    dict[str, str],
    meaning("The known conditions: attempts, effort, harness, subset, version; empty is silence."),
]


@dataclass(frozen=True, slots=True)
class Measured(Shape):
    """A benchmark, as far as a comparison needs it."""

    id: str
    name: str
    scale: Annotated[str, meaning("In what it is told.", among=SCALE_NAMES)]
    direction: Annotated[str, meaning("Whether more or less is better.", among=DIRECTIONS)]
    items: Annotated[int | None, meaning("How many it officially has; null where uncertain.")]

    @classmethod
    def of(cls, row: BenchmarkRow) -> Measured:
        """The benchmark as the API tells it."""
        return cls(row.slug, row.name, row.scale.name, row.direction.value, row.items)


@dataclass(frozen=True, slots=True)
class Score(Shape):
    """What a model reaches under a setup."""

    model: str
    setup: SetupMap
    value: Figure
    qualifier: Qualifier
    low: Annotated[str | None, meaning("The lower end of the 95 % interval, where one is told.")]
    high: str | None
    items: Annotated[int | None, meaning("Of its own run, where that is told.")]
    evaluator: Annotated[str, meaning("Who measured.", among=EVALUATORS)]
    starts_at: Instant
    status: Annotated[str, meaning("How sure it is.", among=READING_STATUSES)]
    source: str | None
    receipt: Annotated[str, meaning("The address of the evidence.")]

    @classmethod
    def of(cls, row: ReadingRow) -> Score:
        """The reading as the API tells it."""
        return cls(
            model=row.model,
            setup=row.setup.as_dict(),
            value=f"{row.value:f}",
            qualifier=row.qualifier,
            low=None if row.low is None else f"{row.low:f}",
            high=None if row.high is None else f"{row.high:f}",
            items=row.items,
            evaluator=row.evaluator,
            starts_at=row.starts_at,
            status=row.status,
            source=row.source,
            receipt=addresses.score_receipt(row.point_id),
        )


@dataclass(frozen=True, slots=True)
class Gap(Shape):
    """The score less the baseline's, and what can be said of the difference."""

    points: Figure
    qualifier: Qualifier
    verdict: Annotated[
        str,
        meaning(
            "real: larger than chance, by Newcombe's 95 % interval of the difference of two runs. "
            "unknown: no count of items.",
            among=tuple(Verdict),
        ),
    ]
    low: Annotated[str | None, meaning("The lower end of that interval.")]
    high: str | None
    more_failures_in_100: Annotated[
        str | None,
        meaning("Of 100 tasks, how many more the baseline fails; negative: how many fewer."),
    ]
    tasks_for_one: Annotated[str | None, meaning("Among how many tasks that is one task.")]

    @classmethod
    def of(cls, gap: PureGap) -> Gap:
        """The gap as the API tells it."""
        return cls(
            points=money(gap.points),
            qualifier=gap.qualifier.value,
            verdict=gap.verdict.value,
            low=ratio(gap.low),
            high=ratio(gap.high),
            more_failures_in_100=ratio(gap.failures_in_100),
            tasks_for_one=ratio(gap.tasks_for_one),
        )


@dataclass(frozen=True, slots=True)
class ScoreInRow(Shape):
    """A reading, and how it lies beside the baseline's; null for the baseline itself."""

    score: Score
    gap: Gap | None

    @classmethod
    def of(cls, one: ScoreBeside) -> ScoreInRow:
        """The reading as the API tells it."""
        return cls(Score.of(one.reading), None if one.gap is None else Gap.of(one.gap))


@dataclass(frozen=True, slots=True)
class BenchmarkBeside(Shape):
    """One benchmark under one setup."""

    benchmark: Measured
    setup: Annotated[SetupMap | None, meaning("Null: each score under its own.")]
    comparable: Annotated[
        bool,
        meaning(
            "Whether gaps are told: conditions are equal, or setups=any asked for them anyway. A "
            "condition stated by one source and passed over by another is not equal."
        ),
    ]
    scores: tuple[ScoreInRow, ...]

    @classmethod
    def of(cls, row: ScoreRow) -> BenchmarkBeside:
        """The row as the API tells it."""
        return cls(
            benchmark=Measured.of(row.benchmark),
            setup=None if row.setup is None else row.setup.as_dict(),
            comparable=row.comparable,
            scores=tuple(map(ScoreInRow.of, row.scores)),
        )
