"""What came and what went: releases of models, and offers that were deprecated or retired."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry.selectors.clocks import AsOf
from registry.selectors.days import ends, releases


class Happened(StrEnum):
    """What a day brought."""

    RELEASED = "released"
    DEPRECATED = "deprecated"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class ModelEvent:
    """A day in the life of a model or of one offer of it, as it is known at the asked moment.

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
    as_of: AsOf,
    *,
    happened: Happened | None = None,
    lab: str | None = None,
    provider: str | None = None,
    limit: int,
) -> tuple[ModelEvent, ...]:
    """Events up to the day of the moment and with it, the newest first; None is any.

    A statement for each kind. ``provider`` leaves releases out, since nobody sells a model alone.
    """
    kinds = tuple(Happened) if happened is None else (happened,)
    found = [event for kind in kinds for event in _events(kind, as_of, lab, provider, limit)]
    found.sort(key=lambda event: event.subject)
    found.sort(key=lambda event: event.on, reverse=True)
    return tuple(found[:limit])


def _events(
    kind: Happened, as_of: AsOf, lab: str | None, provider: str | None, limit: int
) -> Iterator[ModelEvent]:
    until = as_of.at.date()
    if kind in _ENDS:
        found = ends(_ENDS[kind], as_of, until=until, lab=lab, provider=provider, limit=limit)
        for on, seller, model_id, of_lab, slug in found:
            yield ModelEvent(on, kind, of_lab or "", slug or "", seller, model_id)
    elif provider is None:
        for on, of_lab, slug in releases(as_of, until, lab=lab, limit=limit):
            yield ModelEvent(on, kind, of_lab, slug)
