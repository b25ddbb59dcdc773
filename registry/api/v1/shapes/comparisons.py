"""Models beside a baseline: prices, a workload's cost, scores, facts, and who beats whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from registry.api.queries import Fault
from registry.api.shape import Shape, meaning
from registry.api.v1.shapes.bills import Total, money
from registry.api.v1.shapes.models import Model
from registry.api.v1.shapes.rate_cards import MeterName, Moment, Rate
from registry.api.v1.shapes.revisions import RevisionRef
from registry.api.v1.shapes.scores_beside import BenchmarkBeside
from registry.api.v1.shapes.statements import Statement
from registry.api.v1.shapes.workloads import Month, Proportion, Seller, ratio
from registry.selectors import comparison as beside
from registry.selectors.clocks import AsOf


@dataclass(frozen=True, slots=True)
class Subject(Shape):
    """One of the models: what was known of it, and the offer whose prices are compared."""

    asked: str
    model: Model
    offer: Seller
    month: Annotated[Month | None, meaning("The workload's cost, if one was asked.")]
    refused: Annotated[Fault | None, meaning("Why there is none.")]

    @classmethod
    def of(cls, one: beside.Compared) -> Subject:
        """The model as the API tells it."""
        no = one.refusal
        return cls(
            asked=one.asked,
            model=Model.of(one.model),
            offer=Seller.of(one.offer),
            month=None if one.month is None else Month.of(one.month),
            refused=None if no is None else Fault(no.path, no.value, no.expected, no.nearest),
        )


@dataclass(frozen=True, slots=True)
class PriceOf(Shape):
    """One model's everyday price, beside the baseline's."""

    model: str
    rate: Rate
    times: Annotated[Proportion, meaning("It over the baseline's.")]
    times_cheaper: Annotated[Proportion, meaning("The baseline's over it.")]


@dataclass(frozen=True, slots=True)
class MeterBeside(Shape):
    """One meter's everyday dollar prices: no special tier, region, variant, hours or length."""

    meter: MeterName
    prices: tuple[PriceOf, ...]


@dataclass(frozen=True, slots=True)
class ContextOf(Shape):
    """How many tokens a model takes in, where that is known, beside the baseline's."""

    model: str
    tokens: int
    times: Annotated[Proportion, meaning("It over the baseline's.")]


@dataclass(frozen=True, slots=True)
class MonthOf(Shape):
    """One model's month, beside the baseline's."""

    model: str
    total: Total
    difference: Annotated[str, meaning("From the baseline; negative is a saving.")]
    times: Proportion
    times_cheaper: Proportion

    @classmethod
    def of(cls, month: beside.MonthBeside) -> MonthOf:
        """The month as the API tells it."""
        return cls(
            month.model,
            money(month.total),
            money(month.difference),
            ratio(month.times),
            ratio(month.times_cheaper),
        )


@dataclass(frozen=True, slots=True)
class ExtraTask(Shape):
    """What each task costs that the better model solves more than the other.

    Null where the better one is not the dearer one.
    """

    benchmark: str
    better: str
    than: str
    cost: Total | None

    @classmethod
    def of(cls, task: beside.ExtraTask) -> ExtraTask:
        """The figure as the API tells it."""
        return cls(task.benchmark, task.better, task.than, ratio(task.cost))


@dataclass(frozen=True, slots=True)
class Beats(Shape):
    """A model that another beats: better by some measures, and by none of the shared worse."""

    model: str
    beats: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison(Shape):
    """Models beside a baseline: prices, scores and facts of the moment."""

    revision: RevisionRef
    at: Moment
    baseline: str
    setups: Annotated[str, meaning("Which readings stand side by side.", among=("equal", "any"))]
    models: tuple[Subject, ...]
    prices: tuple[MeterBeside, ...]
    contexts: tuple[ContextOf, ...]
    months: tuple[MonthOf, ...]
    benchmarks: tuple[BenchmarkBeside, ...]
    extra_tasks: tuple[ExtraTask, ...]
    dominance: tuple[Beats, ...]
    stated: Annotated[
        tuple[Statement, ...], meaning("What sources had stated of the offers by the moment.")
    ]

    @classmethod
    def of(cls, found: beside.Comparison, as_of: AsOf, setups: str) -> Comparison:
        """The comparison as the API tells it."""
        return cls(
            revision=RevisionRef.of(as_of),
            at=as_of.at if as_of.at_given else None,
            baseline=found.baseline,
            setups=setups,
            models=tuple(map(Subject.of, found.models)),
            prices=tuple(
                MeterBeside(
                    meter,
                    tuple(
                        PriceOf(p.model, Rate.of(p.rate), ratio(p.times), ratio(p.times_cheaper))
                        for p in prices
                    ),
                )
                for meter, prices in found.prices.items()
            ),
            contexts=tuple(
                ContextOf(one.model, one.tokens, ratio(one.times)) for one in found.contexts
            ),
            months=tuple(map(MonthOf.of, found.months)),
            benchmarks=tuple(map(BenchmarkBeside.of, found.scores)),
            extra_tasks=tuple(map(ExtraTask.of, found.extra_tasks)),
            dominance=tuple(Beats(one.model, one.beats, one.by) for one in found.dominance),
            stated=tuple(map(Statement.of, found.stated)),
        )
