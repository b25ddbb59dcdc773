"""Pages of a list in a stable order: each is asked for by the sort key of the row before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

from registry.selectors.ordering import BadPlace, Key, Order, Sorts

Row = TypeVar("Row")


class NotHeld(LookupError):
    """Something was asked for by an id that the registry does not hold."""

    def __init__(self, kind: str, identity: object) -> None:
        super().__init__(f"{kind}: nothing is held under {identity}")
        self.kind = kind
        self.identity = str(identity)


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a list; ``next`` is the key to go on after, None on the last page."""

    rows: tuple[Row, ...]
    next: Key | None


def page_of(
    found: QuerySet[Any, tuple[Any, ...]],
    sorts: Sorts,
    sort: str,
    *,
    read: Callable[..., Row],
    after: Key | None,
    limit: int,
) -> Page[Row]:
    """The first ``limit`` rows after a key, in one of the orders of the list.

    ``read`` makes a row of the columns. The key holds the order's name too, so that it means
    nothing in another: raises `BadPlace` for a place that no row has in this one. One statement.
    """
    order = sorts.order(sort)
    if after is not None and (not after or after[0] != sort):
        raise BadPlace(sort)
    page = page_in(order, found, read=read, after=None if after is None else after[1:], limit=limit)
    return Page(page.rows, None if page.next is None else (sort, *page.next))


def page_in(
    order: Order,
    found: QuerySet[Any, tuple[Any, ...]],
    *,
    read: Callable[..., Row],
    after: Key | None,
    limit: int,
) -> Page[Row]:
    """The same of a list that has one order only, whose keys are its values alone."""
    found = found.annotate(**order.annotations)
    if after is not None:
        found = found.filter(order.beyond(after))
    columns = list(found.order_by(*order.ordering)[: limit + 1])
    own = len(order.columns)
    rows = tuple(read(*row[:-own]) for row in columns[:limit])
    more = len(columns) > limit
    return Page(rows, order.key(columns[limit - 1][-own:]) if more else None)


def one_of(found: QuerySet[Any, tuple[Any, ...]], read: Callable[..., Row]) -> Row | None:
    """The single row, or None. One statement."""
    columns = found.order_by().first()
    return None if columns is None else read(*columns)
