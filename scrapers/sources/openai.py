"""OpenAI's price page: one component a table, the same model once per service tier.

2026-08-21  Each table is an Astro component: it shows its first rows as HTML and carries all rows,
            mostly without column names, as JSON in its ``props``. The tier is the pane around it.
            Since 2026-07-30 priority processing is named fast mode; either name asks for it, so
            ``fast`` here is the tier ``priority``.

Prices above 272K input tokens are shown for the newest models only; what a browser computes for the
others is not on the page and is not guessed. Tools are charged beside models and are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bs4 import BeautifulSoup, Tag

from registry.pricing.quotes import QuoteError, read_money
from registry.pricing.terms import Terms
from scrapers.claims import Entry, NoteReason, OfferClaim, PageError, PageFault
from scrapers.figures import MILLION, Figures, Price, put_row
from scrapers.json_text import JsonValue, read_json
from scrapers.pages import Offers, PageForm
from scrapers.tables import Cell, Table, cell_of, html_tables

PROVIDER = "openai"
PAGE = "https://developers.openai.com/api/docs/pricing"
FORM = PageForm(sign='data-default-meta-title="Pricing | OpenAI API"', end_mark="</html>")
split = FORM.split

FIGURES = Figures(sign="", units={"/ 1M characters": MILLION, "/ minute": Decimal(60)})
_TIERS = {"standard": None, "batch": "batch", "flex": "flex", "fast": "priority"}
_FOREIGN_SIGN = re.compile(r"[€£¥元]")
_MODEL = re.compile(r"(?P<id>[\w.:-]+)(?: \(<[0-9]+K context length\))?", re.I)
_BAND = re.compile(r">\s*(?P<thousands>[0-9]+)K input tokens")

# What the unnamed figures of a row are, by their number; checked against the rows that are shown.
_UNNAMED = {
    5: ("model", "input", "cached input", "cache writes", "output"),
    4: ("model", "input", "cached input", "output"),
}
_TEXT = {
    "input": "input_tokens",
    "cached input": "cache_read_tokens",
    "cache writes": "cache_write_tokens",
    "output": "output_tokens",
}
_MODALITIES = {
    "text": {
        "input": "input_tokens",
        "cached input": "cache_read_tokens",
        "output": "output_tokens",
    },
    "audio": {
        "input": "input_audio_tokens",
        "cached input": "cache_read_audio_tokens",
        "output": "output_audio_tokens",
    },
    "image": {
        "input": "input_image_tokens",
        "cached input": "cache_read_image_tokens",
        "output": "output_image_tokens",
    },
}


@dataclass(frozen=True, slots=True)
class _Pane:
    """One table component: its JSON, what it shows of it, and the terms of its figures."""

    props: dict[str, JsonValue]
    shown: Table
    terms: Terms
    over: Terms


def read(entry: Entry) -> Iterable[OfferClaim]:
    """A claim for each model of the page, over all of its tables."""
    root = BeautifulSoup(FORM.text(entry.raw), "lxml")
    offers = Offers(PROVIDER, PAGE)
    panes = list(_panes(root))
    if not any("rows" in pane.props and pane.shown.has("model") for pane in panes):
        raise PageError(PageFault.ANCHOR_MISSING, f"{len(panes)} tables", "the latest models")
    for pane in panes:
        if "headings" in pane.props:
            _put_named(offers, pane)
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
        props = _plain(read_json(str(island["props"]).encode(), []))
        tables = html_tables(island)
        if not isinstance(props, dict) or not tables:
            raise PageError(PageFault.WRONG_FORMAT, "a component without rows", "a price table")
        pane = island.find_parent(attrs={"data-content-switcher-pane": True})
        tier = str(pane["data-value"]) if isinstance(pane, Tag) else "standard"
        if tier not in _TIERS:
            raise PageError(PageFault.ANCHOR_MISSING, f"tier {tier!r}", ", ".join(_TIERS))
        terms = Terms(tier=_TIERS[tier])
        over = replace(terms, context_over=int(band["thousands"]) * 1_000) if band else terms
        yield _Pane(props, tables[0], terms, over)


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
    columns = {f"short context {name}": name for name in _TEXT}
    for row in _rows(pane.props.get("rows")):
        if len(row) not in _UNNAMED:
            expected = "three or four figures a row"
            raise PageError(PageFault.WRONG_FORMAT, f"{len(row) - 1} figures", expected)
        table = Table("", _UNNAMED[len(row)], (row,))
        model_id = _model_id(row[0].text)
        for label, name in columns.items():
            if row[0].text in shown:
                _demand_equal(shown[row[0].text][pane.shown.column(label)], row, table, name)
        prices = {name: Price(meter, pane.terms) for name, meter in _TEXT.items()}
        known = {name: prices.get(name) for name in table.header}
        put_row(offers.card(model_id), table, row, known, FIGURES)
    for name, row in shown.items():
        prices = {f"long context {label}": Price(m, pane.over) for label, m in _TEXT.items()}
        passed = dict.fromkeys(("model", *columns))
        put_row(offers.card(_model_id(name)), pane.shown, row, {**passed, **prices}, FIGURES)


def _demand_equal(shown: Cell, row: Sequence[Cell], table: Table, name: str) -> None:
    written = row[table.column(name)].text
    try:
        equal = shown.text == written or read_money(shown.text, "USD", field=name) == Decimal(
            written
        )
    except (QuoteError, ArithmeticError):
        equal = False
    if not equal:
        found = f"{row[0].text} {name}: {shown.text} shown, {written} in the data"
        raise PageError(PageFault.WRONG_FORMAT, found, "one figure")


def _put_named(offers: Offers, pane: _Pane) -> None:
    table = _named_table(pane.props)
    if not table.has("model"):
        return  # tools, which are no models
    place = table.column("model")
    for row in table.rows:
        name = row[place].text
        card = offers.card(_model_id(name) if not table.has("training") else _tuned_id(name))
        columns = _columns(table, row, pane)
        if table.has("estimated cost") and row[table.column("input")].text != "-":
            estimate = row[table.column("estimated cost")].text
            card.note(NoteReason.NOT_A_PRICE, "estimated cost", estimate)
            columns["estimated cost"] = None
        put_row(card, table, row, columns, FIGURES)


def _named_table(props: dict[str, JsonValue]) -> Table:
    header = tuple(_cell(heading).label for heading in _listed(props.get("headings")))
    rows = list(_rows(props.get("rows")))
    for group in _listed(props.get("groups")):
        if isinstance(group, dict):
            rows += ((_cell(group.get("model")), *row) for row in _rows(group.get("rows")))
    return Table("", header, tuple(rows))


def _columns(table: Table, row: tuple[Cell, ...], pane: _Pane) -> dict[str, Price | None]:
    """What each column of a table with names states for one of its rows."""
    terms = pane.terms
    if table.has("modality"):
        return _by_modality(table, row, terms)
    if table.has("price per second"):
        size = replace(terms, variant=row[table.column("size")].label)
        known = dict.fromkeys(("model", "size", "portrait", "landscape"))
        return {**known, "price per second": Price("output_video_seconds", size, Decimal(1))}
    bands = (("", terms), ("short context ", terms), ("long context ", pane.over))
    prices = {f"{band}{name}": Price(m, t) for band, t in bands for name, m in _TEXT.items()}
    prices["training"] = Price("training_tokens", terms)
    prices["estimated cost"] = Price("input_audio_seconds", terms)
    known = dict.fromkeys(("model", "category", "use case"))
    return {**known, **{name: prices[name] for name in table.header if name in prices}}


def _by_modality(table: Table, row: tuple[Cell, ...], terms: Terms) -> dict[str, Price | None]:
    columns: dict[str, Price | None] = dict.fromkeys(("model", "modality"))
    last = "output / cost" if table.has("output / cost") else "output"
    for name, meter in _MODALITIES.get(row[table.column("modality")].label, {}).items():
        columns[last if name == "output" else name] = Price(meter, terms)
    if row[table.column("input")].label.endswith("characters"):
        columns["input"] = Price("input_characters", terms)
    return columns


def _model_id(name: str) -> str:
    """The id that is asked for: the name as written, without a remark on its context."""
    match = _MODEL.fullmatch(name)
    return match["id"] if match and match["id"] != "Whisper" else "whisper-1" if match else name


def _tuned_id(name: str) -> str:
    return f"ft:{name.removesuffix(' Legacy').replace(' with data sharing', ':data-sharing')}"


def _rows(value: JsonValue) -> Iterator[tuple[Cell, ...]]:
    for row in _listed(value):
        yield tuple(_cell(cell) for cell in _listed(row))


def _listed(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else []
