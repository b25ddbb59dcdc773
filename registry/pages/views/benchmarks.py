"""What is measured, and who reaches what; setups are told apart, never mixed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse

from registry.pages import asking
from registry.pages.asking import Refused
from registry.pages.clock import Clock
from registry.pages.showing import page, show
from registry.scoring.scales import Direction
from registry.scoring.setups import Setup
from registry.selectors.benchmarks import benchmark as benchmark_row
from registry.selectors.benchmarks import benchmarks as benchmark_rows
from registry.selectors.readings import ReadingFilter, ReadingRow, readings
from registry.selectors.table import TableRow, table

_MANY = 5000


class Placed(NamedTuple):
    """A reading beside its model; ``row`` None: the model is not in the table of that date."""

    reading: ReadingRow
    row: TableRow | None


@page
def benchmarks(request: HttpRequest, clock: Clock) -> HttpResponse:
    """Every benchmark that is declared."""
    found = benchmark_rows(limit=_MANY).rows
    return show(
        request, "pages/benchmarks/list.html", clock, section="benchmarks", benchmarks=found
    )


@page
def benchmark(request: HttpRequest, clock: Clock, slug: str) -> HttpResponse:
    """One benchmark under one setup: readings from the best on, each beside its model's price."""
    row = benchmark_row(slug)
    found = readings(ReadingFilter(benchmark=slug), clock.as_of, limit=_MANY).rows
    setups = Counter(reading.setup for reading in found)
    chosen = _chosen(setups, asking.text(request.GET, "setup"), is_asked="setup" in request.GET)
    under = [reading for reading in found if reading.setup == chosen]
    under.sort(key=lambda one: one.value, reverse=row.direction is Direction.HIGHER)
    return show(
        request,
        "pages/benchmarks/page.html",
        clock,
        section="benchmarks",
        benchmark=row,
        setups=sorted(setups.items(), key=lambda pair: (-pair[1], pair[0].key)),
        chosen=chosen,
        placed=_beside_prices(under, clock),
    )


def _chosen(setups: Counter[Setup], key: str, *, is_asked: bool) -> Setup | None:
    """The asked setup, else the one of the most readings."""
    if not is_asked:
        return min(setups, key=lambda one: (-setups[one], one.key), default=None)
    found = next((one for one in setups if one.key == key), None)
    if found is None:
        raise Refused("setup", key, "one of the setups that this benchmark has readings of")
    return found


def _beside_prices(under: Sequence[ReadingRow], clock: Clock) -> list[Placed]:
    rows = {row.model.model_id: row for row in table(clock.as_of).rows} if under else {}
    return [Placed(reading, rows.get(reading.model_id)) for reading in under]
