"""Models as providers sell them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from registry.catalog.models import Offer
from registry.selectors.ordering import Key, Sorts, by, perhaps, readable, text
from registry.selectors.paging import NotHeld, Page, one_of, page_of

OFFER_STATUSES: tuple[str, ...] = tuple(Offer.Status.values)
OFFER_SORTS = Sorts(
    ids={"provider__slug": str, "provider_model_id": str},
    by={
        "id": by("provider__slug", "provider_model_id"),
        "provider": by("provider__slug"),
        "provider_model_id": by("provider_model_id"),
        "model": perhaps(readable("model__lab__slug", "model__slug")),
        "matched_by": text("matched_by"),
        "name": text("name"),
        "mode": text("mode"),
        "status": by("status"),
        "deprecated_on": perhaps("deprecated_on", date),
        "retires_on": perhaps("retires_on", date),
        "context_tokens": perhaps("context_tokens", int),
        "max_output_tokens": perhaps("max_output_tokens", int),
        "reasoning": perhaps("reasoning", bool),
        "tool_calls": perhaps("tool_calls", bool),
    },
    default="id",
)


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An offer and what is known of it; None and empty are unknown.

    ``offer_id`` is the row's id in the database, for other selectors; ``ref`` is the readable one.
    ``model_lab`` and ``model_slug`` are None together, where no rule linked a model for certain.
    """

    offer_id: int
    provider: str
    provider_model_id: str
    model_lab: str | None
    model_slug: str | None
    matched_by: str
    name: str
    mode: str
    status: str
    deprecated_on: date | None
    retires_on: date | None
    context_tokens: int | None
    max_output_tokens: int | None
    input_modalities: list[str]
    output_modalities: list[str]
    reasoning: bool | None
    tool_calls: bool | None

    @property
    def ref(self) -> str:
        """The readable id, ``provider/provider_model_id``."""
        return f"{self.provider}/{self.provider_model_id}"

    @property
    def model(self) -> str | None:
        """The readable id of the model, or None where it is an open question."""
        return None if self.model_slug is None else f"{self.model_lab}/{self.model_slug}"


@dataclass(frozen=True, slots=True)
class OfferFilter:
    """Which offers are meant; None is any.

    ``model``: a model's lab and slug. ``lab``: of the model, not of the provider. ``has_model``:
    whether a model is known.
    """

    provider: str | None = None
    provider_model_id: str | None = None
    model: tuple[str, str] | None = None
    lab: str | None = None
    status: str | None = None
    mode: str | None = None
    has_model: bool | None = None


def offers(
    wanted: OfferFilter | None = None,
    *,
    sort: str = OFFER_SORTS.default,
    after: Key | None = None,
    limit: int,
) -> Page[OfferRow]:
    """Offers in one of the orders of `OFFER_SORTS`, else by provider and its id. One statement."""
    return page_of(
        _matching(wanted or OfferFilter()),
        OFFER_SORTS,
        sort,
        read=OfferRow,
        after=after,
        limit=limit,
    )


def offers_of(model_id: int) -> tuple[OfferRow, ...]:
    """Every offer of a model, in the order of `offers`. One statement."""
    found = _columns().filter(model_id=model_id).order_by("provider__slug", "provider_model_id")
    return tuple(OfferRow(*columns) for columns in found)


def offer(provider: str, provider_model_id: str) -> OfferRow:
    """One offer; raises `NotHeld`. One statement."""
    found = _columns().filter(provider__slug=provider, provider_model_id=provider_model_id)
    row = one_of(found, OfferRow)
    if row is None:
        raise NotHeld("offer", f"{provider}/{provider_model_id}")
    return row


def _matching(wanted: OfferFilter) -> QuerySet[Offer, tuple[Any, ...]]:
    lab, slug = wanted.model or (None, None)
    asked = {
        "provider__slug": wanted.provider,
        "provider_model_id": wanted.provider_model_id,
        "model__slug": slug,
        "status": wanted.status,
        "mode": wanted.mode,
        "model__isnull": None if wanted.has_model is None else not wanted.has_model,
    }
    found = _columns().filter(**{name: value for name, value in asked.items() if value is not None})
    for of_lab in filter(None, (lab, wanted.lab)):
        found = found.filter(model__lab__slug=of_lab)
    return found


def _columns() -> QuerySet[Offer, tuple[Any, ...]]:
    return Offer.objects.values_list(
        "pk",
        "provider__slug",
        "provider_model_id",
        "model__lab__slug",
        "model__slug",
        "matched_by",
        "name",
        "mode",
        "status",
        "deprecated_on",
        "retires_on",
        "context_tokens",
        "max_output_tokens",
        "input_modalities",
        "output_modalities",
        "reasoning",
        "tool_calls",
    )
