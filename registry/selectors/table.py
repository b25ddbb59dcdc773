"""Every model with its first-party price and its cheapest: what the table of models shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from registry.catalog.models import Provider
from registry.selectors.ai_models import ModelRow
from registry.selectors.catalogue import Catalogue, Seller, catalogue
from registry.selectors.clocks import AsOf
from registry.selectors.everyday import Everyday, Prices, Start, everyday_prices
from registry.selectors.freshness import stale_sources
from registry.selectors.search import Words

DEFAULT_RATIO = Decimal(3)
_BATCH = ":batch"
_TABLES_KEPT = 8


class Sold(NamedTuple):
    """A model as one provider sells it: everyday prices and their blend at the table's ratio."""

    seller: Seller
    prices: Everyday
    blended: Decimal | None


@dataclass(frozen=True, slots=True)
class TableRow:
    """A model and its two prices; None where no such price is known.

    ``cheapest`` is the lowest blend of who charges per token for an answer at once, so that batch
    endpoints do not count; who gives it away is counted in ``free_at``. ``sellers`` counts the
    offers with a price at the moment.
    """

    model: ModelRow
    lab_name: str
    first_party: Sold | None
    cheapest: Sold | None
    free_at: int
    sellers: int

    @property
    def name(self) -> str:
        """The model's name, without the lab's before it that some sources put there."""
        return self.model.name.removeprefix(f"{self.lab_name}: ")

    @property
    def lead(self) -> Sold | None:
        """The price that stands for the model: its lab's own, else the cheapest."""
        return self.first_party or self.cheapest

    @property
    def changed_at(self) -> datetime | None:
        """When the leading price last changed."""
        return self.lead.prices.since if self.lead else None

    @property
    def is_priced_otherwise(self) -> bool:
        """Whether somebody sells it, but not per token in dollars."""
        return self.lead is None and self.sellers > self.free_at

    @property
    def is_one_offer(self) -> bool:
        """Whether nobody is cheaper than the lab itself, or only one of both is known."""
        return self.first_party is None or self.cheapest in (None, self.first_party)


