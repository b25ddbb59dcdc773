"""Atom feeds of changes: of everything, of a provider, of a model.

An entry is what one revision changed of one offer; its id never changes, so a reader shows it once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.utils.feedgenerator import Atom1Feed

from registry.feeds import sentences
from registry.selectors.ai_models import model
from registry.selectors.changes import ChangeFilter, PriceChange, changes
from registry.selectors.paging import NotHeld
from registry.selectors.providers import provider

_CHANGES = 500
_LISTED = 40


@dataclass(frozen=True, slots=True)
class Subject:
    """What a feed is of."""

    title: str
    link: str
    wanted: ChangeFilter


@dataclass(frozen=True, slots=True)
class Entry:
    """What one revision changed of one offer."""

    changes: tuple[PriceChange, ...]

    @property
    def first(self) -> PriceChange:
        """The change that stands for the others."""
        return self.changes[0]


if TYPE_CHECKING:
    _Feed = Feed[Entry, Subject]
else:
    _Feed = Feed  # generic for the type checker only


class ChangesFeed(_Feed):
    """Every repricing, correction, withdrawal and return; prices merely first seen are left out."""

    feed_type = Atom1Feed
    subtitle = "From what, to what and why; each figure has its receipt."
    author_name = "Ratecard"

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Subject:
        """All changes."""
        return Subject("Ratecard: changes of AI model prices", "/changes", _wanted())

    def title(self, subject: Subject) -> str:
        """The feed's name."""
        return subject.title

    def link(self, subject: Subject) -> str:
        """The page that shows the same."""
        return subject.link

    def feed_guid(self, subject: Subject) -> str:
        """An id that stays."""
        return f"urn:ratecard:changes:{subject.link}"

    def items(self, subject: Subject) -> list[Entry]:
        """The newest entries."""
        found = changes(subject.wanted, newest_first=True, limit=_CHANGES).rows
        groups = groupby(found, key=lambda change: (change.revision, change.offer))
        return [Entry(tuple(reversed(list(group)))) for _, group in groups]

    def item_title(self, entry: Entry) -> str:
        """The offer and its first change."""
        more = len(entry.changes) - 1
        rest = f" and {more} more" if more else ""
        return f"{entry.first.offer}: {sentences.step(entry.first)}{rest}"

    def item_description(self, entry: Entry) -> str:
        """Every change, a line each."""
        return _lines(entry.changes)

    def item_link(self, entry: Entry) -> str:
        """The receipt of the first change."""
        return f"/receipts/{entry.first.now.point_id}"

    def item_guid(self, entry: Entry) -> str:
        """An id that stays."""
        return f"urn:ratecard:revision:{entry.first.revision}:{entry.first.offer}"

    def item_pubdate(self, entry: Entry) -> datetime:
        """When it came out."""
        return entry.first.published_at

    def item_updateddate(self, entry: Entry) -> datetime:
        """The same: an entry never changes."""
        return entry.first.published_at

    def item_categories(self, entry: Entry) -> list[str]:
        """Why: the causes of its changes."""
        return sorted({change.cause for change in entry.changes})


class ProviderFeed(ChangesFeed):
    """Changes of one provider's offers."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Subject:
        """The provider; 404 where none is held under the id."""
        slug: str = kwargs["provider"]
        try:
            row = provider(slug)
        except NotHeld as error:
            raise Http404(str(error)) from error
        return Subject(f"Ratecard: {row.name}", f"/providers/{slug}", _wanted(provider=slug))


class ModelFeed(ChangesFeed):
    """Changes of one model's offers, whoever sells it."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Subject:
        """The model; 404 where none is held under the id."""
        lab, slug = kwargs["lab"], kwargs["slug"]
        try:
            row = model(lab, slug)
        except NotHeld as error:
            raise Http404(str(error)) from error
        return Subject(f"Ratecard: {row.name}", f"/models/{lab}/{slug}", _wanted(model=(lab, slug)))


def _wanted(**of: Any) -> ChangeFilter:
    return ChangeFilter(first_seen=False, **of)


def _lines(told: Sequence[PriceChange]) -> str:
    lines = [sentences.step(change) for change in told[:_LISTED]]
    if len(told) > _LISTED:
        lines.append(f"… and {len(told) - _LISTED} more")
    return "\n".join(lines)
