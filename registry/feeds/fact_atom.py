"""Atom feeds of facts: of everything, of a provider, of a model. An entry is of one subject.

What is first seen is told too: a deprecation is first seen when it is announced.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from registry.feeds import sentences
from registry.feeds.atom import CHANGES, AtomFeed, Entry, Subject, held
from registry.selectors.ai_models import model
from registry.selectors.fact_changes import FactChange, FactChangeFilter, fact_changes
from registry.selectors.providers import provider


class FactsFeed(AtomFeed[FactChange]):
    """Context, output limit, openness, release, deprecation, retirement and more."""

    subtitle = "What is known of models and offers beside their prices; each fact has its receipt."

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Subject:
        """All changes."""
        return _subject("facts of AI models", "/changes")

    def read(self, subject: Subject) -> Sequence[FactChange]:
        """The newest changes first."""
        return fact_changes(subject.wanted, newest_first=True, limit=CHANGES).rows

    def thing(self, change: FactChange) -> str:
        """The model or offer."""
        return change.subject

    def step(self, change: FactChange) -> str:
        """From what value to what."""
        return sentences.fact_step(change)

    def receipt(self, change: FactChange) -> str:
        """The receipt in the API."""
        return f"/api/v1/receipts/facts/{change.point_id}"

    def item_guid(self, entry: Entry[FactChange]) -> str:
        """An id that stays; a model and an offer may have one name."""
        first = entry.first
        return f"urn:ratecard:facts:{first.revision}:{first.of}:{first.subject}"


class ProviderFactsFeed(FactsFeed):
    """Facts of one provider's offers, where they part from their models."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Subject:
        """The provider; 404 where none is held under the id."""
        slug: str = kwargs["provider"]
        name = f"facts of {held(provider, slug).name}"
        return _subject(name, f"/providers/{slug}", provider=slug)


class ModelFactsFeed(FactsFeed):
    """Facts of one model and of its offers."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Subject:
        """The model; 404 where none is held under the id."""
        ref = kwargs["lab"], kwargs["slug"]
        name = f"facts of {held(model, *ref).name}"
        return _subject(name, "/models/{}/{}".format(*ref), model=ref)


def _subject(name: str, link: str, **of: Any) -> Subject:
    wanted = FactChangeFilter(**of)
    return Subject(f"Ratecard: {name}", link, f"urn:ratecard:facts:{link}", wanted)
