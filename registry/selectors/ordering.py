"""The orders that a list can be told in, and how a place in one of them is written and read.

In every order what a row does not tell comes last, and rows that are equal in it stand in the order
of their ids, so that each row has exactly one place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Case, F, OrderBy, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat, NullIf

Key = tuple[str | int | None, ...]

_LARGEST = 2**63 - 1
_DECIMAL = re.compile(r"-?[0-9]{1,30}(?:\.[0-9]{1,30})?", re.ASCII)


class BadPlace(ValueError):
    """A place that no row of a list in that order has."""


@dataclass(frozen=True, slots=True)
class By:
    """What one name sorts by: columns, compared from the first on, of one kind of value.

    ``known``: False where rows may have none; it is one column then.
    """

    columns: tuple[str | Combinable, ...]
    kind: type = str
    known: bool = True


def by(*columns: str | Combinable, kind: type = str) -> By:
    """By columns that every row has."""
    return By(columns, kind)


def perhaps(column: str | Combinable, kind: type = str) -> By:
    """By a column that is null in some rows."""
    return By((column,), kind, known=False)


def text(column: str) -> By:
    """By a text that is empty where it is not known."""
    return perhaps(NullIf(F(column), Value("")))


def readable(first: str, second: str) -> Combinable:
    """``first/second`` of two columns, null where the second is."""
    return Case(When(**{f"{second}__isnull": False}, then=Concat(first, Value("/"), second)))


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an order, under a name of its own in the statement."""

    name: str
    source: str | Combinable
    kind: type
    descending: bool = False
    known: bool = True

    @property
    def ordering(self) -> OrderBy:
        """How the statement sorts by it."""
        last = None if self.known else True
        return OrderBy(F(self.name), descending=self.descending, nulls_last=last)


@dataclass(frozen=True, slots=True)
class Order:
    """Columns that are compared from the first on and together identify a row."""

    columns: tuple[Column, ...]

    @property
    def annotations(self) -> dict[str, Combinable]:
        """What the statement needs to know of each column."""
        return {
            one.name: F(one.source) if isinstance(one.source, str) else one.source
            for one in self.columns
        }

    @property
    def ordering(self) -> tuple[OrderBy, ...]:
        """How the statement sorts."""
        return tuple(one.ordering for one in self.columns)

    def key(self, values: tuple[Any, ...]) -> Key:
        """A row's place, of its values of the columns."""
        return tuple(map(written_part, values))

    def beyond(self, key: Key) -> Q:
        """Rows that come after a place; raises `BadPlace` for a key that is none."""
        if len(key) != len(self.columns):
            raise BadPlace(key)
        values = (
            None if part is None and not one.known else read_part(one.kind, part)
            for one, part in zip(self.columns, key, strict=True)
        )
        return _after(self.columns, tuple(values))


@dataclass(frozen=True, slots=True)
class Sorts:
    """The orders of one list.

    ``ids``: texts or numbers by kind that together identify a row. ``by``: what each name sorts by;
    a name whose columns are the ids is the list's own order. ``default``: which is meant where
    none is asked.
    """

    ids: Mapping[str, type]
    by: Mapping[str, By]
    default: str

    @property
    def names(self) -> tuple[str, ...]:
        """Every order: a name from the least on, and with ``-`` from the greatest."""
        return tuple(f"{sign}{name}" for name in self.by for sign in ("", "-"))

    def order(self, sort: str) -> Order:
        """The order of one of the names; equal rows stand by their ids from the least on."""
        name, descending = sort.removeprefix("-"), sort.startswith("-")
        one = self.by[name]
        first = [(source, one.kind, descending, one.known) for source in one.columns]
        rest = [
            (source, kind, False, True)
            for source, kind in self.ids.items()
            if source not in one.columns
        ]
        return Order(
            tuple(
                Column(f"place_{number}", *column) for number, column in enumerate([*first, *rest])
            )
        )


def numbered(*columns: str, descending: bool = False) -> Order:
    """The one order of a feed, by numbers that together identify a row."""
    return Order(
        tuple(
            Column(f"place_{number}", column, int, descending)
            for number, column in enumerate(columns)
        )
    )


def beyond(columns: tuple[str, ...], after: Key) -> Q:
    """Rows whose columns, compared from the first on, come after the key's values."""
    return _after(tuple(Column(name, name, int) for name in columns), after)


def _after(columns: tuple[Column, ...], values: tuple[Any, ...]) -> Q:
    one, value = columns[0], values[0]
    if value is None:
        return Q(**{f"{one.name}__isnull": True}) & _after(columns[1:], values[1:])
    rows = Q(**{f"{one.name}__{'lt' if one.descending else 'gt'}": value})
    if not one.known:
        rows |= Q(**{f"{one.name}__isnull": True})
    if len(columns) > 1:
        rows |= Q(**{one.name: value}) & _after(columns[1:], values[1:])
    return rows


def written_part(value: Any) -> str | int | None:
    """A value as a key holds it."""
    if value is None or isinstance(value, str | int):
        return value
    return f"{value:f}" if isinstance(value, Decimal) else str(value.isoformat())


def read_part(kind: type, part: str | int | None) -> Any:
    """A value of a kind as a key holds it; raises `BadPlace` for what is none."""
    try:
        return _READERS[kind](part)
    except (TypeError, ValueError) as error:
        raise BadPlace(part) from error


def _of_type(*types: type) -> Callable[[Any], Any]:
    def read(part: Any) -> Any:
        if type(part) not in types or (isinstance(part, int) and not 0 <= part <= _LARGEST):
            raise BadPlace(part)
        return part

    return read


def _decimal(part: Any) -> Decimal:
    if not _DECIMAL.fullmatch(part):
        raise BadPlace(part)
    return Decimal(part)


def _moment(part: Any) -> datetime:
    moment = datetime.fromisoformat(part)
    if moment.tzinfo is None:
        raise BadPlace(part)
    return moment


_READERS: Mapping[type, Callable[[Any], Any]] = {
    str: _of_type(str),
    int: _of_type(int),
    bool: _of_type(bool),
    Decimal: _decimal,
    datetime: _moment,
    date: date.fromisoformat,
}
