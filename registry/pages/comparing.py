"""A comparison laid out in columns, one a model, as its page and its picture show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from registry.pages import verdicts
from registry.pricing.workload import Workload
from registry.selectors.clocks import AsOf
from registry.selectors.comparison import Compared, Comparison, MonthBeside, PriceBeside
from registry.selectors.model_names import Named
from registry.selectors.refusals import NotBilled, Refusal
from registry.selectors.resolving import Written
from registry.selectors.scenarios import (
    BilledOption,
    BilledScenario,
    OptionAsked,
    RouteAsked,
    scenario_costs,
)
from registry.selectors.scores_beside import ScoreBeside, ScoreRow
from registry.selectors.stated_beside import StatedBeside
from registry.selectors.winners import winners
from registry.selectors.workloads import Conditions

_WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Column:
    """One model: the name in its head, and how an address calls it.

    ``context_times``: its context over the baseline's. ``facts``: the points that what is known of
    it stands on.
    """

    name: str
    address: str
    one: Compared
    is_baseline: bool
    month: MonthBeside | None
    context_times: Decimal | None
    facts: Mapping[str, int]

    @property
    def provider(self) -> str:
        """Who sells the compared offer."""
        return self.one.offer.ref.partition("/")[0]

    @property
    def model_id(self) -> str:
        """The provider's own id of it."""
        return self.one.offer.ref.partition("/")[2]


@dataclass(frozen=True, slots=True)
class PriceLine:
    """A meter's prices, one a column; None where a model has none."""

    meter: str
    cells: tuple[PriceBeside | None, ...]


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """A benchmark's readings, a column each; a column has several only where none compare.

    ``leads``: each gap to the baseline in words, with its verdict.
    """

    row: ScoreRow
    label: str
    cells: tuple[tuple[ScoreBeside, ...], ...]
    leads: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """Everything of the page that is in the comparison, in columns and in words."""

    columns: tuple[Column, ...]
    base: Column
    sentences: tuple[str, ...]
    wins: tuple[tuple[str, str], ...]
    prices: tuple[PriceLine, ...]
    scores: tuple[ScoreLine, ...]
    extra_tasks: tuple[str, ...]
    stated: tuple[StatedBeside, ...]

    @property
    def title(self) -> str:
        """``GPT-5.5 vs DeepSeek V4 Pro``."""
        return " vs ".join(column.name for column in self.columns)


def beside(
    comparison: Comparison, kept: Sequence[Named], facts: Mapping[int, Mapping[str, int]]
) -> Beside:
    """The comparison of the named models, in their order, with what sources state of them.

    ``facts``: of each model by its row's id, the points that its facts stand on.
    """
    months = {month.model: month for month in comparison.months}
    contexts = {context.model: context.times for context in comparison.contexts}
    columns = tuple(
        Column(
            name=verdicts.short_name(one.model),
            address=name.name,
            one=one,
            is_baseline=one.model.ref == comparison.baseline,
            month=months.get(one.model.ref),
            context_times=contexts.get(one.model.ref),
            facts=facts.get(one.model.model_id, {}),
        )
        for one, name in zip(comparison.models, kept, strict=True)
    )
    base = next(column for column in columns if column.is_baseline)
    return Beside(
        columns=columns,
        base=base,
        sentences=verdicts.sentences(comparison),
        wins=verdicts.wins(winners(comparison), comparison),
        prices=tuple(_prices(comparison, columns)),
        scores=tuple(_line(row, columns, base) for row in comparison.scores),
        extra_tasks=verdicts.extra_tasks(comparison),
        stated=comparison.stated,
    )


def _prices(comparison: Comparison, columns: Sequence[Column]) -> Iterator[PriceLine]:
    for meter, prices in comparison.prices.items():
        by_model = {price.model: price for price in prices}
        yield PriceLine(meter, tuple(by_model.get(one.one.model.ref) for one in columns))


def _line(row: ScoreRow, columns: Sequence[Column], base: Column) -> ScoreLine:
    cells = tuple(
        tuple(one for one in row.scores if one.reading.model == column.one.model.ref)
        for column in columns
    )
    unit = "points" if row.benchmark.scale.unit == "%" else row.benchmark.scale.unit
    leads = tuple(
        (verdicts.lead(one, column.name, base.name, unit), one.gap.verdict.value)
        for column, scores in zip(columns, cells, strict=True)
        for one in scores
        if one.gap is not None
    )
    return ScoreLine(row, verdicts.benchmark(row), cells, leads)


@dataclass(frozen=True, slots=True)
class Move:
    """Traffic that may go elsewhere: who serves it today, which percent a hybrid moves, what it is.

    ``today`` empty: the baseline.
    """

    today: str
    share: Decimal
    workload: Workload


@dataclass(frozen=True, slots=True)
class Moves:
    """What moving comes to; ``refused`` where it cannot be billed."""

    today: str
    scenario: BilledScenario | None
    refused: tuple[Refusal, ...]

    @property
    def ways(self) -> tuple[tuple[str, BilledOption], ...]:
        """Each option and what it is called."""
        if self.scenario is None:
            return ()
        lab = _lab(self.scenario.baseline)
        return tuple((_called(option, lab), option) for option in self.scenario.options)


def _lab(option: BilledOption) -> str:
    """Whose model serves the first route."""
    return (option.routes[0].offer.model or "").partition("/")[0]


def _called(option: BilledOption, today: str) -> str:
    """An upgrade is dearer and of today's own lab; a hybrid has a name already."""
    name = option.outcome.name
    if len(option.routes) > 1:
        return name
    if _lab(option) != today:
        return f"Migrate to {name}"
    return f"{'Upgrade' if option.outcome.difference > 0 else 'Step down'} to {name}"


def moves(comparison: Comparison, kept: Sequence[Named], move: Move, as_of: AsOf) -> Moves:
    """Everything moved to each model, and a part of it to the cheapest while the rest stays best.

    The hybrid keeps its rest at the baseline, which a comparison is made around.
    """
    written = {
        one.model.ref: (verdicts.short_name(one.model), name)
        for one, name in zip(comparison.models, kept, strict=True)
    }
    base_name, base = written[comparison.baseline]
    today = Written(move.today) if move.today else base.written
    options = [
        OptionAsked(name, (RouteAsked(one.written),))
        for name, one in written.values()
        if move.today or one is not base
    ]
    cheapest = min(comparison.months, key=lambda month: month.total, default=None)
    part = move.share / _WHOLE
    if cheapest is not None and cheapest.model != comparison.baseline and 0 < part < 1:
        name, one = written[cheapest.model]
        routes = (RouteAsked(one.written, part), RouteAsked(base.written, 1 - part))
        options.append(OptionAsked(f"Hybrid of {name} and {base_name}", routes))
    baseline = OptionAsked("Today", (RouteAsked(today),))
    try:
        found = scenario_costs(move.workload, baseline, options, as_of, Conditions())
    except NotBilled as error:
        return Moves(today.id, None, error.refusals)
    return Moves(today.id, found, ())
