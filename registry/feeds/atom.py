"""What all Atom feeds of changes share, whatever they are of.

An entry is what one revision changed of one thing; its id never changes, so a reader shows it once.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.contrib.syndication.views import Feed
from django.http import Http404
from django.utils.feedgenerator import Atom1Feed

from registry.selectors.feed import Published
from registry.selectors.paging import NotHeld

CHANGES = 500
"""How many changes the entries of a feed are made of."""
_LISTED = 40

C = TypeVar("C", bound=Published)
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a feed is of: its name, the page that shows the same, its lasting id, the filter."""

    title: str
    link: str
    guid: str
    wanted: Any


@dataclass(frozen=True, slots=True)
class Entry(Generic[C]):
    """What one revision changed of one thing."""

    changes: tuple[C, ...]

    @property
    def first(self) -> C:
        """The change that stands for the others."""
        return self.changes[0]


if TYPE_CHECKING:

    class _Feed(Feed[Entry[C], Subject], Generic[C]): ...
else:

    class _Feed(Feed, Generic[C]):  # generic for the type checker only
        pass


class AtomFeed(_Feed[C], ABC):
    """A feed of changes; what they are of says how they are read, named and told."""

    feed_type = Atom1Feed
    subtitle = "From what, to what and why; each figure has its receipt."
    author_name = "Ratecard"

    @abstractmethod
    def read(self, subject: Subject) -> Sequence[C]:
        """The newest changes first."""

    @abstractmethod
    def thing(self, change: C) -> str:
        """The readable id of what changed."""

    @abstractmethod
    def step(self, change: C) -> str:
        """The change in words, in one line."""

    @abstractmethod
    def receipt(self, change: C) -> str:
        """The address of its evidence."""

    def title(self, subject: Subject) -> str:
        """The feed's name."""
        return subject.title

    def link(self, subject: Subject) -> str:
        """The page that shows the same."""
        return subject.link

    def feed_guid(self, subject: Subject) -> str:
        """An id that stays."""
        return subject.guid

    def items(self, subject: Subject) -> list[Entry[C]]:
        """The newest entries."""
        newest = self.read(subject)
        groups = groupby(newest, key=lambda one: (one.revision, self.thing(one)))
        return [Entry(tuple(reversed(list(group)))) for _, group in groups]

    def item_title(self, entry: Entry[C]) -> str:
        """What changed, and its first change."""
        more = len(entry.changes) - 1
        rest = f" and {more} more" if more else ""
        return f"{self.thing(entry.first)}: {self.step(entry.first)}{rest}"

    def item_description(self, entry: Entry[C]) -> str:
        """Every change, a line each."""
        lines = [self.step(change) for change in entry.changes[:_LISTED]]
        if len(entry.changes) > _LISTED:
            lines.append(f"… and {len(entry.changes) - _LISTED} more")
        return "\n".join(lines)

    def item_link(self, entry: Entry[C]) -> str:
        """The receipt of the first change."""
        return self.receipt(entry.first)

    def item_pubdate(self, entry: Entry[C]) -> datetime:
        """When it came out."""
        return entry.first.published_at

    def item_updateddate(self, entry: Entry[C]) -> datetime:
        """The same: an entry never changes."""
        return entry.first.published_at

    def item_categories(self, entry: Entry[C]) -> list[str]:
        """Why: the causes of its changes."""
        return sorted({change.cause for change in entry.changes})


def held(find: Callable[..., R], *identity: str) -> R:
    """What a feed is asked of; 404 where nothing is held under the id."""
    try:
        return find(*identity)
    except NotHeld as error:
        raise Http404(str(error)) from error
