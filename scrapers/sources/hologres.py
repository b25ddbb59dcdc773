"""Alibaba Cloud's prices of models hosted in Hologres, in Chinese: CNY per thousand tokens.

2026-07-20  Three tables (tokens, images, seconds of video or sound), the region in the first
            column, bands of input tokens in rows of their own.

The page gives display names only, so those are the ids. Explicit and implicit cache hits differ;
the implicit one is the usual cache read, the explicit one is its variant ``explicit``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from registry.pricing.terms import Terms
from scrapers.claims import Entry, EntryFault, OfferClaim
from scrapers.figures import Figures, Price, above, put_row, with_variant
from scrapers.pages import Offers, PageForm
from scrapers.quoting import Card
from scrapers.tables import Cell, Table, html_tables, tables_with
from scrapers.units import ONE, THOUSAND

PROVIDER = "alibaba-hologres"
PAGE = "https://help.aliyun.com/zh/hologres/user-guide/managed-models-billing"
FORM = PageForm(sign="托管模型计费", end_mark="</html>", per_thousand=True)
split = FORM.split

FIGURES = Figures(sign="", per=THOUSAND)
_REGION, _NAME = "地域", "模型名称"
_REGIONS = {"北京 上海 杭州 深圳": "cn", "新加坡": "ap-southeast-1"}

_KIND, _BAND = "模型类别", "输入 token 阶梯"
_INPUT, _IMPLICIT = "输入单价(元/千 token)", "隐式缓存命中(元/千 token)"
_EXPLICIT_WRITE, _EXPLICIT = "显式缓存创建(元/千 token)", "显式缓存命中(元/千 token)"
_OUTPUT = "输出单价(元/千 token)"
_IMAGE_PRICE = "单价(元/张)"
_RULE, _SIZE, _SECOND_PRICE = "计费规则", "分辨率/规格", "单价(元/秒)"
_INPUTS = {"多模态向量-图片/视频": "input_image_tokens"}
_SECONDS = {
    "按音频时长计费": ("input_audio_seconds",),
    "输出视频按秒计费": ("output_video_seconds",),
    "输入、输出视频按秒计费": ("input_video_seconds", "output_video_seconds"),
    "输入视频和输出视频均按秒计费": ("input_video_seconds", "output_video_seconds"),
}
_FIRST_BAND = re.compile(r"≤ ?[0-9]+K")
_NEXT_BAND = re.compile(r"(?P<floor>[0-9]+)K ?~ ?[0-9]+[KM]")


def read(entry: Entry) -> Iterable[OfferClaim]:
    """A claim for each model of the page, over its regions."""
    tables = html_tables(FORM.text(entry.raw))
    offers = Offers(PROVIDER, PAGE, currency="CNY")
    for table in tables_with(tables, _REGION, _NAME, _BAND):
        for row in table.rows:
            _put_token_prices(offers.card(table.cell(row, _NAME).text), table, row)
    for table in tables_with(tables, _REGION, _NAME, _IMAGE_PRICE):
        for row in table.rows:
            card = offers.card(table.cell(row, _NAME).text)
            price = Price("output_images", Terms(region=_region(card, table, row)), ONE)
            known = dict.fromkeys((_REGION, _NAME, _KIND))
            put_row(card, table, row, {**known, _IMAGE_PRICE: price}, FIGURES)
    for table in tables_with(tables, _REGION, _NAME, _SECOND_PRICE):
        for row in table.rows:
            _put_second_prices(offers.card(table.cell(row, _NAME).text), table, row)
    return offers.claims()


def _put_token_prices(card: Card, table: Table, row: tuple[Cell, ...]) -> None:
    region, band = _region(card, table, row), table.cell(row, _BAND)
    following = _NEXT_BAND.fullmatch(band.text)
    if not (following or band.label in FIGURES.nothing or _FIRST_BAND.fullmatch(band.text)):
        card.remark(EntryFault.BAD_TIERS, _BAND, band.text, "≤256K or 256K~1M")
        return
    over = above(int(following["floor"]) * 1_000) if following else None
    terms = Terms(region=region, context_over=over)
    explicit = Terms(region=region, context_over=over, variant="explicit")
    meter = _INPUTS.get(table.cell(row, _KIND).text, "input_tokens")
    columns = {
        **dict.fromkeys((_REGION, _NAME, _KIND, _BAND)),
        _INPUT: Price(meter, terms),
        _EXPLICIT_WRITE: Price("cache_write_tokens", explicit),
        _EXPLICIT: Price("cache_read_tokens", explicit),
        _IMPLICIT: Price("cache_read_tokens", terms),
        _OUTPUT: Price("output_tokens", terms),
    }
    put_row(card, table, row, columns, FIGURES)


def _put_second_prices(card: Card, table: Table, row: tuple[Cell, ...]) -> None:
    rule = table.cell(row, _RULE).text
    if rule not in _SECONDS:
        card.remark(EntryFault.UNKNOWN_UNIT, _RULE, rule, ", ".join(_SECONDS))
        return
    terms = Terms(region=_region(card, table, row))
    sized = with_variant(card, terms, table.cell(row, _SIZE), field=_SIZE)
    if sized is None:
        return
    known = dict.fromkeys((_REGION, _NAME, _RULE, _SIZE))
    for meter in _SECONDS[rule]:
        put_row(card, table, row, {**known, _SECOND_PRICE: Price(meter, sized, ONE)}, FIGURES)


def _region(card: Card, table: Table, row: tuple[Cell, ...]) -> str | None:
    name = table.cell(row, _REGION).text
    if name not in _REGIONS:
        card.remark(EntryFault.UNKNOWN_FIELD, _REGION, name, ", ".join(_REGIONS))
    return _REGIONS.get(name)
