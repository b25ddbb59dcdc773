"""Price against score: which models nobody beats, at any date, and what a score cost over time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict

from registry.pages import asking, months
from registry.pages.asking import Refused
from registry.pages.charts.dots import Dots
from registry.pages.charts.scatter import scatter
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
# The slider goes from so many months ago up to the present.
_STOP = re.compile(r"0|-[1-9][0-9]?", re.ASCII)
_MOST_RATIO = Decimal(1000)
_MOST_SCORE = Decimal(10**9)
_MANY = 1_000
_PRICES = {
    BLENDED: "Blended",
    "input_tokens": "Input",
    "output_tokens": "Output",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks: the plot, and the score whose price is followed; None the usual."""

    question: PlotQuestion
    ratio: str
    least: Decimal | None

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
            asking.amount(query, "least", most=_MOST_SCORE, default=_USUAL_LEAST)
            if query.get("least", "").strip()
            else None,
        )

    @property
    def axis(self) -> str:
        """What is drawn across: ``Blended 3:1, dollars per 1M tokens``."""
        blend = f" {self.ratio}" if self.question.price == BLENDED else ""
        return f"{_PRICES[self.question.price]}{blend}, dollars per 1M tokens"


@page
def frontier(request: HttpRequest, clock: Clock) -> HttpResponse:
    """The plot, the same as a table, and the price of a score month by month."""
    if "month" in request.GET:
        return _moved(request)
    asked = Asked.of(request.GET)
    try:
        plot = price_and_score(asked.question, clock.as_of)
    except NotHeld:
        if request.GET.get("benchmark"):
            raise
        return show(request, "pages/frontier/empty.html", clock, section="frontier")
    least = _usual_least(plot) if asked.least is None else asked.least
    reached = threshold_cost(
        asked.question,
        None if asked.question.any_setup else plot.setup or Setup(),
        least,
        plot.benchmark.direction,
        clock.as_of,
        plot.offers,
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
        before=months.before(clock.at),
        after=months.after(clock.at),
        months=months.offered(clock),
        slider=months.slider(clock),
        least=least,
        steps=_changes(reached),
        step=_step(reached, plot, least, clock.as_of),
    )


def _moved(request: HttpRequest) -> HttpResponse:
    """The same page at the month that the slider was left on, under the address that keeps it."""
    query = request.GET.copy()
    given = query.pop("month")[-1].strip()
    if not _STOP.fullmatch(given) or int(given) < -months.OFFERED:
        raise Refused("month", given, f"a whole number from -{months.OFFERED} to 0")
    query.pop("at", None)
    day = months.asked_day(int(given))
    if day:
        query["at"] = day
    text = query.urlencode()
    return HttpResponseRedirect(f"{request.path}?{text}" if text else request.path)


def _usual_least(plot: Plot) -> Decimal:
    """80 where it is a share that somebody reaches, else the middle of what is reached."""
    values = sorted(one.reading.value for one in (*plot.frontier, *plot.dominated))
    if not values or (plot.benchmark.scale.whole is not None and values[-1] >= _USUAL_LEAST):
        return _USUAL_LEAST
    return rounded(values[len(values) // 2], 2)


def _drawing(plot: Plot, asked: Asked, clock: Clock) -> Dots | None:
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


def _step(reached: Sequence[Reached], plot: Plot, least: Decimal, as_of: AsOf) -> StepChart | None:
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
        f"What {least:f} {plot.benchmark.scale.unit} on {plot.benchmark.name} cost",
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
