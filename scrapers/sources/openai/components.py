"""OpenAI's page as HTML: Astro components with their rows as JSON (see the package)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from bs4 import BeautifulSoup, Tag

from registry.pricing.quotes import QuoteError, read_money
from scrapers.claims import OfferClaim, PageError, PageFault
from scrapers.figures import Figures, Price, put_row
from scrapers.json_text import JsonValue, read_sound
from scrapers.pages import Offers, PageForm
from scrapers.sources.openai.columns import (
    PROVIDER,
    TEXT,
    TIERS,
    Conditions,
    conditions,
    model_id,
    put_named,
)
from scrapers.tables import Cell, Table, cell_of, html_tables

PAGE = "https://developers.openai.com/api/docs/pricing"
FORM = PageForm(sign='data-default-meta-title="Pricing | OpenAI API"', end_mark="</html>")
FIGURES = Figures(sign="")
_FOREIGN_SIGN = re.compile(r"[€£¥元]")
_BAND = re.compile(r">\s*(?P<thousands>[0-9]+)K input tokens")

# What the unnamed figures of a row are, by their number; checked against the rows that are shown.
_UNNAMED = {
    5: ("model", "input", "cached input", "cache writes", "output"),
    4: ("model", "input", "cached input", "output"),
}


@dataclass(frozen=True, slots=True)
class _Pane:
    """One table component: its JSON, what it shows of it, and the terms of its figures."""

    props: dict[str, JsonValue]
    shown: Table
    held: Conditions


def read(body: bytes) -> Iterable[OfferClaim]:
    """A claim for each model of the page, over all of its tables."""
    root = BeautifulSoup(FORM.text(body), "lxml")
    offers = Offers(PROVIDER, PAGE)
    panes = list(_panes(root))
    if not any("rows" in pane.props and pane.shown.has("model") for pane in panes):
        raise PageError(PageFault.ANCHOR_MISSING, f"{len(panes)} tables", "the latest models")
    for pane in panes:
        if "headings" in pane.props:
            put_named(offers, _named_table(pane.props), pane.held, FIGURES)
        else:
            _put_unnamed(offers, pane)
    return offers.claims()


def _panes(root: BeautifulSoup) -> Iterator[_Pane]:
    islands = [island for island in root.find_all("astro-island") if _is_price_table(island)]
    band = _BAND.search(" ".join(str(island["props"]) for island in islands))
    for island in islands:
        text = island.get_text(" ")
        if "$" not in text or _FOREIGN_SIGN.search(text):
            raise PageError(PageFault.WRONG_FORMAT, "figures in another currency", "figures in $")
        props = _plain(read_sound(str(island["props"]).encode()))
        tables = html_tables(island)
        if not isinstance(props, dict) or not tables:
            raise PageError(PageFault.WRONG_FORMAT, "a component without rows", "a price table")
        pane = island.find_parent(attrs={"data-content-switcher-pane": True})
        tier = str(pane["data-value"]) if isinstance(pane, Tag) else "standard"
        if tier not in TIERS:
            raise PageError(PageFault.ANCHOR_MISSING, f"tier {tier!r}", ", ".join(TIERS))
        over = int(band["thousands"]) * 1_000 if band else None
        yield _Pane(props, tables[0], conditions(tier, over))


def _is_price_table(island: Tag) -> bool:
    return "PricingTable" in str(island.get("component-export"))


def _plain(value: JsonValue) -> JsonValue:
    """Astro's JSON as plain JSON: every value is a pair of its kind (1 is a list) and itself."""
    match value:
        case [0 | 1, inner]:
            return _plain(inner) if not isinstance(inner, list) else [_plain(v) for v in inner]
        case dict():
            return {key: _plain(inner) for key, inner in value.items()}
        case _:
            return value


def _cell(value: JsonValue) -> Cell:
    match value:
        case {"__pricingHtml": str(html)} | {"__pricingTooltipHeading": {"label": str(html)}}:
            return cell_of(BeautifulSoup(html, "lxml"))
        case None:
            return Cell("-")
        case _:
            return Cell(str(value))


def _put_unnamed(offers: Offers, pane: _Pane) -> None:
    """The tables of text models: every row without names, the first ones shown with them."""
    shown = {row[0].text: row for row in pane.shown.rows}
    columns = {f"short context {name}": name for name in TEXT}
    for row in _rows(pane.props.get("rows")):
        if len(row) not in _UNNAMED:
            expected = "three or four figures a row"
            raise PageError(PageFault.WRONG_FORMAT, f"{len(row) - 1} figures", expected)
        table = Table("", _UNNAMED[len(row)], (row,))
        for label, name in columns.items():
            if row[0].text in shown:
                _demand_equal(pane.shown.cell(shown[row[0].text], label), row, table, name)
        prices = {name: Price(meter, pane.held.usual) for name, meter in TEXT.items()}
        known = {name: prices.get(name) for name in table.header}
        put_row(offers.card(model_id(row[0].text)), table, row, known, FIGURES)
    for name, row in shown.items():
        prices = {f"long context {label}": Price(m, pane.held.over) for label, m in TEXT.items()}
        passed = dict.fromkeys(("model", *columns))
        put_row(offers.card(model_id(name)), pane.shown, row, {**passed, **prices}, FIGURES)


def _demand_equal(shown: Cell, row: tuple[Cell, ...], table: Table, name: str) -> None:
    written = table.cell(row, name).text
    try:
        equal = shown.text == written or read_money(shown.text, "USD", field=name) == Decimal(
            written
        )
    except (QuoteError, ArithmeticError):
        equal = False
    if not equal:
        found = f"{row[0].text} {name}: {shown.text} shown, {written} in the data"
        raise PageError(PageFault.WRONG_FORMAT, found, "one figure")


def _named_table(props: dict[str, JsonValue]) -> Table:
    header = tuple(_cell(heading).label for heading in _listed(props.get("headings")))
    rows = list(_rows(props.get("rows")))
    for group in _listed(props.get("groups")):
        if isinstance(group, dict):
            rows += ((_cell(group.get("model")), *row) for row in _rows(group.get("rows")))
    return Table("", header, tuple(rows))


def _rows(value: JsonValue) -> Iterator[tuple[Cell, ...]]:
    for row in _listed(value):
        yield tuple(_cell(cell) for cell in _listed(row))


def _listed(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else []
