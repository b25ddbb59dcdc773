"""The table of all models, and the same rows as a file."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse, QueryDict

from registry.pages import asking, cells
from registry.pages.asking import Refused
from registry.pages.charts.sparkline import Sparkline, sparkline
from registry.pages.clock import Clock
from registry.pages.paging import paged
from registry.pages.showing import page, show, wants_part
from registry.scoring.scales import Direction
from registry.selectors.benchmarks import BenchmarkRow, benchmarks
from registry.selectors.everyday import everyday_prices
from registry.selectors.overview import overview
from registry.selectors.readings import ReadingRow, readings_of_models
from registry.selectors.table import (
    DEFAULT_ORDER,
    DEFAULT_RATIO,
    ORDERS,
    Sold,
    TableFilter,
    TableRow,
    table,
)

ROWS = 50
_TREND = timedelta(days=365)
_MOST_RATIO = Decimal(1000)
MOST_BENCHMARKS = 4
_MANY = 500
_OPENNESS = {"": None, "open": True, "closed": False}
MODALITIES = ("text", "image", "audio", "video", "pdf")
CONTEXTS = (32_000, 128_000, 200_000, 400_000, 1_000_000)


class Column(NamedTuple):
    """A column that a reader may show, and the order that its head asks for."""

    label: str
    unit: str
    order: str
    style: str = "figure"


COLUMNS: dict[str, Column] = {
    "input": Column("Input", "$ per 1M tokens", "input"),
    "output": Column("Output", "$ per 1M tokens", "-output"),
    "cache": Column("Cache hit", "$ per 1M tokens", "cache", "figure fine"),
    "blended": Column("Blended", "$ per 1M tokens", "blended"),
    "trend": Column("12 months", "blended", "", "trend"),
    "changed": Column("Last change", "", "-changed", "number"),
    "context": Column("Context", "tokens", "-context", "number"),
    "weights": Column("Weights", "", "", ""),
    "modalities": Column("Takes", "", "", ""),
    "parameters": Column("Parameters", "total", "-parameters", "number"),
    "released": Column("Released", "", "-released", "number"),
    "sellers": Column("Offers", "", "-sellers", "number"),
}
PRICE_COLUMNS = ("input", "output", "cache", "blended")
DEFAULT_COLUMNS = tuple(
    name for name in COLUMNS if name not in ("modalities", "parameters", "released")
)
_DIRECTED = (*ORDERS, *(f"-{name}" for name in ORDERS))


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks of the table."""

    wanted: TableFilter
    ratio: Decimal
    resellers: bool
    order: str
    columns: tuple[str, ...]
    benchmarks: tuple[BenchmarkRow, ...]
    page: int

    @classmethod
    def of(cls, query: QueryDict, known: Mapping[str, BenchmarkRow]) -> Asked:
        """Raises `Refused` for a value that is none of the choices."""
        measured = asking.choices(query, "bench", known)
        if len(measured) > MOST_BENCHMARKS:
            raise Refused("bench", ", ".join(measured), f"at most {MOST_BENCHMARKS} benchmarks")
        context = asking.whole(query, "context", least=0, most=10**9, default=0)
        return cls(
            TableFilter(
                words=asking.text(query, "q"),
                lab=asking.text(query, "lab") or None,
                open_weights=_OPENNESS[asking.choice(query, "weights", _OPENNESS, "")],
                modality=asking.choice(query, "takes", ("", *MODALITIES), "") or None,
                context_at_least=context or None,
                priced=asking.choice(query, "priced", ("", "yes"), "") == "yes",
            ),
            ratio=asking.amount(query, "ratio", most=_MOST_RATIO, default=DEFAULT_RATIO),
            resellers=asking.choice(query, "resellers", ("", "yes"), "") == "yes",
            order=asking.choice(query, "sort", _DIRECTED, DEFAULT_ORDER),
            columns=asking.choices(query, "col", COLUMNS) or DEFAULT_COLUMNS,
            benchmarks=tuple(known[slug] for slug in measured),
            page=asking.whole(query, "page", least=1, most=10**6, default=1),
        )


class Line(NamedTuple):
    """A row as it is shown."""

    row: TableRow
    trend: Sparkline | None
    scores: tuple[ReadingRow | None, ...]

    @property
    def height(self) -> int:
        """Rows of the table that it takes: one a price that is shown."""
        return 1 if self.row.is_one_offer else 2


class Head(NamedTuple):
    """The head of a column: where it leads and how the table is sorted by it now."""

    column: Column
    order: str
    direction: str


