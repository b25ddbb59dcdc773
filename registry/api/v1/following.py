"""How a feed is asked and followed: from a place on, oldest or newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from rest_framework.request import Request

from registry.api import cursors, kinds
from registry.api.queries import parameter
from registry.api.v1 import asking
from registry.selectors.feed import after_revision
from registry.selectors.ordering import Key

OLDEST_FIRST, NEWEST_FIRST = "oldest", "newest"


class Placed(Protocol):
    """Something with a place in a feed."""

    @property
    def key(self) -> Key:
        """The place: its revision, then its point."""
        ...


@dataclass(frozen=True, slots=True)
class Followed:
    """A part of a feed."""

    limit: int = parameter(kinds.LIMIT, "How many at most.", asking.DEFAULT_LIMIT)
    cursor: Key | None = parameter(cursors.CURSOR_IN_FEED, "Where to go on.")
    since: Key | None = parameter(
        cursors.PLACE, "Only what came after this revision, or after a place of the feed."
    )
    order: str = parameter(
        kinds.one_of((OLDEST_FIRST, NEWEST_FIRST)), "Which come first.", OLDEST_FIRST
    )

    @property
    def newest_first(self) -> bool:
        """Whether the feed is read backwards."""
        return self.order == NEWEST_FIRST

    def follow(self, request: Request, seen: Sequence[Placed], head: int) -> str:
        """The same question after the latest change seen, or after the head that held no other."""
        if seen and not self.newest_first:
            place = seen[-1].key
        elif seen and self.cursor is None:
            place = seen[0].key
        else:
            place = self.cursor or self.since or after_revision(head)
        asked = request.GET.copy()
        asked.pop("cursor", None)
        asked.pop("order", None)
        asked["since"] = cursors.cursor_text(place)
        return f"{request.path}?{asked.urlencode()}"
