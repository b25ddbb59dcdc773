"""DeepSeek's price page, English (USD) and Chinese (CNY): one table, one column a model.

2026-05-08  English: a struck-through list price stands beside a promotion with its end in note (3).
2026-07-17  Chinese: figures end in 元; deepseek-chat and deepseek-reasoner are about to go.
2026-08-18  English: each price is split into the rows OFF-PEAK and PEAK; the model's version is
            dated. The peak hours stand outside of the table.

The old names deepseek-chat and deepseek-reasoner are two modes of one model, so they are no aliases
of its offer: a bill under them may differ in what is reasoning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from bs4 import BeautifulSoup

from registry.pricing.hours import Hours
from registry.pricing.terms import STANDARD, Terms
from scrapers.claims import (
    Entry,
    EntryFault,
    Facts,
    OfferClaim,
    PageError,
    PageFault,
    Remark,
    Scheduled,
)
from scrapers.figures import Figures, Price, token_count
from scrapers.pages import PageForm
from scrapers.quoting import Card, name_remark, shown
from scrapers.tables import Cell, Table, html_tables, label_of

PROVIDER = "deepseek"
FORM = PageForm(sign="https://api.deepseek.com", end_mark="</html>")
split = FORM.split


@dataclass(frozen=True, slots=True)
class _Edition:
    """One language of the page: its address, money and the names of its rows.

    ``prices``: the meter of each row of prices; ``heading``: the cell that stands beside them.
    """

    page: str
    currency: str
    figures: Figures
    model: str
    version: str
    context: str
    output: str
    prices: dict[str, str]
    heading: str


_ENGLISH = _Edition(
    page="https://api-docs.deepseek.com/quick_start/pricing",
    currency="USD",
    figures=Figures(sign="$"),
    model="MODEL",
    version="MODEL VERSION",
    context="CONTEXT LENGTH",
    output="MAX OUTPUT",
    prices={
        "1M INPUT TOKENS (CACHE HIT)": "cache_read_tokens",
        "1M INPUT TOKENS (CACHE MISS)": "input_tokens",
        "1M OUTPUT TOKENS": "output_tokens",
    },
    heading="PRICING",
)
_CHINESE = _Edition(
    page="https://api-docs.deepseek.com/zh-cn/quick_start/pricing",
    currency="CNY",
    figures=Figures(sign="元"),
    model="模型",
    version="模型版本",
    context="上下文长度",
    output="输出长度",
    prices={
        "百万tokens输入(缓存命中)": "cache_read_tokens",
        "百万tokens输入(缓存未命中)": "input_tokens",
        "百万tokens输出": "output_tokens",
    },
    heading="价格",
)

# The page splits its prices by peak hours but its table does not say which these are. Until a note
# of the page does: 01:00-04:00 and 06:00-10:00 UTC on weekdays since 2026-08-17, as DeepSeek
# announced with that change (receipt: genai-prices 0.2.3, deepseek, constraint of the peak prices).
PEAK = Hours.parse("mon-fri 01:00-04:00,06:00-10:00")
_PERIODS = {"off-peak": False, "peak": True}

_PROMOTION = re.compile(r"(?P<figure>\S+) \(\s*[0-9]+% off\s*\)", re.I)
_PROMOTION_END = re.compile(
    r"(?P<model>deepseek-[\w.-]+) model[^.]*?% discount[^.]*? until "
    r"(?P<moment>[0-9]{4}/[0-9]{1,2}/[0-9]{1,2} [0-9]{1,2}:[0-9]{2}) UTC",
    re.I,
)
# A clock time in a sentence on peak hours is such a note: understood, or else remarked on.
_PEAK_TIMES = re.compile(
    r"(?=[^.。]*(?:peak|高峰))[^.。]*[0-9]{1,2}:[0-9]{2}[^.。]*(?=[.。]|\Z)", re.I
)
_PEAK_NOTE = re.compile(
    r"(?<!off[- ])\bpeak\b(?:(?!off[- ]peak).)*?"
    r"(?P<windows>(?:[0-9]{2}:[0-9]{2}\s*[-–]\s*[0-9]{2}:[0-9]{2}(?:,|\s|and)*)+)"
    r"\(?UTC(?![+0-9]).*?(?P<days>weekdays|daily|every day)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _PriceRow:
    """One row of prices; ``is_peak`` is None where the hours do not matter."""

    name: str
    meter: str
    is_peak: bool | None
    cells: tuple[Cell, ...]


def read(entry: Entry) -> Iterable[OfferClaim]:
    """A claim for each model of the page's table."""
    root = BeautifulSoup(FORM.text(entry.raw), "lxml")
    table, edition = _price_table(html_tables(root))
    for element in root.find_all("table"):
        element.extract()
    notes = " ".join(root.get_text(" ").split())
    rows, unknown = _price_rows(table, edition)
    hours, faults = _hours_by_period(notes) if rows[0].is_peak is not None else ({}, [])
    ends = _promotion_ends(notes)
    for place in _model_columns(table, edition):
        model_id = table.header[place]
        now, later = (Card(strings=True, currency=edition.currency) for _ in range(2))
        now.remarks += faults
        for row in rows:
            terms = STANDARD if row.is_peak is None else Terms(hours=hours[row.is_peak])
            price = Price(row.meter, terms)
            current, listed = _without_promotion(row.cells[place])
            edition.figures.put(now, current, price, field=row.name)
            edition.figures.put(later, listed or current, price, field=row.name)
            if listed is not None and model_id not in ends:
                shown = f"{current.text}, listed at {listed.text}"
                now.remark(EntryFault.PROMOTION_WITHOUT_END, row.name, shown, "the day it ends")
        for name, cells in unknown:
            now.remark(EntryFault.UNKNOWN_FIELD, name, cells[place].text, "a price that is known")
        yield _claim(table, edition, place, now, later, ends.get(model_id))


