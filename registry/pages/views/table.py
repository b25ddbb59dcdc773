"""The table of all models, and the same rows as a file."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse

from registry.pages import cells, table_file
from registry.pages.charts.sparkline import Sparkline, sparkline
from registry.pages.clock import Clock
from registry.pages.paging import paged
from registry.pages.showing import page, show, wants_part
from registry.pages.table_asking import COLUMNS, CONTEXTS, MODALITIES, PRICE_COLUMNS, Asked
from registry.selectors.benchmarks import BenchmarkRow, benchmarks
from registry.selectors.everyday import everyday_prices
from registry.selectors.overview import overview
from registry.selectors.readings import ReadingRow
from registry.selectors.score_columns import ScoreColumn, score_columns
from registry.selectors.table import Table, TableRow, table

ROWS = 50
_TREND = timedelta(days=365)
_MANY = 500


class Line(NamedTuple):
    """A row as it is shown."""

    row: TableRow
    trend: Sparkline | None
    scores: tuple[ReadingRow | None, ...]

    @property
    def height(self) -> int:
        """Rows of the table that it takes: one a price that is shown."""
        return 1 if self.row.is_one_offer else 2


@page
def models(request: HttpRequest, clock: Clock) -> HttpResponse:
    """Every model with its first-party price and its cheapest."""
    known = _benchmarks()
    asked = Asked.of(request.GET, known)
    columns = score_columns(asked.benchmarks, clock.as_of, equal=asked.equal)
    found = _found(asked, columns, clock, offset=(asked.page - 1) * ROWS, limit=ROWS)
    part = wants_part(request)
    return show(
        request,
        "pages/table/results.html" if part else "pages/table/page.html",
        clock,
        section="models",
        asked=asked,
        lines=_lines(found.rows, asked, columns, clock),
        paged=paged(asked.page, ROWS, found.total),
        price_heads=asked.heads(priced=True),
        heads=asked.heads(priced=False),
        score_heads=[(column, asked.score_head(column.benchmark)) for column in columns],
        price_columns=sum(name in PRICE_COLUMNS for name in asked.columns),
        choices=None if part else _choices(known),
    )


@page
def models_csv(request: HttpRequest, clock: Clock) -> HttpResponse:
    """All rows that the same address shows as a table, as a file."""
    asked = Asked.of(request.GET, _benchmarks())
    columns = score_columns(asked.benchmarks, clock.as_of, equal=asked.equal)
    found = _found(asked, columns, clock)
    name = f"ratecard-models-{clock.at:%Y-%m-%d}-r{clock.as_of.number}.csv"
    answer = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
    writer = csv.writer(answer)
    writer.writerow(table_file.head(columns))
    for row in found.rows:
        writer.writerow([cells.safe(value) for value in table_file.row_of(row, columns)])
    return answer


def _found(
    asked: Asked,
    columns: Sequence[ScoreColumn],
    clock: Clock,
    *,
    offset: int = 0,
    limit: int | None = None,
) -> Table:
    by = next((one for one in columns if one.benchmark.slug == asked.by_score), None)
    return table(
        clock.as_of,
        asked.wanted,
        ratio=asked.ratio,
        resellers=asked.resellers,
        order=asked.table_order,
        scores=None if by is None else by.values,
        offset=offset,
        limit=limit,
    )


def _benchmarks() -> dict[str, BenchmarkRow]:
    return {row.slug: row for row in benchmarks(limit=_MANY).rows}


def _choices(known: Mapping[str, BenchmarkRow]) -> dict[str, object]:
    """What the form offers, and what the page tells of the registry."""
    return {
        "benchmarks": known.values(),
        "columns": COLUMNS,
        "modalities": MODALITIES,
        "contexts": CONTEXTS,
        "overview": overview(),
    }


def _lines(
    rows: Sequence[TableRow], asked: Asked, columns: Sequence[ScoreColumn], clock: Clock
) -> list[Line]:
    return [
        Line(
            row,
            _trend(row, asked, clock),
            tuple(column.readings.get(row.model.model_id) for column in columns),
        )
        for row in rows
    ]


def _trend(row: TableRow, asked: Asked, clock: Clock) -> Sparkline | None:
    if row.lead is None or "trend" not in asked.columns:
        return None
    levels = everyday_prices(clock.as_of).blended_over_time(row.lead.seller.offer_id, asked.ratio)
    return sparkline(levels, since=clock.at - _TREND, until=clock.at)
