"""Pages of a list that is held in memory, in orders like those of `registry.selectors.ordering`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from registry.selectors.ordering import BadPlace, Key, read_part, written_part
from registry.selectors.paging import Page

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class SortsInMemory(Generic[Row]):
    """The orders of one list: a kind of value and how a row tells it, by name.

    ``number`` identifies a row; equal rows stand by it.
    """

    number: Callable[[Row], int]
    by: Mapping[str, tuple[type, Callable[[Row], Any]]]
    default: str

    @property
    def names(self) -> tuple[str, ...]:
        """Every order: a name from the least on, and with ``-`` from the greatest."""
        return tuple(f"{sign}{name}" for name in self.by for sign in ("", "-"))

    def page(self, rows: Iterable[Row], sort: str, *, after: Key | None, limit: int) -> Page[Row]:
        """The first ``limit`` rows after a key; raises `BadPlace` for a key of another order."""
        kind, value = self.by[sort.removeprefix("-")]
        descending = sort.startswith("-")
        ordered = sorted(rows, key=self.number)
        known = [row for row in ordered if value(row) is not None]
        known.sort(key=value, reverse=descending)
        found = [*known, *(row for row in ordered if value(row) is None)]
        if after is not None:
            place = self._place(sort, kind, after)
            found = [row for row in found if _is_after(self._at(row, value), place, descending)]
        shown = tuple(found[:limit])
        more = len(found) > limit
        return Page(shown, self._key(sort, *self._at(shown[-1], value)) if more else None)

    def _at(self, row: Row, value: Callable[[Row], Any]) -> tuple[Any, int]:
        return value(row), self.number(row)

    def _key(self, sort: str, value: Any, number: int) -> Key:
        return sort, written_part(value), number

    def _place(self, sort: str, kind: type, after: Key) -> tuple[Any, int]:
        if len(after) != 3 or after[0] != sort:
            raise BadPlace(after)
        value = None if after[1] is None else read_part(kind, after[1])
        return value, read_part(int, after[2])


def _is_after(row: tuple[Any, int], place: tuple[Any, int], descending: bool) -> bool:
    (value, number), (at, passed) = row, place
    if value is None or at is None:
        return number > passed if value is at else value is None
    if value == at:
        return number > passed
    return bool(value < at if descending else value > at)
