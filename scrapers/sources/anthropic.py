"""Anthropic's price pages: the Markdown of its documentation, and the marketing page in HTML.

2025-12     Markdown: a table of models with two columns of cache writes, a table for batch; one for
            long context, ``Input: $6 / MTok`` to a cell, its models in a column or in the prose.
2026-04-17  Markdown: fast mode is a table of two figures; the one model stands in its prose.
2026-05-08  HTML: cards instead of tables, prompt caching at the 5 minute rate only.
2026-08-21  Markdown: fast mode names its models in a column, two models in one cell.

Data residency and cache rates under batch and fast are stated as multipliers: the rates made from
them are marked as derived. Retired models stay on the list with the clouds that still sell them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from bs4 import BeautifulSoup, Tag

from registry.pricing.quotes import Quote, QuoteError, plain, read_money, read_number
from registry.pricing.terms import STANDARD, Terms
from scrapers.claims import Entry, EntryFault, Facts, OfferClaim, PageError, PageFault
from scrapers.figures import Figures, Price, put_row
from scrapers.pages import Offers, PageForm, is_html
from scrapers.quoting import Card
from scrapers.tables import Cell, Table, cell_of, label_of, markdown_tables, tables_with

PROVIDER = "anthropic"
_MARKDOWN = PageForm(sign="## Model pricing", end_mark="support@anthropic.com")
_HTML = PageForm(sign="Claude by Anthropic</title>", end_mark="</html>")
_MARKDOWN_PAGE = "https://platform.claude.com/docs/en/about-claude/pricing"
_HTML_PAGE = "https://claude.com/pricing"

FIGURES = Figures(sign="$", per=None)
BATCH, FAST = Terms(tier="batch"), Terms(tier="fast")
_MODEL_COLUMNS = {
    "Model": None,
    "Base Input Tokens": Price("input_tokens"),
    "5m Cache Writes": Price("cache_write_5m_tokens"),
    "1h Cache Writes": Price("cache_write_1h_tokens"),
    "Cache Hits & Refreshes": Price("cache_read_tokens"),
    "Output Tokens": Price("output_tokens"),
}
_BATCH_COLUMNS = {
    "Model": None,
    "Batch input": Price("input_tokens", BATCH),
    "Batch output": Price("output_tokens", BATCH),
}
_FAST_COLUMNS = {
    "Model": None,
    "Input": Price("input_tokens", FAST),
    "Output": Price("output_tokens", FAST),
}
_CACHE_ROWS = {
    "5-minute cache write": "cache_write_5m_tokens",
    "1-hour cache write": "cache_write_1h_tokens",
    "Cache read (hit)": "cache_read_tokens",
}
_CARD_ROWS = {
    "input": Price("input_tokens"),
    "output": Price("output_tokens"),
    "write": Price("cache_write_5m_tokens"),
    "read": Price("cache_read_tokens"),
}

# From 4.1 on an id is the name in lower case with dashes. The older ids are another pattern, and
# each is listed: https://platform.claude.com/docs/en/about-claude/models/overview
_OLD_IDS = {
    "Claude Opus 4": "claude-opus-4-20250514",
    "Claude Sonnet 4": "claude-sonnet-4-20250514",
    "Claude Sonnet 3.7": "claude-3-7-sonnet-20250219",
    "Claude Haiku 3.5": "claude-3-5-haiku-20241022",
    "Claude Opus 3": "claude-3-opus-20240229",
    "Claude Haiku 3": "claude-3-haiku-20240307",
}
_NAME = re.compile(r"(?P<name>Claude (?P<family>[A-Z][a-z]+) (?P<version>[0-9]+(?:\.[0-9]+)?))")
_STATUS = re.compile(r"\((?P<status>[a-z ]+).*\)$")
_FAST_PROSE = re.compile(r"fast mode.*? for (?P<name>Claude [A-Z][a-z]+ [0-9.]*[0-9])", re.I)
_OVER = re.compile(r"> ?(?P<thousands>[1-9][0-9]*)k input tokens")
_LONG_PROSE = re.compile(r"[^\n]*exceed [0-9]+K input tokens[^\n]*")
_SHORT_NAME = re.compile(r"\b(?:Opus|Sonnet|Haiku|Fable|Mythos) [0-9]+(?:\.[0-9]+)?")
_LABELLED = re.compile(r"(Input|Output):")
_LABELS = {"Input": "input_tokens", "Output": "output_tokens"}
_RESIDENCY = re.compile(
    r"For (?P<models>[^\n]*?) models, specifying US-only inference [^\n]*?"
    r"(?P<factor>[0-9.]+)x multiplier"
)


def split(body: bytes, part: str = "") -> Iterator[Entry]:
    """The page as its one entry."""
    return _form(body).split(body, part)


def read(entry: Entry) -> Iterable[OfferClaim]:
    """A claim for each model of the page."""
    form = _form(entry.raw)
    text = form.text(entry.raw)
    return _read_html(text) if form is _HTML else _read_markdown(text)


def _form(body: bytes) -> PageForm:
    return _HTML if is_html(body) else _MARKDOWN


def _read_markdown(text: str) -> list[OfferClaim]:
    tables = markdown_tables(text)
    offers = Offers(PROVIDER, _MARKDOWN_PAGE)
    _put_models(offers, tables_with(tables, "Model", "Base Input Tokens")[0], _MODEL_COLUMNS)
    _put_models(offers, tables_with(tables, "Model", "Batch input")[0], _BATCH_COLUMNS)
    fast = [table for table in tables if label_of(table.heading) == "fast mode pricing"]
    for table in fast:
        if table.has("Model"):
            _put_models(offers, table, _FAST_COLUMNS)
        else:
            _put_fast_of_prose(offers, table, text)
    for table in tables:
        _put_long_context(offers, table, text)
    factors = _cache_factors(tables)
    residency = _RESIDENCY.search(text)
    return [_with_derived(claim, factors, residency) for claim in offers.claims()]


def _put_models(offers: Offers, table: Table, columns: dict[str, Price | None]) -> None:
    for row in table.rows:
        for name in table.cell(row, "Model").text.split(" / "):
            card = offers.card(_model_id(name), _facts(name))
            put_row(card, table, row, columns, FIGURES)


def _put_fast_of_prose(offers: Offers, table: Table, text: str) -> None:
    named = _FAST_PROSE.search(text)
    if named is None:
        raise PageError(PageFault.ANCHOR_MISSING, "fast mode without a model", "its model")
    columns = {name: price for name, price in _FAST_COLUMNS.items() if price is not None}
    for row in table.rows:
        put_row(offers.card(_model_id(named["name"])), table, row, columns, FIGURES)


def _put_long_context(offers: Offers, table: Table, text: str) -> None:
    """The rates above a length, where the table has a column for it; no other table is touched."""
    for label, band in ((label, _OVER.fullmatch(label)) for label in table.header):
        if band is None:
            continue
        terms = Terms(context_over=int(band["thousands"]) * 1_000)
        named = [] if table.has("Model") else _long_context_models(text)
        for row in table.rows:
            for name in named or table.cell(row, "Model").text.split(" / "):
                card = offers.card(_model_id(name), _facts(name))
                _put_labelled(card, table.cell(row, label), terms, field=label)


def _long_context_models(text: str) -> list[str]:
    prose = _LONG_PROSE.search(text)
    names = _SHORT_NAME.findall(prose[0]) if prose else []
    if not names:
        raise PageError(PageFault.ANCHOR_MISSING, "long context without a model", "its models")
    return [f"Claude {name}" for name in names]


def _put_labelled(card: Card, cell: Cell, terms: Terms, *, field: str) -> None:
    """Figures that say themselves what they are for: ``Input: $6 / MTok Output: ...``."""
    parts = [part for part in _LABELLED.split(cell.text) if part.strip()]
    pairs = list(zip(parts[::2], parts[1::2], strict=False))
    if len(parts) % 2 or not pairs or any(name not in _LABELS for name, _ in pairs):
        card.remark(EntryFault.UNKNOWN_FIELD, field, cell.text, "Input: and Output: with a figure")
        return
    for name, figure in pairs:
        FIGURES.put(card, Cell(figure.strip()), Price(_LABELS[name], terms), field=field)


def _cache_factors(tables: list[Table]) -> dict[str, Decimal]:
    """How much of the input rate each cache meter costs, as the page says it."""
    table = tables_with(tables, "Cache operation", "Multiplier")[0]
    return {
        meter: _factor(table.cell(table.row(name), "Multiplier").text.partition("x base input")[0])
        for name, meter in _CACHE_ROWS.items()
    }


def _factor(written: str) -> Decimal:
    """A multiplier of the page; `PageError` where it is no number, since many rates hang on it."""
    try:
        return read_number(written, field="multiplier")
    except QuoteError as error:
        raise PageError(PageFault.WRONG_FORMAT, repr(written), "a multiplier") from error


def _with_derived(
    claim: OfferClaim, factors: dict[str, Decimal], residency: re.Match[str] | None
) -> OfferClaim:
    """The claim with the rates that the page states as multiples of others."""
    quotes = list(claim.quotes)
    for quote in claim.quotes:
        if quote.meter == "input_tokens" and quote.terms != STANDARD:
            quotes += (_multiple(quote, factor, meter=meter) for meter, factor in factors.items())
    if residency is not None and _version(claim) >= min(_versions(residency["models"])):
        factor = _factor(residency["factor"])
        quotes += [
            _multiple(quote, factor, terms=replace(quote.terms, region="us")) for quote in quotes
        ]
    return replace(claim, quotes=tuple(quotes))


def _multiple(
    quote: Quote, factor: Decimal, *, meter: str | None = None, terms: Terms | None = None
) -> Quote:
    try:
        amount = plain(read_money(quote.text, quote.currency, field=quote.field) * factor)
    except QuoteError:
        return quote  # the figure itself will be refused, and the card with it
    return replace(
        quote,
        text=f"{amount:f}",
        meter=meter or quote.meter,
        terms=terms or quote.terms,
        derived=True,
    )


def _read_html(text: str) -> list[OfferClaim]:
    root = BeautifulSoup(text, "lxml")
    offers = Offers(PROVIDER, _HTML_PAGE)
    if "reflects 5-minute TTL" not in " ".join(root.get_text(" ").split()):
        expected = "a note that cache writes are those of 5 minutes"
        raise PageError(PageFault.ANCHOR_MISSING, "no such note", expected)
    for box in root.select(".card_pricing_api_wrap"):
        title = box.select_one(".card_pricing_title_text")
        if title is None:
            raise PageError(PageFault.ANCHOR_MISSING, "a card without a title", "a model's name")
        name = f"Claude {cell_of(title).text}"
        rows = dict(_card_rows(box))
        missing = [label for label in _CARD_ROWS if label not in rows]
        if missing:
            raise PageError(PageFault.ANCHOR_MISSING, f"{name}: {', '.join(rows)}", missing[0])
        card = offers.card(_model_id(name), _facts(name))
        for label, cell in rows.items():
            if label in _CARD_ROWS:
                FIGURES.put(card, cell, _CARD_ROWS[label], field=label)
    return offers.claims()


def _card_rows(box: Tag) -> Iterator[tuple[str, Cell]]:
    for row in box.select(".tokens_main_wrap"):
        label, value = row.select_one(".tokens_main_label"), row.select_one(".tokens_main_val")
        if label is not None and value is not None:
            yield cell_of(label).label, cell_of(value)


def _model_id(name: str) -> str:
    """The API id of a display name; a name that no rule covers stays as it is."""
    match = _NAME.match(name.strip())
    if match is None:
        return name
    if match["name"] in _OLD_IDS:
        return _OLD_IDS[match["name"]]
    if Decimal(match["version"]) < Decimal("4.1"):
        return name
    return match["name"].lower().replace(" ", "-").replace(".", "-")


def _facts(name: str) -> Facts:
    plain_name = _NAME.match(name.strip())
    status = _STATUS.search(name)
    return Facts(
        name=plain_name["name"] if plain_name else name,
        status=status["status"].strip() if status else None,
    )


def _version(claim: OfferClaim) -> Decimal:
    return max(_versions(claim.facts.name or ""), default=Decimal(0))


def _versions(text: str) -> list[Decimal]:
    return [Decimal(version) for version in re.findall(r"[0-9]+(?:\.[0-9]+)?", text)]
