"""Moonshot's price pages of Kimi: Markdown with JSX tables (USD), and Chinese HTML (CNY).

2026-05-08  Markdown: a ``DocTable`` component a page, figures as ``{"$"}0.16``; several pages come
            joined by a line that says so. Models without a cache have a single input price.
2026-07-17  Chinese: one table, figures with ¥.

Model names are the API ids. Every row states the unit it is priced in. The Chinese platform is a
seller of its own, with its own prices.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from scrapers.claims import Entry, EntryFault, Facts, OfferClaim, PageError, PageFault
from scrapers.figures import Figures, Price, put_row, token_count
from scrapers.pages import Offers, PageForm, is_html
from scrapers.tables import Table, html_tables, label_of, markdown_cell, tables_with
from scrapers.units import TOKENS_1M, bought

_MARKDOWN = PageForm(sign="<DocTable", end_mark="tokens consumed")
_HTML = PageForm(sign="Kimi API 开放平台</title>", end_mark="</html>")
_MARKDOWN_PAGE = "https://platform.kimi.ai/docs/pricing/chat-k26"
_HTML_PAGE = "https://platform.kimi.com/docs/pricing/chat-k26"

_BREAK = "--- PAGE BREAK ---"
_COLUMNS: Mapping[str, Price | None] = {
    "Model": None,
    "Unit": None,
    "Input Price (Cache Hit)": Price("cache_read_tokens"),
    "Input Price (Cache Miss)": Price("input_tokens"),
    "Output Price": Price("output_tokens"),
    "Context Window": None,
}
_UNCACHED: Mapping[str, Price | None] = {
    **dict.fromkeys(("Model", "Unit", "Context Window")),
    "Input Price": Price("input_tokens"),
    "Output Price": Price("output_tokens"),
}
_CHINESE = {
    "模型": "Model",
    "计费单位": "Unit",
    "输入价格": "Input Price",
    "输入价格(缓存命中)": "Input Price (Cache Hit)",
    "输入价格(缓存未命中)": "Input Price (Cache Miss)",
    "输出价格": "Output Price",
    "上下文窗口": "Context Window",
}

_COMPONENT = re.compile(r"<DocTable\s+columns=\{\[(.*?)\]\}\s*rows=\{\[(.*?)\]\}\s*/>", re.S)
_TITLE = re.compile(r'title:\s*"([^"]*)"')
_ROW = re.compile(r"\[((?:[^\[\]\"]|\"[^\"]*\")*)\]")
_CELL = re.compile(r'"([^"]*)"(?=\s*(?:,|$))|<>(.*?)</>')


def split(body: bytes, part: str = "") -> Iterator[Entry]:
    """The page as its one entry."""
    return _form(body).split(body, part)


def read(entry: Entry) -> Iterable[OfferClaim]:
    """A claim for each model of the page."""
    form = _form(entry.raw)
    text = form.text(entry.raw)
    if form is _HTML:
        offers = Offers("moonshotai-cn", _HTML_PAGE, currency="CNY")
        tables, figures = [_in_english(table) for table in html_tables(text)], Figures(sign="¥")
    else:
        offers = Offers("moonshotai", _MARKDOWN_PAGE)
        tables, figures = list(_component_tables(text)), Figures(sign="$")
    for table in tables_with(tables, "Model", "Unit", "Output Price"):
        _put_models(offers, table, figures)
    return offers.claims()


def _form(body: bytes) -> PageForm:
    return _HTML if is_html(body) else _MARKDOWN


def _put_models(offers: Offers, table: Table, figures: Figures) -> None:
    for row in table.rows:
        context = token_count(table.cell(row, "Context Window").text)
        card = offers.card(table.cell(row, "Model").text, Facts(context_tokens=context))
        unit = table.cell(row, "Unit").text
        if bought(unit) != TOKENS_1M:
            card.remark(EntryFault.UNKNOWN_UNIT, "unit", unit, "1M tokens")
        else:
            columns = _UNCACHED if table.has("Input Price") else _COLUMNS
            put_row(card, table, row, columns, figures)


def _component_tables(text: str) -> Iterator[Table]:
    if _BREAK in text and not text.rstrip().endswith(_BREAK):
        raise PageError(PageFault.CUT_SHORT, "pages without a last break", f"{_BREAK!r} at the end")
    components = _COMPONENT.findall(text)
    if len(components) != text.count("<DocTable"):
        found = f"{len(components)} whole tables of {text.count('<DocTable')}"
        raise PageError(PageFault.CUT_SHORT, found, "every table whole")
    for columns, rows in components:
        header = tuple(label_of(title) for title in _TITLE.findall(columns))
        cells = (
            tuple(markdown_cell(quoted or shown) for quoted, shown in _CELL.findall(row))
            for row in _ROW.findall(rows)
        )
        yield Table("", header, tuple(cells))


def _in_english(table: Table) -> Table:
    names = {label_of(chinese): label_of(name) for chinese, name in _CHINESE.items()}
    return Table(table.heading, tuple(names.get(name, name) for name in table.header), table.rows)
