"""Price against score: which models nobody beats on one benchmark, at any date.

Scores stand side by side under one setup: the asked one, else the one under which most models
have a reading (of equal ones the first by its text). With ``any_setup`` each model shows its best
under whatever conditions. A model's price is that of its standard offer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from registry.ledger.standings import Standing
from registry.scoring.frontier import Candidate, frontier
from registry.scoring.scales import Direction
from registry.scoring.setups import Setup
from registry.selectors.benchmarks import BenchmarkRow, benchmark
from registry.selectors.clocks import AsOf
from registry.selectors.readings import ReadingFilter, ReadingRow, readings
from registry.selectors.scores_beside import best
from registry.selectors.standard_offers import (
    StandardOffer,
    blended_price,
    everyday_amount,
    standard_offers,
)

BLENDED = "blended"
PRICES = (BLENDED, "input_tokens", "output_tokens")
_ALL = 10_000


@dataclass(frozen=True, slots=True)
class PlotQuestion:
    """``price``: one of `PRICES`; ``ratio``: input tokens an output token, where it is blended.

    ``setup`` None: the commonest. ``among``: only these models, by their ids; ``evaluator``: only
    what this kind of evaluator measured; None is all.
    """

    benchmark: str
    price: str = BLENDED
    ratio: Decimal = Decimal(3)
    setup: Setup | None = None
    any_setup: bool = False
    among: frozenset[str] | None = None
    evaluator: str | None = None


@dataclass(frozen=True, slots=True)
class Plotted:
    """A model with its price, its score and the points that both are read from.

    ``beaten_by``: the models of the frontier that are at most as dear and at least as good, and one
    of the two strictly; empty for one that stands on it.
    """

    model: str
    offer: StandardOffer
    price: Decimal
    price_points: tuple[Standing, ...]
    reading: ReadingRow
    beaten_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """The frontier, cheapest first, everyone else by price, and whom nobody prices.

    ``setup`` None: each reading under its own.
    """

    benchmark: BenchmarkRow
    setup: Setup | None
    setups: tuple[Setup, ...]
    frontier: tuple[Plotted, ...]
    dominated: tuple[Plotted, ...]
    unpriced: tuple[str, ...]

    @property
    def offers(self) -> dict[str, StandardOffer]:
        """The offer that stands for each model that has a price."""
        return {one.model: one.offer for one in (*self.frontier, *self.dominated)}


def price_and_score(question: PlotQuestion, as_of: AsOf) -> Plot:
    """The plot of a benchmark; raises `NotHeld`. Four statements."""
    measured = benchmark(question.benchmark)
    of = ReadingFilter(benchmark=measured.slug, evaluator=question.evaluator)
    return plot_of(question, measured, readings(of, as_of, limit=_ALL).rows, as_of)


def plot_of(
    question: PlotQuestion, measured: BenchmarkRow, found: Sequence[ReadingRow], as_of: AsOf
) -> Plot:
    """The plot of a benchmark's readings that were read already. Two statements.

    ``found``: all that fit the question's evaluator.
    """
    setup = None if question.any_setup else question.setup or commonest(found)
    wanted = [row for row in found if question.among is None or row.model in question.among]
    chosen = _chosen(wanted, setup, measured.direction, any_setup=question.any_setup)
    offers = standard_offers([row.model for row in chosen], as_of)
    priced = {row.model: _priced(offers.get(row.model), question) for row in chosen}
    candidates = [
        Candidate(row.model, price[0], row.value)
        for row in chosen
        if (price := priced[row.model]) is not None
    ]
    unbeaten = frontier(candidates, measured.direction)
    plotted = [
        Plotted(
            row.model,
            offers[row.model],
            *price,
            row,
            _beaten_by(Candidate(row.model, price[0], row.value), unbeaten, measured.direction),
        )
        for row in chosen
        if (price := priced[row.model]) is not None
    ]
    plotted.sort(key=lambda one: (one.price, one.model))
    return Plot(
        benchmark=measured,
        setup=setup,
        setups=tuple(sorted({row.setup for row in found}, key=lambda one: one.key)),
        frontier=tuple(one for one in plotted if not one.beaten_by),
        dominated=tuple(one for one in plotted if one.beaten_by),
        unpriced=tuple(model for model, price in priced.items() if price is None),
    )


def commonest(found: Iterable[ReadingRow]) -> Setup | None:
    """The setup under which most models have a reading; of equal ones the first by its text."""
    models: dict[Setup, int] = defaultdict(int)
    for row in found:
        models[row.setup] += 1
    return min(models, key=lambda setup: (-models[setup], setup.key), default=None)


def _chosen(
    found: Sequence[ReadingRow], setup: Setup | None, direction: Direction, *, any_setup: bool
) -> list[ReadingRow]:
    by_model: dict[str, list[ReadingRow]] = defaultdict(list)
    for row in found:
        if any_setup or row.setup == setup:
            by_model[row.model].append(row)
    return [best(rows, direction) for rows in by_model.values()]


def _priced(
    offer: StandardOffer | None, question: PlotQuestion
) -> tuple[Decimal, tuple[Standing, ...]] | None:
    """The price and the points that it is made of."""
    if offer is None:
        return None
    meters = PRICES[1:] if question.price == BLENDED else (question.price,)
    points = [everyday_amount(offer.standings, meter) for meter in meters]
    known = tuple(point for point in points if point is not None)
    if len(known) < len(meters):
        return None
    if question.price == BLENDED:
        price = blended_price(offer.standings, question.ratio)
    else:
        price = known[0].amount
    return None if price is None else (price, known)


def _beaten_by(
    one: Candidate, unbeaten: Iterable[Candidate], direction: Direction
) -> tuple[str, ...]:
    sign = 1 if direction is Direction.HIGHER else -1
    return tuple(
        other.name
        for other in unbeaten
        if other.price <= one.price
        and sign * other.score >= sign * one.score
        and (other.price, other.score) != (one.price, one.score)
    )