def _price_table(tables: list[Table]) -> tuple[Table, _Edition]:
    for table in tables:
        for edition in (_ENGLISH, _CHINESE):
            if table.has(edition.model):
                return table, edition
    found = "; ".join(", ".join(table.header) for table in tables) or "no table"
    raise PageError(PageFault.ANCHOR_MISSING, found, f"a table headed {_ENGLISH.model!r}")


def _model_columns(table: Table, edition: _Edition) -> list[int]:
    table.column(edition.model)
    label = label_of(edition.model)
    return [place for place, header in enumerate(table.header) if header != label]


def _price_rows(
    table: Table, edition: _Edition
) -> tuple[list[_PriceRow], list[tuple[str, tuple[Cell, ...]]]]:
    """The known rows of prices, and the unknown rows that stand among them."""
    meters = {label_of(name): meter for name, meter in edition.prices.items()}
    places = [i for i, header in enumerate(table.header) if header == label_of(edition.model)]
    known: list[_PriceRow] = []
    unknown: list[tuple[str, tuple[Cell, ...]]] = []
    for cells in table.rows:
        if len(cells) != len(table.header):
            found = " | ".join(cell.text for cell in cells)
            raise PageError(PageFault.WRONG_FORMAT, found, f"{len(table.header)} cells a row")
        labels = [cells[place].label for place in places]
        names = [label for label in labels if label in meters]
        rest = {label for label in labels if label not in meters} - {label_of(edition.heading)}
        periods = [_PERIODS[label] for label in rest if label in _PERIODS]
        if names and len(rest) == len(periods) <= 1:
            period = periods[0] if periods else None
            known.append(_PriceRow(names[0], meters[names[0]], period, cells))
        elif names or label_of(edition.heading) in labels:
            unknown.append((" ".join(dict.fromkeys(labels)), cells))
    _demand_full_card(known, edition)
    return known, unknown


def _demand_full_card(rows: list[_PriceRow], edition: _Edition) -> None:
    """Each price must be there, for all hours or for both periods, and only once."""
    stated = sorted((row.meter, str(row.is_peak)) for row in rows)
    meters = sorted(edition.prices.values())
    whole = [(meter, "None") for meter in meters]
    split_up = [(meter, period) for meter in meters for period in ("False", "True")]
    if stated not in (whole, split_up):
        found = ", ".join(row.name for row in rows) or "no row of prices"
        expected = f"{', '.join(edition.prices)}, each once or each OFF-PEAK and PEAK"
        raise PageError(PageFault.ANCHOR_MISSING, found, expected)


def _hours_by_period(notes: str) -> tuple[dict[bool, Hours], list[Remark]]:
    """The hours of peak (True) and off-peak (False), and what a note says that is unclear."""
    peak, faults = PEAK, []
    told = _PEAK_TIMES.findall(notes)
    if told:
        try:
            (sentence,) = told
            peak = _hours_of(sentence)
        except ValueError:
            expected = "one sentence with windows such as 01:00-04:00 UTC, on weekdays or daily"
            faults.append(Remark(EntryFault.BAD_HOURS, "peak", shown(" ".join(told)), expected))
    return {True: peak, False: peak.complement()}, faults


def _hours_of(sentence: str) -> Hours:
    """The peak hours that a note states; raises `ValueError` where it does not, or others."""
    note = _PEAK_NOTE.search(sentence)
    if note is None:
        raise ValueError(sentence)
    days = "mon-fri" if "week" in note["days"].lower() else "mon-sun"
    windows = re.findall(r"[0-9:]+-[0-9:]+", re.sub(r"\s*[-–]\s*", "-", note["windows"]))
    return Hours.parse(f"{days} {','.join(windows)}")


def _without_promotion(cell: Cell) -> tuple[Cell, Cell | None]:
    """The figure that holds now, and the list figure beside it where a promotion is declared."""
    promotion = _PROMOTION.fullmatch(cell.text)
    if promotion is None or len(cell.struck) != 1:
        return cell, None
    return Cell(promotion["figure"]), Cell(cell.struck[0])


def _said(table: Table, name: str, place: int) -> str:
    """What a row beside the prices says of a model; nothing where the page has no such row."""
    label = label_of(name)
    rows = (row for row in table.rows if any(cell.label == label for cell in row))
    return next((row[place].text for row in rows), "")


def _promotion_ends(notes: str) -> dict[str, datetime]:
    """When each model's promotion ends, as far as the notes say it in a moment that exists."""
    ends = {}
    for match in _PROMOTION_END.finditer(notes):
        with suppress(ValueError):
            moment = datetime.strptime(match["moment"], "%Y/%m/%d %H:%M").replace(tzinfo=UTC)
            ends[match["model"]] = moment
    return ends


def _claim(
    table: Table, edition: _Edition, place: int, now: Card, later: Card, ends_at: datetime | None
) -> OfferClaim:
    model_id = table.header[place]
    now.settle()
    later.settle()
    then = tuple(later.quotes)
    misnamed = name_remark(model_id, "model")
    return OfferClaim(
        provider=PROVIDER,
        model_id=model_id,
        quotes=tuple(now.quotes),
        scheduled=(Scheduled(ends_at, then),) if ends_at and later.quotes != now.quotes else (),
        facts=Facts(
            name=_said(table, edition.version, place) or None,
            context_tokens=token_count(_said(table, edition.context, place)),
            max_output_tokens=token_count(_said(table, edition.output, place).rpartition(" ")[2]),
        ),
        remarks=tuple(dict.fromkeys((*now.remarks, *later.remarks, *filter(None, [misnamed])))),
        page=edition.page,
        notes=tuple(now.notes),
    )