@dataclass(frozen=True, slots=True)
class TableFilter:
    """Which models are meant; None is any.

    ``words``: all of which name, lab or id must hold. ``modality``: taken or given. ``priced``:
    only models with a price per token.
    """

    words: str = ""
    lab: str | None = None
    open_weights: bool | None = None
    modality: str | None = None
    context_at_least: int | None = None
    priced: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one page of the table, and how many there are in all."""

    rows: tuple[TableRow, ...]
    total: int


ORDERS: Mapping[str, Callable[[TableRow], Any]] = {
    "name": lambda row: row.model.name.casefold(),
    "lab": lambda row: row.lab_name.casefold(),
    "blended": lambda row: row.lead and row.lead.blended,
    "cheapest": lambda row: row.cheapest and row.cheapest.blended,
    "input": lambda row: _amount(row, 0),
    "output": lambda row: _amount(row, 1),
    "cache": lambda row: _amount(row, 2),
    "context": lambda row: row.model.context_tokens,
    "parameters": lambda row: row.model.total_parameters,
    "released": lambda row: row.model.released_on,
    "changed": lambda row: row.changed_at,
    "sellers": lambda row: row.sellers,
}
DEFAULT_ORDER = "-sellers"
BY_SCORE = "score"


def table(
    as_of: AsOf,
    wanted: TableFilter | None = None,
    *,
    ratio: Decimal = DEFAULT_RATIO,
    resellers: bool = False,
    order: str = DEFAULT_ORDER,
    scores: Mapping[int, Decimal] | None = None,
    offset: int = 0,
    limit: int | None = None,
) -> Table:
    """Models with both prices at the moment; a model that nobody had named by then is left out.

    ``resellers``: whether the cheapest may be a reseller's or a plan's, which can be below what the
    model costs where it runs. ``order``: one of `ORDERS`, with ``-`` before it from the greatest
    down; what is unknown comes last either way. ``scores``: of models by their rows' ids, which
    come in the place of a column where ``order`` is `BY_SCORE`. At most five statements, most often
    none.
    """
    rows = _rows(
        everyday_prices(as_of), _turn(as_of), as_of.at.date(), ratio, resellers, catalogue()
    )
    found = sort(_matching(rows, wanted or TableFilter()), order, scores or {})
    shown = found[offset : None if limit is None else offset + limit]
    stale = stale_sources(as_of.at) if as_of.is_about_now else frozenset()
    return Table(tuple(_as_of_today(row, stale) for row in shown), len(found))


def sort(
    rows: Iterable[TableRow], order: str, scores: Mapping[int, Decimal] = MappingProxyType({})
) -> list[TableRow]:
    """By one column or by the scores, then by lab and name."""
    name = order.removeprefix("-")

    def value(row: TableRow) -> Any:
        return scores.get(row.model.model_id) if name == BY_SCORE else ORDERS[name](row)

    known: list[TableRow] = []
    unknown: list[TableRow] = []
    for row in rows:
        (unknown if value(row) is None else known).append(row)
    return [*sorted(known, key=value, reverse=order.startswith("-")), *unknown]


def _as_of_today(row: TableRow, stale: frozenset[int]) -> TableRow:
    """The row with the status ``stale`` where a source has not been heard in time."""
    if not stale:
        return row
    return replace(
        row,
        first_party=row.first_party and _told_today(row.first_party, stale),
        cheapest=row.cheapest and _told_today(row.cheapest, stale),
    )


def _told_today(sold: Sold, stale: frozenset[int]) -> Sold:
    return sold._replace(prices=sold.prices.as_of_today(stale))


def _turn(as_of: AsOf) -> datetime | None:
    """The last moment up to the asked one at which any everyday price began."""
    return max((turn for turn in everyday_prices(as_of).turns if turn <= as_of.at), default=None)


@lru_cache(maxsize=_TABLES_KEPT)
def _rows(
    prices: Prices,
    turn: datetime | None,
    day: date,
    ratio: Decimal,
    resellers: bool,
    held: Catalogue,
) -> tuple[TableRow, ...]:
    standing = prices.at(turn) if turn else {}
    rows = (
        _row(model, held.labs[model.lab], _sold(model, held, standing, ratio), resellers)
        for model in held.models
    )
    return tuple(row for row in rows if row.sellers or _was_out(row.model, prices, day, held))


def _sold(
    model: ModelRow, held: Catalogue, standing: Mapping[int, Everyday], ratio: Decimal
) -> list[Sold]:
    offers = (
        (seller, standing.get(seller.offer_id)) for seller in held.sellers.get(model.model_id, ())
    )
    return [Sold(seller, prices, prices.blended(ratio)) for seller, prices in offers if prices]


def _was_out(model: ModelRow, prices: Prices, day: date, held: Catalogue) -> bool:
    """Whether a model without a price at the moment was there by then, as far as is known."""
    if model.released_on is not None:
        return model.released_on <= day
    return not any(
        seller.offer_id in prices.timelines for seller in held.sellers.get(model.model_id, ())
    )


def _row(model: ModelRow, lab_name: str, sold: Sequence[Sold], resellers: bool) -> TableRow:
    own = [one for one in sold if one.seller.first_party and _amount_of(one.prices.input)]
    charged = (one for one in sold if _is_charged(one) and (resellers or not _is_resold(one)))
    return TableRow(
        model,
        lab_name,
        first_party=min(own, key=lambda one: _plainest(one, model), default=None),
        cheapest=min(charged, key=_dearness, default=None),
        free_at=sum(one.prices.is_free for one in sold),
        sellers=len(sold),
    )


def _is_charged(sold: Sold) -> bool:
    is_batch = sold.seller.provider_model_id.endswith(_BATCH)
    return not is_batch and _amount_of(sold.prices.input) is not None


def _is_resold(sold: Sold) -> bool:
    return sold.seller.kind in (Provider.Kind.RESELLER, Provider.Kind.PLAN)


def _amount_of(said: Start | None) -> Decimal | None:
    return said.amount if said else None


def _dearness(sold: Sold) -> tuple[bool, Decimal, bool, str]:
    """Cheapest first; a whole price before half a one, and at one price the lab's own."""
    alone = _amount_of(sold.prices.input) or Decimal(0)
    whole = sold.blended is not None
    price = alone if sold.blended is None else sold.blended
    return not whole, price, not sold.seller.first_party, sold.seller.ref


def _plainest(sold: Sold, model: ModelRow) -> tuple[bool, bool, bool, int, str]:
    """Of a lab's own offers the one called as lab and model are, else the shortest id."""
    seller, own_id = sold.seller, sold.seller.provider_model_id
    is_plan = seller.kind == Provider.Kind.PLAN
    return is_plan, seller.provider != model.lab, own_id != model.slug, len(own_id), own_id


def _matching(rows: Iterable[TableRow], wanted: TableFilter) -> list[TableRow]:
    words = Words(wanted.words)
    return [row for row in rows if _is_wanted(row, wanted) and _is_named(row, words)]


def _is_named(row: TableRow, words: Words) -> bool:
    return words.match(row.model.name, row.model.slug, row.lab_name)


def _is_wanted(row: TableRow, wanted: TableFilter) -> bool:
    model = row.model
    return (
        wanted.lab in (None, model.lab)
        and wanted.open_weights in (None, model.open_weights)
        and (wanted.modality is None or wanted.modality in _modalities(model))
        and (wanted.context_at_least or 0) <= (model.context_tokens or 0)
        and (row.lead is not None or not wanted.priced)
    )


def _modalities(model: ModelRow) -> list[str]:
    return [*model.input_modalities, *model.output_modalities]


def _amount(row: TableRow, place: int) -> Decimal | None:
    return _amount_of(row.lead.prices[:3][place]) if row.lead else None
