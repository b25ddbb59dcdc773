"""What was published of prices, in the order in which it came out: from what, to what, and why.

The feed that others follow; `registry.selectors.feed` says why nothing in it is lost or repeated.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from registry.ledger.models import PricePoint
from registry.pricing.quotes import plain
from registry.pricing.terms import Terms
from registry.selectors.feed import (
    Published,
    came_after,
    counted_by_revision,
    page_of_changes,
    tell,
)
from registry.selectors.ordering import Key
from registry.selectors.paging import Page

CHANGE_STATES: tuple[str, ...] = tuple(PricePoint.State.values)
_SAID = ("state", "amount")
_OF = (
    "series__offer__provider__slug", "series__offer__provider_model_id",
    "series__offer__model__lab__slug", "series__offer__model__slug", "series__meter",
    "series__terms", "series__currency",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """What a series said: its state, and the amount where that is priced."""

    point_id: int
    state: str
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class PriceChange(Published):
    """One start of a price as it was published.

    ``before``: what the registry had said to hold at ``starts_at`` until then; None where nothing.
    A state of ``retracted`` takes an earlier start back, so that what was before it stands again.
    """

    now: Said
    before: Said | None
    provider: str
    provider_model_id: str
    model_lab: str | None
    model_slug: str | None
    meter: str
    terms: Terms
    currency: str

    @property
    def offer(self) -> str:
        """The offer's readable id, ``provider/provider_model_id``."""
        return f"{self.provider}/{self.provider_model_id}"

    @property
    def model(self) -> str | None:
        """The model's readable id, or None where it is an open question."""
        return None if self.model_slug is None else f"{self.model_lab}/{self.model_slug}"


@dataclass(frozen=True, slots=True)
class ChangeFilter:
    """Which changes are meant; None is any.

    ``model``: a model's lab and slug. ``everyday``: only of standard terms. ``after``: only beyond
    this place of the feed, whatever the order. ``first_seen``: False leaves out what was merely
    new. ``status``: as it was published.
    """

    provider: str | None = None
    provider_model_id: str | None = None
    model: tuple[str, str] | None = None
    lab: str | None = None
    meter: str | None = None
    cause: str | None = None
    currency: str | None = None
    everyday: bool = False
    first_seen: bool | None = None
    status: str | None = None
    after: Key | None = None


def changes(
    wanted: ChangeFilter | None = None,
    *,
    after: Key | None = None,
    newest_first: bool = False,
    limit: int,
) -> Page[PriceChange]:
    """Changes in the order of their publication, or backwards. Three statements.

    ``after`` is the key of the last change that was seen, in the direction of the order.
    """
    return page_of_changes(
        _matching(wanted or ChangeFilter()),
        _told,
        after=after,
        newest_first=newest_first,
        limit=limit,
    )


def changed_revisions(
    wanted: ChangeFilter, *, after: int, until: int
) -> tuple[tuple[int, int], ...]:
    """Revisions beyond ``after`` up to ``until`` that hold such changes, and how many each."""
    return counted_by_revision(_matching(wanted), after=after, until=until)


def _matching(wanted: ChangeFilter) -> QuerySet[PricePoint]:
    lab, slug = wanted.model or (None, None)
    asked = {
        "series__offer__provider__slug": wanted.provider,
        "series__offer__provider_model_id": wanted.provider_model_id,
        "series__offer__model__slug": slug,
        "series__meter": wanted.meter,
        "series__currency": wanted.currency,
        "series__terms": "" if wanted.everyday else None,
        "cause": wanted.cause,
        "status": wanted.status,
    }
    found = PricePoint.objects.filter(**{k: v for k, v in asked.items() if v is not None})
    for of_lab in filter(None, (lab, wanted.lab)):
        found = found.filter(series__offer__model__lab__slug=of_lab)
    if wanted.first_seen is not None:
        first = {"cause": PricePoint.Cause.FIRST_SEEN}
        found = found.filter(**first) if wanted.first_seen else found.exclude(**first)
    return came_after(found, wanted.after)


def _told(point_ids: Collection[int]) -> list[PriceChange]:
    return tell(PricePoint, point_ids, said=_SAID, read=_said, of=_OF, change=_change)


def _change(*columns: Any) -> PriceChange:
    *told, terms, currency = columns
    return PriceChange(*(*told, Terms.parse(terms), currency))


def _said(point_id: int, state: str, amount: Decimal | None) -> Said:
    return Said(point_id, state, None if amount is None else plain(amount))
