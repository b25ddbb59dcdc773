"""Atom feeds of prices: of everything, of a provider, of a model. An entry is of one offer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from registry.feeds import sentences
from registry.feeds.atom import CHANGES, AtomFeed, Entry, Subject, held
from registry.selectors.ai_models import model
from registry.selectors.changes import ChangeFilter, PriceChange, changes
from registry.selectors.providers import provider


class ChangesFeed(AtomFeed[PriceChange]):
    """Every repricing, correction, withdrawal and return; prices merely first seen are left out."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Subject:
        """All changes."""
        return _subject("changes of AI model prices", "/changes")

    def read(self, subject: Subject) -> Sequence[PriceChange]:
        """The newest changes first."""
        return changes(subject.wanted, newest_first=True, limit=CHANGES).rows

    def thing(self, change: PriceChange) -> str:
        """The offer."""
        return change.offer

    def step(self, change: PriceChange) -> str:
        """From what price to what."""
        return sentences.step(change)

    def receipt(self, change: PriceChange) -> str:
        """The page of the receipt."""
        return f"/receipts/{change.point_id}"

    def item_guid(self, entry: Entry[PriceChange]) -> str:
        """An id that stays."""
        return f"urn:ratecard:revision:{entry.first.revision}:{entry.first.offer}"


class ProviderFeed(ChangesFeed):
    """Changes of one provider's offers."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Subject:
        """The provider; 404 where none is held under the id."""
        slug: str = kwargs["provider"]
        return _subject(held(provider, slug).name, f"/providers/{slug}", provider=slug)


class ModelFeed(ChangesFeed):
    """Changes of one model's offers, whoever sells it."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Subject:
        """The model; 404 where none is held under the id."""
        ref = kwargs["lab"], kwargs["slug"]
        return _subject(held(model, *ref).name, "/models/{}/{}".format(*ref), model=ref)


def _subject(name: str, link: str, **of: Any) -> Subject:
    wanted = ChangeFilter(first_seen=False, **of)
    return Subject(f"Ratecard: {name}", link, f"urn:ratecard:changes:{link}", wanted)
