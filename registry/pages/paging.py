"""Numbered pages of a list whose length is known."""

from __future__ import annotations

from dataclasses import dataclass

from registry.pages.asking import Refused


@dataclass(frozen=True, slots=True)
class Paged:
    """One page: its number from 1, how many rows a page has, and how many there are in all."""

    number: int
    size: int
    total: int

    @property
    def count(self) -> int:
        """How many pages there are; one at least."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """The place of its first row; 0 where there is none."""
        return min((self.number - 1) * self.size + 1, self.total)

    @property
    def last(self) -> int:
        """The place of its last row."""
        return min(self.number * self.size, self.total)

    @property
    def before(self) -> int | None:
        """The page before; the first is asked for without a number."""
        return self.number - 1 if self.number > 2 else None

    @property
    def after(self) -> int:
        """The page that follows."""
        return self.number + 1


def paged(number: int, size: int, total: int) -> Paged:
    """Raises `Refused` for a page behind the last one."""
    page = Paged(number, size, total)
    if number > page.count:
        raise Refused("page", str(number), f"at most {page.count}")
    return page
