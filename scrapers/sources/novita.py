"""Novita's price page, as the Markdown of a reader: a table a family of models.

2026-05-08  Model, context, input, output; the rate of cached input stands in the input cell,
            ``$0.269 /Mt· Cache Read $0.1345 /Mt``.

Names are API ids. Prices of GPUs and of media are other tables, not read here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from scrapers.claims import Entry, Facts, OfferClaim
from scrapers.figures import Figures, Price, put_row, token_count
from scrapers.pages import Offers, PageForm
from scrapers.tables import Cell, Table, markdown_tables, tables_with

PROVIDER = "novita-ai"
PAGE = "https://novita.ai/pricing"
FORM = PageForm(sign="# Pricing | Novita AI", end_mark="NOVITA AI. ALL RIGHTS RESERVED")
split = FORM.split

FIGURES = Figures(sign="$", per=None)
_CACHED = "cache read"
_COLUMNS = {
    "Model Name": None,
    "Context": None,
    "Actions": None,
    "Input": Price("input_tokens"),
    _CACHED: Price("cache_read_tokens"),
    "Output": Price("output_tokens"),
}


def read(entry: Entry) -> Iterable[OfferClaim]:
    """A claim for each model of the page."""
    tables = markdown_tables(FORM.text(entry.raw))
    offers = Offers(PROVIDER, PAGE)
    for table in tables_with(tables, "Model Name", "Context", "Input", "Output"):
        wide = _with_cached_column(table)
        for row in wide.rows:
            context = token_count(wide.cell(row, "Context").text)
            card = offers.card(wide.cell(row, "Model Name").text, Facts(context_tokens=context))
            put_row(card, wide, row, _COLUMNS, FIGURES)
    return offers.claims()


def _with_cached_column(table: Table) -> Table:
    """The table with the second figure of the input cell in a column of its own."""
    place = table.column("Input")
    rows = []
    for row in table.rows:
        first, mark, second = table.cell(row, "Input").text.partition("· Cache Read")
        cells = (*row[:place], Cell(first.strip()), *row[place + 1 :], Cell(second.strip()))
        rows.append(cells if mark else (*row, Cell("")))
    return replace(table, header=(*table.header, _CACHED), rows=tuple(rows))