@page
def models(request: HttpRequest, clock: Clock) -> HttpResponse:
    """Every model with its first-party price and its cheapest."""
    known = _benchmarks()
    asked = Asked.of(request.GET, known)
    found = table(
        clock.as_of,
        asked.wanted,
        ratio=asked.ratio,
        resellers=asked.resellers,
        order=asked.order,
        offset=(asked.page - 1) * ROWS,
        limit=ROWS,
    )
    part = wants_part(request)
    return show(
        request,
        "pages/table/results.html" if part else "pages/table/page.html",
        clock,
        section="models",
        asked=asked,
        lines=_lines(found.rows, asked, clock),
        paged=paged(asked.page, ROWS, found.total),
        heads=[_head(COLUMNS[name], asked.order) for name in asked.columns],
        price_columns=sum(name in PRICE_COLUMNS for name in asked.columns),
        choices=None if part else _choices(known),
    )


@page
def models_csv(request: HttpRequest, clock: Clock) -> HttpResponse:
    """All rows that the same address shows as a table, as a file."""
    asked = Asked.of(request.GET, _benchmarks())
    found = table(
        clock.as_of,
        asked.wanted,
        ratio=asked.ratio,
        resellers=asked.resellers,
        order=asked.order,
    )
    name = f"ratecard-models-{clock.at:%Y-%m-%d}-r{clock.as_of.number}.csv"
    answer = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
    writer = csv.writer(answer)
    writer.writerow(_FILE_HEAD)
    writer.writerows([cells.safe(value) for value in _file_row(row)] for row in found.rows)
    return answer


_FILE_PRICES = ("offer", "input", "output", "cache_hit", "blended", "status")
_FILE_HEAD = (
    "model",
    "name",
    "lab",
    *(f"{whose}_{name}" for whose in ("first_party", "cheapest") for name in _FILE_PRICES),
    "context_tokens",
    "open_weights",
    "input_modalities",
    "total_parameters",
    "released_on",
    "changed_at",
    "offers",
)


def _file_row(row: TableRow) -> Iterator[object]:
    model = row.model
    yield from (model.ref, model.name, row.lab_name)
    for sold in (row.first_party, row.cheapest):
        yield from _file_prices(sold)
    yield from (model.context_tokens, model.open_weights, " ".join(model.input_modalities))
    yield from (model.total_parameters, model.released_on, row.changed_at, row.sellers)


def _file_prices(sold: Sold | None) -> Iterator[object]:
    """USD per 1M tokens; what is not priced in a word."""
    if sold is None:
        yield from (None,) * len(_FILE_PRICES)
        return
    yield sold.seller.ref
    for said in sold.prices[:3]:
        yield None if said is None else said.state if said.amount is None else said.amount
    yield sold.blended
    yield sold.prices.input.status if sold.prices.input else None


def _benchmarks() -> dict[str, BenchmarkRow]:
    return {row.slug: row for row in benchmarks(limit=_MANY).rows}


def _choices(known: Mapping[str, BenchmarkRow]) -> dict[str, object]:
    """What the form offers, and what the page tells of the registry."""
    return {
        "benchmarks": known.values(),
        "columns": COLUMNS,
        "modalities": MODALITIES,
        "contexts": CONTEXTS,
        "orders": _ORDERS_TOLD,
        "overview": overview(),
    }


_ORDERS_TOLD = {
    "-sellers": "most offers",
    "blended": "lowest blended price",
    "-blended": "highest blended price",
    "cheapest": "cheapest anywhere",
    "input": "lowest input price",
    "output": "lowest output price",
    "-changed": "latest change",
    "-released": "newest model",
    "-context": "longest context",
    "-parameters": "most parameters",
    "name": "name",
    "lab": "lab",
}


def _head(column: Column, order: str) -> Head:
    name = column.order.removeprefix("-")
    if not name or order.removeprefix("-") != name:
        return Head(column, column.order, "")
    other = name if order.startswith("-") else f"-{name}"
    return Head(column, other, "descending" if order.startswith("-") else "ascending")


def _lines(rows: Sequence[TableRow], asked: Asked, clock: Clock) -> list[Line]:
    ids = [row.model.model_id for row in rows] if asked.benchmarks else []
    readings = readings_of_models(ids, clock.as_of)
    return [
        Line(
            row,
            _trend(row, asked, clock),
            tuple(_best(readings[row.model.model_id], one) for one in asked.benchmarks),
        )
        for row in rows
    ]


def _best(readings: Sequence[ReadingRow], of: BenchmarkRow) -> ReadingRow | None:
    """The best reading under any one setup, which is told beside it."""
    best = max if of.direction is Direction.HIGHER else min
    found = (one for one in readings if one.benchmark == of.slug)
    return best(found, key=lambda one: one.value, default=None)


def _trend(row: TableRow, asked: Asked, clock: Clock) -> Sparkline | None:
    if row.lead is None or "trend" not in asked.columns:
        return None
    levels = everyday_prices(clock.as_of).blended_over_time(row.lead.seller.offer_id, asked.ratio)
    return sparkline(levels, since=clock.at - _TREND, until=clock.at)
