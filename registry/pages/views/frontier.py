"""Price against score: which models nobody beats, at any date, and what a score cost over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone

from registry.pages import asking
from registry.pages.asking import Refused
from registry.pages.charts.scatter import Scatter, scatter
from registry.pages.charts.step import StepChart, Stretch, step_chart
from registry.pages.clock import Clock
from registry.pages.figures import rounded
from registry.pages.measured import CURRENCY, spots
from registry.pages.showing import page, show
from registry.scoring.setups import Setup, SetupError
from registry.selectors.benchmarks import benchmarks
from registry.selectors.clocks import AsOf
from registry.selectors.paging import NotHeld
from registry.selectors.price_and_score import (
    BLENDED,
    PRICES,
    Plot,
    PlotQuestion,
    price_and_score,
)
from registry.selectors.threshold_cost import Reached, threshold_cost

USUAL = "swe-bench-verified"
_USUAL_LEAST = Decimal(80)
_MOST_RATIO = Decimal(1000)
_MOST_SCORE = Decimal(10**9)
_MONTHS_OFFERED = 24
_MANY = 1_000
_PRICES = {
    BLENDED: "Blended",
    "input_tokens": "Input",
    "output_tokens": "Output",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks: the plot, and the score whose price is followed."""

    question: PlotQuestion
    ratio: str
    least: Decimal

    @classmethod
    def of(cls, query: QueryDict) -> Asked:
        """Raises `Refused`."""
        ratio = asking.text(query, "ratio") or "3:1"
        return cls(
            PlotQuestion(
                benchmark=asking.text(query, "benchmark") or USUAL,
                price=asking.choice(query, "x", PRICES, BLENDED),
                ratio=_ratio(query, ratio),
                setup=_setup(query),
                any_setup=asking.choice(query, "setups", ("equal", "any"), "equal") == "any",
            ),
            ratio,
            asking.amount(query, "least", most=_MOST_SCORE, default=_USUAL_LEAST),
        )

    @property
    def axis(self) -> str:
        """What is drawn across: ``Blended 3:1, dollars per 1M tokens``."""
        blend = f" {self.ratio}" if self.question.price == BLENDED else ""
        return f"{_PRICES[self.question.price]}{blend}, dollars per 1M tokens"


class MonthStep(NamedTuple):
    """A month's beginning as the address asks for it and as a reader reads it."""

    at: str
    told: str


@page
def frontier(request: HttpRequest, clock: Clock) -> HttpResponse:
    """The plot, the same as a table, and the price of a score month by month."""
    asked = Asked.of(request.GET)
    try:
        plot = price_and_score(asked.question, clock.as_of)
    except NotHeld:
        if request.GET.get("benchmark"):
            raise
        return show(request, "pages/frontier/empty.html", clock, section="frontier")
    reached = threshold_cost(
        asked.question,
        None if asked.question.any_setup else plot.setup or Setup(),
        asked.least,
        plot.benchmark.direction,
        clock.as_of,
    )
    return show(
        request,
        "pages/frontier/page.html",
        clock,
        section="frontier",
        asked=asked,
        plot=plot,
        drawing=_drawing(plot, asked, clock),
        plotted=sorted((*plot.frontier, *plot.dominated), key=lambda one: one.price),
        benchmarks={row.slug: row.name for row in benchmarks(limit=_MANY).rows},
        prices=_PRICES,
        before=_before(clock.at),
        after=_after(clock.at),
        months=_months(clock),
        steps=_changes(reached),
        step=_step(reached, plot, asked, clock.as_of),
    )


def _drawing(plot: Plot, asked: Asked, clock: Clock) -> Scatter | None:
    return scatter(
        f"{plot.benchmark.name} against price",
        list(spots(plot, clock)),
        name="scatter",
        across=asked.axis,
    )


def _changes(reached: Sequence[Reached]) -> list[Reached]:
    """Only the months in which something became otherwise."""
    groups = groupby(reached, key=lambda one: (one.model, one.price))
    return [next(group) for _, group in groups]


def _step(reached: Sequence[Reached], plot: Plot, asked: Asked, as_of: AsOf) -> StepChart | None:
    known = [one for one in reached if one.price is not None]
    if len(known) < 2:
        return None
    ends = [*(one.at for one in reached[1:]), None]
    stretches = [
        Stretch(one.at, end, rounded(one.price))
        for one, end in zip(reached, ends, strict=True)
        if one.price is not None
    ]
    return step_chart(
        "threshold",
        f"What {asked.least:f} {plot.benchmark.scale.unit} on {plot.benchmark.name} cost",
        _joined(stretches),
        currency=CURRENCY,
        since=known[0].at,
        until=as_of.at,
    )


def _joined(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Months of one price as one stretch."""
    joined: list[Stretch] = []
    for one in stretches:
        last = joined[-1] if joined else None
        if last is not None and last.amount == one.amount and last.ends_at == one.starts_at:
            joined[-1] = Stretch(last.starts_at, one.ends_at, last.amount)
        else:
            joined.append(one)
    return joined


def _ratio(query: QueryDict, text: str) -> Decimal:
    """``3:1`` or ``3``: input tokens an output token."""
    parts = text.replace(" ", "").split(":")
    expected = "input to output such as 3:1"
    if len(parts) > 2:
        raise Refused("ratio", text, expected)
    read = QueryDict(mutable=True)
    read["sent"], read["written"] = parts[0], parts[1] if len(parts) > 1 else "1"
    try:
        sent = asking.amount(read, "sent", most=_MOST_RATIO, default=Decimal(3))
        written = asking.amount(read, "written", most=_MOST_RATIO, default=Decimal(1))
    except Refused as error:
        raise Refused("ratio", text, expected) from error
    if not written:
        raise Refused("ratio", text, expected)
    return sent / written


def _setup(query: QueryDict) -> Setup | None:
    """The asked conditions; ``none`` is the silence of every source, nothing the commonest."""
    text = asking.text(query, "setup")
    if not text:
        return None
    try:
        return Setup() if text == "none" else Setup.parse(text)
    except SetupError as error:
        raise Refused("setup", text, error.expected) from error


def _month(number: int) -> MonthStep:
    """The beginning of a month, counted from the year 0."""
    moment = datetime(number // 12, number % 12 + 1, 1, tzinfo=UTC)
    return MonthStep(f"{moment:%Y-%m-%d}", f"{moment:%b %Y}")


def _number(moment: datetime) -> int:
    return moment.year * 12 + moment.month - 1


def _before(at: datetime) -> MonthStep:
    """The last beginning of a month before a moment."""
    begun = datetime(at.year, at.month, 1, tzinfo=UTC)
    return _month(_number(at) - (at == begun))


def _after(at: datetime) -> MonthStep | None:
    """The next beginning of a month, where it has come."""
    following = _number(at) + 1
    return _month(following) if following <= _number(timezone.now()) else None


def _months(clock: Clock) -> list[MonthStep]:
    """The last months, the newest first, and the asked day where it is none of them."""
    newest = _number(timezone.now())
    months = [_month(newest - back) for back in range(_MONTHS_OFFERED)]
    if clock.day and clock.day not in {one.at for one in months}:
        months.append(MonthStep(clock.day, clock.day))
    return sorted(months, reverse=True)
