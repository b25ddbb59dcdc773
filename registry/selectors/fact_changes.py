"""What was published of facts, in the order in which it came out: from what, to what, and why.

Of models, and of offers from where they part from their model.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from registry.catalog.facts import FactValue, value_of
from registry.ledger.models import FactPoint
from registry.selectors.feed import (
    Published,
    came_after,
    counted_by_revision,
    page_of_changes,
    tell,
)
from registry.selectors.ordering import Key
from registry.selectors.paging import Page

OF_MODEL, OF_OFFER = SUBJECTS = ("model", "offer")
_SAID = ("series__name", "state", "value")
_OF = (
    "series__model__lab__slug", "series__model__slug", "series__offer__provider__slug",
    "series__offer__provider_model_id", "series__offer__model__lab__slug",
    "series__offer__model__slug", "series__name",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SaidFact:
    """What a series of facts said: ``value`` is None where it is retracted."""

    point_id: int
    state: str
    value: FactValue | None


@dataclass(frozen=True, slots=True)
class FactChange(Published):
    """One start of a fact as it was published.

    ``before``: what the registry had said of this fact of the subject itself; an offer that parts
    from its model has said nothing of its own until then.
    """

    now: SaidFact
    before: SaidFact | None
    of: str
    subject: str
    model: str | None
    name: str

    @property
    def owner(self) -> str:
        """The lab of the model or the provider of the offer."""
        return self.subject.partition("/")[0]

    @property
    def own_name(self) -> str:
        """The model's slug at its lab, or the provider's own id of the offer."""
        return self.subject.partition("/")[2]


@dataclass(frozen=True, slots=True)
class FactChangeFilter:
    """Which changes are meant; None is any.

    ``of``: only of models, or only of offers. ``model`` and ``lab``: of the model or the lab's
    models, and of offers of them. ``provider``, ``provider_model_id``: only of such offers.
    ``after``: only beyond this place of the feed.
    """

    of: str | None = None
    model: tuple[str, str] | None = None
    lab: str | None = None
    provider: str | None = None
    provider_model_id: str | None = None
    name: str | None = None
    cause: str | None = None
    after: Key | None = None


def fact_changes(
    wanted: FactChangeFilter | None = None,
    *,
    after: Key | None = None,
    newest_first: bool = False,
    limit: int,
) -> Page[FactChange]:
    """Changes in the order of their publication, or backwards. Three statements."""
    return page_of_changes(
        _matching(wanted or FactChangeFilter()),
        _told,
        after=after,
        newest_first=newest_first,
        limit=limit,
    )


def restated_revisions(
    wanted: FactChangeFilter, *, after: int, until: int
) -> tuple[tuple[int, int], ...]:
    """Revisions beyond ``after`` up to ``until`` that hold such changes, and how many each."""
    return counted_by_revision(_matching(wanted), after=after, until=until)


def _matching(wanted: FactChangeFilter) -> QuerySet[FactPoint]:
    asked = {
        "series__offer__provider__slug": wanted.provider,
        "series__offer__provider_model_id": wanted.provider_model_id,
        "series__name": wanted.name,
        "cause": wanted.cause,
    }
    found = FactPoint.objects.filter(**{k: v for k, v in asked.items() if v is not None})
    if wanted.of is not None:
        found = found.filter(**{f"series__{wanted.of}__isnull": False})
    lab, slug = wanted.model or (None, None)
    for path, value in (("slug", slug), ("lab__slug", lab), ("lab__slug", wanted.lab)):
        if value is not None:
            found = found.filter(
                Q(**{f"series__model__{path}": value})
                | Q(**{f"series__offer__model__{path}": value})
            )
    return came_after(found, wanted.after)


def _told(point_ids: Collection[int]) -> list[FactChange]:
    return tell(FactPoint, point_ids, said=_SAID, read=_said, of=_OF, change=_change)


def _change(*columns: Any) -> FactChange:
    *told, lab, slug, provider, provider_model_id, offer_lab, offer_slug, name = columns
    of_model = None if slug is None else f"{lab}/{slug}"
    of_offer = None if offer_slug is None else f"{offer_lab}/{offer_slug}"
    of = OF_OFFER if of_model is None else OF_MODEL
    subject = of_model or f"{provider}/{provider_model_id}"
    return FactChange(*(*told, of, subject, of_model or of_offer, name))


def _said(point_id: int, name: str, state: str, value: str) -> SaidFact:
    return SaidFact(point_id, state, value_of(name, value) if value else None)
