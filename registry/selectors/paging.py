"""Pages of a list in a stable order: each is asked for by the sort key of the row before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Q, QuerySet

Key = tuple[str | int, ...]
Row = TypeVar("Row")


class NotHeld(LookupError):
    """Something was asked for by an id that the registry does not hold."""

    def __init__(self, kind: str, identity: object) -> None:
        super().__init__(f"{kind}: nothing is held under {identity}")
        self.kind = kind
        self.identity = str(identity)


class BadPlace(ValueError):
    """A place that no row of a list in that order has."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a list; ``next`` is the key to go on after, None on the last page."""

    rows: tuple[Row, ...]
    next: Key | None


def page_of(
    found: QuerySet[Any, tuple[Any, ...]],
    order: tuple[str, ...],
    *,
    read: Callable[..., Row],
    key: Callable[[Row], Key],
    after: Key | None,
    limit: int,
) -> Page[Row]:
    """The first ``limit`` rows after a key, in the order of columns that identify a row.

    ``read`` makes a row of the columns, ``key`` gives the row's values of ``order``. One statement.
    """
    if after is not None:
        found = found.filter(beyond(order, after))
    rows = tuple(read(*columns) for columns in found.order_by(*order)[: limit + 1])
    more = len(rows) > limit
    return Page(rows[:limit], key(rows[limit - 1]) if more else None)


def one_of(found: QuerySet[Any, tuple[Any, ...]], read: Callable[..., Row]) -> Row | None:
    """The single row, or None. One statement."""
    columns = found.order_by().first()
    return None if columns is None else read(*columns)


def beyond(order: tuple[str, ...], after: Key) -> Q:
    """Rows whose columns, compared from the first on, come after the key's values.

    A column with ``-`` before it counts downwards.
    """
    name, value = order[0], after[0]
    column, comparison = (name[1:], "lt") if name.startswith("-") else (name, "gt")
    rows = Q(**{f"{column}__{comparison}": value})
    if len(order) > 1:
        rows |= Q(**{column: value}) & beyond(order[1:], after[1:])
    return rows
