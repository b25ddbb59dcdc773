"""Tencent Cloud's page of model prices, international site in Chinese: USD per million tokens.

2026-07-17  Two tabs, Singapore and Guangzhou, with a table of language models each and one table of
            embeddings. One model name may be sold twice: by the lab itself ("原厂直供") and hosted
            by Tencent, at other prices; those are two offers.

The page gives display names only, so those are the ids. The header names the currency.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bs4 import BeautifulSoup, Tag

from registry.pricing.terms import STANDARD, Terms
from scrapers.claims import Entry, EntryFault, OfferClaim, PageError, PageFault
from scrapers.figures import Figures, Price, above, put_row
from scrapers.pages import Offers, PageForm
from scrapers.tables import Cell, Table, html_tables, label_of

PROVIDER = "tencent"
PAGE = "https://www.tencentcloud.com/zh/document/product/1300/78937"
FORM = PageForm(sign="<title>模型价格</title>", end_mark="</html>")
split = FORM.split

FIGURES = Figures(sign="")
_NAME, _CONDITION = "模型名称", "条件(token)"
_COLUMNS = {
    "推理输入(美元/百万 tokens)": "input_tokens",
    "推理输出(美元/百万 tokens)": "output_tokens",
    "缓存命中(美元/百万 tokens)": "cache_read_tokens",
}
_EMBEDDING_ITEM, _EMBEDDING_PRICE = "计费项", "价格(美元/百万 tokens)"
_EMBEDDING = {
    "文本输入": "input_tokens",
    "图片输入": "input_image_tokens",
    "视频输入": "input_video_tokens",
}
_REGIONS = {"新加坡": "ap-singapore", "广州": "ap-guangzhou"}

# A first band has no floor: it holds until the next one begins. ``≥ 32k`` begins at N - 1.
_FIRST_BAND = re.compile(r"输入长度 ?\( ?0, ?[0-9]+k\]|0 ≤ 输入长度 < [0-9]+k", re.I)
_NEXT_BAND = re.compile(r"输入长度 (?:(?P<above>[0-9]+)k\+|≥ (?P<from>[0-9]+)k)", re.I)


def read(entry: Entry) -> Iterable[OfferClaim]:
    """A claim for each model of the page, over its regions."""
    root = BeautifulSoup(FORM.text(entry.raw), "lxml")
    offers = Offers(PROVIDER, PAGE)
    tabs = root.select(".tse-tabs")
    if not tabs:
        raise PageError(PageFault.ANCHOR_MISSING, "no tabs", f"tabs {', '.join(_REGIONS)}")
    for tab in tabs:
        for region, pane in _panes(tab):
            for table in html_tables(pane):
                _put_models(offers, table, region)
                pane.extract()
    for table in html_tables(root):
        if table.has(_NAME, _EMBEDDING_ITEM):
            _put_embeddings(offers, table)
    return offers.claims()


def _panes(tab: Tag) -> list[tuple[str, Tag]]:
    labels = [label.get_text(strip=True) for label in tab.select(".tse-tabs__item-label")]
    panes = tab.select(".tse-tabs__cont")
    unknown = [label for label in labels if label not in _REGIONS]
    if unknown or len(labels) != len(panes):
        found = f"{len(panes)} panes of {', '.join(labels)}"
        raise PageError(PageFault.ANCHOR_MISSING, found, f"a pane each of {', '.join(_REGIONS)}")
    return [(_REGIONS[label], pane) for label, pane in zip(labels, panes, strict=True)]


def _put_models(offers: Offers, table: Table, region: str) -> None:
    for row in table.rows:
        card = offers.card(table.cell(row, _NAME).text)
        condition = table.cell(row, _CONDITION)
        terms = _terms(condition, region)
        if terms is None:
            expected = "a range of input lengths that is known"
            card.remark(EntryFault.BAD_TIERS, _CONDITION, condition.text, expected)
            continue
        prices = {name: Price(meter, terms) for name, meter in _COLUMNS.items()}
        put_row(card, table, row, {_NAME: None, _CONDITION: None, **prices}, FIGURES)


def _terms(condition: Cell, region: str) -> Terms | None:
    label = label_of(condition.text)
    if label in FIGURES.nothing or _FIRST_BAND.fullmatch(label):
        return Terms(region=region)
    match = _NEXT_BAND.fullmatch(label)
    if match is None:
        return None
    over = int(match["above"]) * 1_000 if match["above"] else int(match["from"]) * 1_000 - 1
    return Terms(region=region, context_over=above(over))


def _put_embeddings(offers: Offers, table: Table) -> None:
    for row in table.rows:
        card = offers.card(table.cell(row, _NAME).text)
        meter = _EMBEDDING.get(table.cell(row, _EMBEDDING_ITEM).text)
        price = Price(meter, STANDARD) if meter else None
        known = {_NAME: None, _EMBEDDING_ITEM: None}
        put_row(card, table, row, {**known, _EMBEDDING_PRICE: price} if price else known, FIGURES)
