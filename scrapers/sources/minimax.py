"""MiniMax's price page in Chinese: CNY, text models in grids of ``div``, the rest in tables.

2026-07-20  M3 in two bands of context at half its struck-through price, "永久五折": for good, so
            the lower figure is the price. M2.7 states its unit in every cell. Video a video, speech
            per ten thousand characters, music a song (for which there is no meter).

Names are API ids. The tab of priority rates is filled by a browser and is not on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from bs4 import BeautifulSoup, Tag

from registry.pricing.terms import STANDARD, Terms
from scrapers.claims import Entry, EntryFault, OfferClaim
from scrapers.figures import Figures, Price, above, put_row
from scrapers.pages import Offers, PageForm
from scrapers.tables import Cell, Table, cell_of, html_tables, label_of, tables_with
from scrapers.units import ONE

PROVIDER = "minimax-cn"
PAGE = "https://platform.minimaxi.com/subscribe/token-plan"
FORM = PageForm(sign="MiniMax API 平台", end_mark="</html>")
split = FORM.split

FIGURES = Figures(sign="¥")
_NAME = "模型"
_BANDED = {
    "输入价格 百万 tokens": "input_tokens",
    "输出价格 百万 tokens": "output_tokens",
    "缓存读取 百万 tokens": "cache_read_tokens",
}
_PLAIN = {
    "输入(含多模态)": "input_tokens",
    "输出": "output_tokens",
    "缓存读取": "cache_read_tokens",
    "缓存写入": "cache_write_tokens",
}
_BANDED_NAME = re.compile(
    r"(?P<id>\S+) 上下文 (?:≤ [0-9]+K|(?P<floor>[0-9]+)K ~ [0-9]+[KM])(?P<forever> 永久五折)?"
)
_VIDEO = re.compile(r".*· (?P<size>[0-9]+P) (?P<length>[0-9]+s)")


def read(entry: Entry) -> Iterable[OfferClaim]:
    """A claim for each model of the page."""
    root = BeautifulSoup(FORM.text(entry.raw), "lxml")
    offers = Offers(PROVIDER, PAGE, currency="CNY")
    grids = list(_grids(root))
    for grid in tables_with(grids, _NAME, *_BANDED):
        for row in grid.rows:
            _put_banded(offers, grid, row)
    for grid in tables_with(grids, _NAME, *_PLAIN):
        prices = {name: Price(meter) for name, meter in _PLAIN.items()}
        for row in grid.rows:
            card = offers.card(grid.cell(row, _NAME).text)
            put_row(card, grid, row, {_NAME: None, **prices}, FIGURES)
    _put_media(offers, html_tables(root))
    return offers.claims()


def _grids(root: BeautifulSoup) -> Iterator[Table]:
    header: tuple[str, ...] = ()
    rows: list[tuple[Cell, ...]] = []
    for line in root.select("div.grid[style*=grid-template-columns]"):
        cells = tuple(cell_of(cell) for cell in line.children if isinstance(cell, Tag))
        if cells and cells[0].label == _NAME:
            yield Table("", header, tuple(rows))
            header, rows = tuple(cell.label for cell in cells), []
        else:
            rows.append(cells)
    yield Table("", header, tuple(rows))


def _put_banded(offers: Offers, grid: Table, row: tuple[Cell, ...]) -> None:
    written = grid.cell(row, _NAME).text
    match = _BANDED_NAME.fullmatch(written)
    card = offers.card(match["id"] if match else written)
    if match is None:
        card.remark(EntryFault.BAD_TIERS, _NAME, written, "a model and its band of context")
        return
    if match["forever"]:
        row = tuple(replace(cell, struck=()) for cell in row)
    terms = Terms(context_over=above(int(match["floor"]) * 1_000)) if match["floor"] else STANDARD
    prices = {name: Price(meter, terms) for name, meter in _BANDED.items()}
    put_row(card, grid, row, {_NAME: None, **prices}, FIGURES)


def _put_media(offers: Offers, tables: list[Table]) -> None:
    for table in tables_with(tables, _NAME, "功能", "单价 / 视频"):
        for row in table.rows:
            card = offers.card(table.cell(row, _NAME).text)
            kind = _VIDEO.fullmatch(table.cell(row, "功能").text)
            variant = f"{kind['size'].lower()}/{kind['length']}" if kind else None
            price = Price("output_videos", Terms(variant=variant), ONE)
            put_row(card, table, row, {_NAME: None, "功能": None, "单价 / 视频": price}, FIGURES)
    for table in tables_with(tables, "可用模型", "单价 / 万字符"):
        price = Price("input_characters", per=Decimal(10_000))
        for row in table.rows:
            if label_of(table.cell(row, "可用模型").text) != "所有模型":
                card = offers.card(table.cell(row, "可用模型").text)
                known = {"场景": None, "可用模型": None, "单价 / 万字符": price}
                put_row(card, table, row, known, FIGURES)
    for table in tables_with(tables, _NAME, "单价 / 首"):
        for row in table.rows:
            put_row(offers.card(table.cell(row, _NAME).text), table, row, _SONGS, FIGURES)


_SONGS: dict[str, Price | None] = {_NAME: None, "说明": None}
