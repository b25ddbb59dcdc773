"""What came and what went: releases of models, and offers that were deprecated or retired."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry.catalog.models import Model, Offer


class Happened(StrEnum):
    """What a day brought."""

    RELEASED = "released"
    DEPRECATED = "deprecated"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class ModelEvent:
    """A day in the life of a model or of one offer of it, as it is known today.

    ``lab`` and ``slug``: the model, both empty where an offer's is an open question. ``provider``
    and ``provider_model_id``: the offer that ends, both empty for a release.
    """

    on: date
    happened: Happened
    lab: str
    slug: str
    provider: str = ""
    provider_model_id: str = ""

    @property
    def subject(self) -> str:
        """The readable id of the offer that ends, or of the model that came."""
        if self.provider:
            return f"{self.provider}/{self.provider_model_id}"
        return f"{self.lab}/{self.slug}"


_ENDS = {Happened.DEPRECATED: "deprecated_on", Happened.RETIRED: "retires_on"}


def model_events(
    until: date,
    *,
    happened: Happened | None = None,
    lab: str | None = None,
    provider: str | None = None,
    limit: int,
) -> tuple[ModelEvent, ...]:
    """Events up to a day and with it, the newest first; None is any. A statement for each kind.

    ``provider`` leaves releases out, since nobody sells a model alone.
    """
    kinds = tuple(Happened) if happened is None else (happened,)
    found = [
        event
        for kind in kinds
        for event in (
            _ends(kind, until, lab, provider, limit)
            if kind in _ENDS
            else _releases(until, lab, limit if provider is None else 0)
        )
    ]
    found.sort(key=lambda event: event.subject)
    found.sort(key=lambda event: event.on, reverse=True)
    return tuple(found[:limit])


def _releases(until: date, lab: str | None, limit: int) -> Iterator[ModelEvent]:
    models = Model.objects.filter(released_on__lte=until, merged_into=None)
    if lab is not None:
        models = models.filter(lab__slug=lab)
    newest = models.order_by("-released_on", "lab__slug", "slug")
    columns = ("released_on", "lab__slug", "slug")
    for on, of_lab, slug in newest.values_list(*columns)[:limit]:
        yield ModelEvent(on, Happened.RELEASED, of_lab, slug)


def _ends(
    kind: Happened, until: date, lab: str | None, provider: str | None, limit: int
) -> Iterator[ModelEvent]:
    column = _ENDS[kind]
    offers = Offer.objects.filter(**{f"{column}__lte": until})
    if lab is not None:
        offers = offers.filter(model__lab__slug=lab)
    if provider is not None:
        offers = offers.filter(provider__slug=provider)
    newest = offers.order_by(f"-{column}", "provider__slug", "provider_model_id")
    columns = (column, "model__lab__slug", "model__slug", "provider__slug", "provider_model_id")
    for on, of_lab, slug, seller, model_id in newest.values_list(*columns)[:limit]:
        yield ModelEvent(on, kind, of_lab or "", slug or "", seller, model_id)
