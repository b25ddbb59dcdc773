"""A table told row by row: what its columns mean, and where their values are read.

Rows come in the order of a key, streamed, a statement a table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet

from registry.pricing.quotes import plain

_CHUNK = 2_000

Value = str | int | bool | Decimal | datetime | tuple[str, ...] | None
Row = tuple[Any, ...]


class Kind(StrEnum):
    """What the values of a column are."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    DATE = "date"
    MOMENT = "moment"
    TEXTS = "texts"


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``path`` is where its value is read, several are joined by a slash."""

    name: str
    kind: Kind
    meaning: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; ``found`` gives its rows as known at a revision, ``order`` the columns of a key."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    found: Callable[[int], QuerySet[Any]]
    order: tuple[str, ...]

    def count(self, revision: int) -> int:
        """How many rows there are. One statement."""
        return self.found(revision).count()

    def rows(self, revision: int) -> Iterator[Row]:
        """The rows in the order of the key, streamed. One statement."""
        paths = [path for column in self.columns for path in column.path]
        found = self.found(revision).order_by(*self.order).values_list(*paths)
        for values in found.iterator(chunk_size=_CHUNK):
            told = iter(values)
            yield tuple(_value([next(told) for _ in c.path], c.kind) for c in self.columns)


def _value(parts: list[Any], kind: Kind) -> Value:
    if len(parts) > 1:
        return None if None in parts else "/".join(parts)
    (value,) = parts
    if value is None or value == "":
        return None
    match kind:
        case Kind.DECIMAL:
            return plain(value)
        case Kind.MOMENT:
            moment: datetime = value
            return moment.astimezone(UTC)
        case Kind.TEXTS:
            return tuple(value)
        case _:
            told: Value = value
            return told
