"""What is measured, and who reaches what: over time and against price, each setup by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse, QueryDict

from registry.pages import asking
from registry.pages.asking import Refused
from registry.pages.charts.progress import progress
from registry.pages.charts.scatter import scatter
from registry.pages.clock import Clock
from registry.pages.measured import marks, spots
from registry.pages.showing import page, show
from registry.scoring.records import Dated, records
from registry.scoring.scales import Direction
from registry.scoring.setups import Setup
from registry.selectors.ai_models import ModelRow
from registry.selectors.benchmarks import benchmark as benchmark_row
from registry.selectors.benchmarks import benchmarks as benchmark_rows
from registry.selectors.catalogue import catalogue
from registry.selectors.price_and_score import Plot, PlotQuestion, Plotted, plot_of
from registry.selectors.readings import EVALUATORS, ReadingFilter, ReadingRow, readings
from registry.selectors.readings_over_time import readings_over_time

ANY_SETUP = "any"
ORDERS = {
    "best": "best first",
    "latest": "newest first",
    "price": "cheapest first",
    "model": "by name",
}
LIMITS = (25, 50, 100, 200)
_MANY = 5000
_WEIGHTS = {"": None, "open": True, "closed": False}


class Placed(NamedTuple):
    """A reading beside its model and the price that stands for it; None where none is known."""

    reading: ReadingRow
    model: ModelRow | None
    plotted: Plotted | None


class Record(NamedTuple):
    """A reading that beat everything before it, and by how much; None for the first."""

    reading: ReadingRow
    gained: Decimal | None


@dataclass(frozen=True, slots=True)
class Asked:
    """Which readings of a benchmark are shown; ``setup`` None: each under its own, all mixed."""

    setup: Setup | None
    lab: str
    open_weights: bool | None
    evaluator: str
    order: str
    limit: int

    @classmethod
    def of(cls, query: QueryDict, found: Sequence[ReadingRow]) -> Asked:
        """Raises `Refused`; the setup of the most readings where none is asked for."""
        labs = {reading.lab for reading in found}
        return cls(
            setup=_setup(query, found),
            lab=asking.choice(query, "lab", ("", *sorted(labs)), ""),
            open_weights=_WEIGHTS[asking.choice(query, "weights", _WEIGHTS, "")],
            evaluator=asking.choice(query, "evaluator", ("", *EVALUATORS), ""),
            order=asking.choice(query, "order", ORDERS, "best"),
            limit=asking.whole(query, "limit", least=1, most=LIMITS[-1], default=LIMITS[0]),
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether some readings under the setup are left out."""
        return bool(self.lab or self.evaluator) or self.open_weights is not None

    def fits(self, reading: ReadingRow, models: Mapping[int, ModelRow]) -> bool:
        """Whether a reading is meant, its setup aside."""
        model = models.get(reading.model_id)
        is_open = None if model is None else model.open_weights
        return (
            self.lab in ("", reading.lab)
            and self.evaluator in ("", reading.evaluator)
            and self.open_weights in (None, is_open)
        )

    def question(self, slug: str, among: frozenset[str]) -> PlotQuestion:
        """The same readings against price."""
        return PlotQuestion(
            benchmark=slug,
            setup=self.setup,
            any_setup=self.setup is None,
            among=among,
            evaluator=self.evaluator or None,
        )


@page
def benchmarks(request: HttpRequest, clock: Clock) -> HttpResponse:
    """Every benchmark that is declared."""
    found = benchmark_rows(limit=_MANY).rows
    return show(
        request, "pages/benchmarks/list.html", clock, section="benchmarks", benchmarks=found
    )


@page
def benchmark(request: HttpRequest, clock: Clock, slug: str) -> HttpResponse:
    """One benchmark under one setup: over time, against price, and every reading as a row."""
    row = benchmark_row(slug)
    found = readings(ReadingFilter(benchmark=slug), clock.as_of, limit=_MANY).rows
    setups = Counter(reading.setup for reading in found)
    asked = Asked.of(request.GET, found)
    models = {model.model_id: model for model in catalogue().models}
    wanted = frozenset(reading.model for reading in found if asked.fits(reading, models))
    measured_so = [one for one in found if asked.evaluator in ("", one.evaluator)]
    plot = plot_of(asked.question(slug, wanted), row, measured_so, clock.as_of)
    placed = _placed(found, asked, plot, models)
    past = [
        reading
        for reading in readings_over_time(slug, asked.setup, clock.as_of)
        if asked.fits(reading, models)
    ]
    best = records(past, lambda one: Dated(one.starts_at, one.value), row.direction)
    unit = row.scale.unit
    return show(
        request,
        "pages/benchmarks/page.html",
        clock,
        section="benchmarks",
        benchmark=row,
        asked=asked,
        setups=sorted(setups.items(), key=lambda pair: (-pair[1], pair[0].key)),
        labs=sorted({reading.lab for reading in found}),
        evaluators=EVALUATORS,
        orders=ORDERS,
        limits=LIMITS,
        placed=placed[: asked.limit],
        total=len(placed),
        records=_gains(best),
        over_time=progress(
            f"{row.name} over time",
            marks(past, best, unit, clock),
            name="over-time",
            across="the day that a score was measured or first seen",
        ),
        drawing=scatter(
            f"{row.name} against price",
            list(spots(plot, clock)),
            name="against-price",
            across="Blended 3:1, dollars per 1M tokens",
        ),
    )


def _setup(query: QueryDict, found: Sequence[ReadingRow]) -> Setup | None:
    """The asked setup, else the one of the most readings; None where any is asked for."""
    setups = Counter(reading.setup for reading in found)
    if "setup" not in query:
        return min(setups, key=lambda one: (-setups[one], one.key), default=Setup())
    key = asking.text(query, "setup")
    if key == ANY_SETUP:
        return None
    asked = next((one for one in setups if one.key == key), None)
    if asked is None:
        raise Refused("setup", key, "one of the setups that this benchmark has readings of")
    return asked


def _placed(
    found: Sequence[ReadingRow], asked: Asked, plot: Plot, models: Mapping[int, ModelRow]
) -> list[Placed]:
    """Each reading that is meant, in the asked order; what is unknown comes last."""
    priced = {one.model: one for one in (*plot.frontier, *plot.dominated)}
    placed = [
        Placed(reading, models.get(reading.model_id), priced.get(reading.model))
        for reading in found
        if asked.setup in (None, reading.setup) and asked.fits(reading, models)
    ]
    sign = -1 if plot.benchmark.direction is Direction.HIGHER else 1
    placed.sort(key=lambda one: (sign * one.reading.value, one.reading.model))
    match asked.order:
        case "latest":
            placed.sort(key=lambda one: one.reading.starts_at, reverse=True)
        case "price":
            placed.sort(key=lambda one: (one.plotted is None, one.plotted and one.plotted.price))
        case "model":
            placed.sort(key=lambda one: (one.reading.slug, one.reading.lab))
    return placed


def _gains(best: Sequence[ReadingRow]) -> list[Record]:
    """The newest record first."""
    before = (None, *(one.value for one in best))
    gained = [
        Record(one, None if earlier is None else one.value - earlier)
        for one, earlier in zip(best, before, strict=False)
    ]
    return gained[::-1]
