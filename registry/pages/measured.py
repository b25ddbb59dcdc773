"""Scores as dots: of models beside their price, and of a benchmark over time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from django.urls import reverse

from registry.pages import wording
from registry.pages.charts.progress import Mark
from registry.pages.charts.scatter import Spot
from registry.pages.clock import Clock
from registry.pages.figures import day, money, rounded
from registry.selectors.price_and_score import Plot, Plotted
from registry.selectors.readings import ReadingRow

CURRENCY = "USD"


def spots(plot: Plot, clock: Clock) -> Iterator[Spot]:
    """What costs nothing has no place on a logarithm; it is in the table."""
    unit = plot.benchmark.scale.unit
    for one in (*plot.frontier, *plot.dominated):
        if one.price <= 0:
            continue
        price = money(rounded(one.price), CURRENCY).text
        yield Spot(
            name=one.reading.slug,
            price=one.price,
            score=one.reading.value,
            unbeaten=not one.beaten_by,
            address=_model(one.reading, clock),
            told=f"{one.model}: {figure(one.reading)} {unit} at {price}, {_beaten(one)}",
        )


def marks(
    readings: Sequence[ReadingRow], best: Sequence[ReadingRow], unit: str, clock: Clock
) -> list[Mark]:
    """Each reading with the way to its receipt; ``best``: those that beat all before them."""
    records = {one.point_id for one in best}
    return [
        Mark(
            name=one.slug,
            at=one.starts_at,
            score=one.value,
            unbeaten=one.point_id in records,
            address=_with_clock(reverse("pages:score-receipt", args=[one.point_id]), clock),
            told=f"{one.model}: {figure(one)} {unit} on {day(one.starts_at)}"
            f"{', the best so far' if one.point_id in records else ''}",
        )
        for one in readings
    ]


def figure(reading: ReadingRow) -> str:
    """A score to four digits, with what its source says of it."""
    return wording.qualified(reading.qualifier, f"{rounded(reading.value):f}")


def _model(reading: ReadingRow, clock: Clock) -> str:
    return _with_clock(reverse("pages:model", args=[reading.lab, reading.slug]), clock)


def _with_clock(address: str, clock: Clock) -> str:
    return f"{address}?{urlencode(clock.carried)}" if clock.carried else address


def _beaten(one: Plotted) -> str:
    if not one.beaten_by:
        return "beaten by nobody"
    others = len(one.beaten_by) - 1
    return f"beaten by {one.beaten_by[0]}{f' and {others} more' if others else ''}"
