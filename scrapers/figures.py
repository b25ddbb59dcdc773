"""Price cells of a page: from ``$5 / MTok`` or ``2元`` to a quote, by the page's declared writing.

Every page declares the currency, the sign that its figures bear and what a figure buys. A cell that
is written otherwise is a remark on its card: another unit, a lost sign, an unknown footnote, a
struck-through figure that nobody explained.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from registry.pricing.meters import Unit, meter
from registry.pricing.rates import PriceState
from registry.pricing.terms import STANDARD, Terms
from scrapers.claims import EntryFault
from scrapers.quoting import Card
from scrapers.tables import Cell, Table, label_of
from scrapers.units import MILLION, ONE, bought, figure_and_unit

NOTHING = frozenset(
    {"", "-", "--", "–", "—", "―", "−", "/", "\\", "n/a", "not applicable", "not available"}
    | {"none", "not supported", "无", "不支持", "暂不支持"}
)
_ON_REQUEST = (
    *("contact us", "contact sales", "contact sales for pricing", "talk to sales", "on request"),
    *("联系我们", "联系销售", "商务咨询"),
)
STATES: Mapping[str, PriceState] = {
    **dict.fromkeys(("free", "free of charge", "免费"), PriceState.FREE),
    **dict.fromkeys(_ON_REQUEST, PriceState.ON_REQUEST),
}
# Columns that pages add, and whose names leave no doubt.
_SIDES = {
    **dict.fromkeys(
        ("cached input", "cache read", "cache reads", "cache hit"), "cache_read_tokens"
    ),
    **dict.fromkeys(("cache write", "cache writes"), "cache_write_tokens"),
}
# Columns that pages add beside their prices: how long a prompt or an answer may be.
_SIZES = frozenset(
    {
        "context",
        "context length",
        "context window",
        "max context",
        "max output",
        "max output tokens",
    }
    | {"上下文", "上下文长度", "上下文窗口", "最大输出"}
)
_COUNT = re.compile(r"(?P<digits>[0-9]+(?:,[0-9]{3})*)\s*(?P<scale>[km])?(?: tokens)?", re.I)
_SCALES = {None: 1, "k": 1_000, "m": 1_000_000}
_ANY_SIGN = re.compile(r"[$€£¥元]|\b(?:USD|EUR|GBP|CNY|RMB|JPY)\b")


@dataclass(frozen=True, slots=True)
class Price:
    """What a column or row of prices states; ``per``: what its figures buy, if the header says."""

    meter: str
    terms: Terms = STANDARD
    per: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """How a page writes prices.

    ``sign``: what each figure bears (``$``); empty where a header names the currency. ``per``: how
    many tokens a figure without a unit buys; None where each must have one. ``nothing``: what
    stands where there is no price. ``states``: words in place of a figure. ``currency``: where it
    is not that of the whole card. A unit in the cell (`scrapers.units`) must be one of the meter.
    """

    sign: str
    per: Decimal | None = MILLION
    nothing: frozenset[str] = NOTHING
    states: Mapping[str, PriceState] = field(default_factory=lambda: STATES)
    currency: str | None = None

    def put(self, card: Card, cell: Cell, price: Price, *, field: str) -> None:
        """Adds what a cell states to the card: a quote, a remark, or nothing where it is empty."""
        if cell.struck or cell.marks:
            shown = " ".join((cell.text, *cell.struck, *cell.marks))
            card.remark(EntryFault.NOT_A_FIGURE, field, shown, "one figure without a footnote")
            return
        if cell.label in self.nothing:
            return
        state = self.states.get(cell.label)
        figure, bought = self._figure_and_unit(cell.text, price)
        if state is not None:
            figure, bought = cell.text, price.per or self.per or ONE
        elif bought is None:
            unit = meter(price.meter).unit
            card.remark(EntryFault.UNKNOWN_UNIT, field, cell.text, f"a figure for so many {unit}s")
            return
        elif self.sign and not _ANY_SIGN.search(figure):
            card.remark(EntryFault.NOT_A_FIGURE, field, cell.text, f"a figure with {self.sign}")
            return
        card.quote(
            figure,
            price.meter,
            per=bought,
            field=field,
            terms=price.terms,
            currency=self.currency,
            state=state,
        )

    def _figure_and_unit(self, text: str, price: Price) -> tuple[str, Decimal | None]:
        figure, unit = figure_and_unit(text.replace("\uffe5", "¥"))
        counted = meter(price.meter).unit
        if unit is None:
            return figure, price.per or (self.per if counted is Unit.TOKEN else None)
        what = bought(unit)
        return figure, what.amount if what is not None and what.unit is counted else None


def put_row(
    card: Card,
    table: Table,
    row: tuple[Cell, ...],
    columns: Mapping[str, Price | None],
    figures: Figures,
) -> None:
    """Adds a row's prices to the card by the names of their columns, those of cache rates too.

    ``columns`` names every column that is known; those with a `Price` must be there, those with
    None hold no price. A column that nobody knows is a remark wherever it says something but a
    model's size, and so is a row of another width than the header, of which no figure is taken.
    """
    known = {table.column(name): price for name, price in columns.items() if price is not None}
    passed = {label_of(name) for name, price in columns.items() if price is None}
    if not is_whole(card, table, row):
        return
    for label in (table.header[place] for place in known):
        if table.header.count(label) > 1:
            card.remark(EntryFault.WRONG_SHAPE, label, "two columns of this name", "one")
            return
    for place, (label, cell) in enumerate(zip(table.header, row, strict=True)):
        if label in passed:
            continue
        price = known.get(place) or _side_price(label, known.values())
        if price is not None:
            figures.put(card, cell, price, field=label)
        elif cell.label not in figures.nothing and not _is_size(label, cell):
            card.remark(EntryFault.UNKNOWN_FIELD, label, cell.text, "a column that is known")


def is_whole(card: Card, table: Table, row: tuple[Cell, ...]) -> bool:
    """Whether a row has a cell a column; a remark where its cells may be those of others."""
    whole = len(row) == len(table.header)
    if not whole:
        written = " | ".join(cell.text for cell in row)
        card.remark(EntryFault.WRONG_SHAPE, "row", written, f"{len(table.header)} cells")
    return whole


def _side_price(label: str, known: Iterable[Price]) -> Price | None:
    """The price in a new column of cache rates, under the terms that all other prices share."""
    terms = {price.terms for price in known}
    return Price(_SIDES[label], terms.pop()) if label in _SIDES and len(terms) == 1 else None


def _is_size(label: str, cell: Cell) -> bool:
    """Whether a column tells how much a model takes or gives; a band of lengths is no such size."""
    return label in _SIZES and token_count(cell.text) is not None


def above(tokens: int) -> int | None:
    """The band of context that begins above so many tokens; one from none on is every context."""
    return tokens if tokens > 0 else None


def with_variant(card: Card, terms: Terms, size: Cell, *, field: str) -> Terms | None:
    """The terms for a size as a cell names it; None where its words are no term, or it is empty."""
    if size.text and size.label in NOTHING:
        return terms
    return card.with_variant(terms, size.label, field=field)


def token_count(text: str) -> int | None:
    """``262,144 tokens``, ``384K`` or ``1M`` as whole tokens; None for anything else."""
    match = _COUNT.fullmatch(text.strip())
    if match is None:
        return None
    scale = match["scale"]
    return int(match["digits"].replace(",", "")) * _SCALES[scale.lower() if scale else None]
