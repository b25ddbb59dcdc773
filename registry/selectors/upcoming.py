"""What is announced: prices with a start to come, and offers that their sources will end."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from registry.catalog.models import Offer
from registry.ledger.asof import coming
from registry.pricing.terms import Terms
from registry.selectors.card_order import place
from registry.selectors.clocks import AsOf
from registry.selectors.days import ends


@dataclass(frozen=True, slots=True)
class PlannedPrice:
    """A price that is published for a moment to come; ``amount`` is None unless it is priced."""

    point_id: int
    provider: str
    provider_model_id: str
    meter: str
    terms: Terms
    currency: str
    state: str
    amount: Decimal | None
    starts_at: datetime

    @property
    def offer(self) -> str:
        """The offer's readable id."""
        return f"{self.provider}/{self.provider_model_id}"


class Ending(StrEnum):
    """What a provider has announced of an offer's end."""

    DEPRECATED = "deprecated"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class PlannedEnd:
    """A day on which an offer is deprecated or retired."""

    provider: str
    provider_model_id: str
    ending: Ending
    on: date

    @property
    def offer(self) -> str:
        """The offer's readable id."""
        return f"{self.provider}/{self.provider_model_id}"


def planned_prices(as_of: AsOf, *, limit: int) -> tuple[PlannedPrice, ...]:
    """Announced starts after the moment, soonest first, an offer's in the order of its card.

    Two statements.
    """
    standings = coming(at=as_of.at, revision=as_of.pinned_revision, limit=limit)
    names = _names({standing.offer_id for standing in standings})
    found = [
        PlannedPrice(
            standing.point_id,
            *names[standing.offer_id],
            standing.meter,
            standing.terms,
            standing.currency,
            standing.state.value,
            standing.amount,
            standing.starts_at,
        )
        for standing in sorted(standings, key=lambda one: place(one.key))
    ]
    return tuple(sorted(found, key=lambda price: (price.starts_at, price.offer)))


def planned_ends(as_of: AsOf, since: date, *, limit: int) -> tuple[PlannedEnd, ...]:
    """Deprecations and retirements from a day on, soonest first, as they are known then.

    Two statements.
    """
    found = [
        PlannedEnd(one.provider, one.provider_model_id, ending, one.on)
        for name, ending in (
            ("deprecated_on", Ending.DEPRECATED),
            ("retires_on", Ending.RETIRED),
        )
        for one in ends(name, as_of, since=since, limit=limit)
    ]
    found.sort(key=lambda end: (end.on, end.offer, end.ending))
    return tuple(found[:limit])


def _names(offer_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    rows = Offer.objects.filter(pk__in=offer_ids).values_list(
        "pk", "provider__slug", "provider_model_id"
    )
    return {pk: (provider, model_id) for pk, provider, model_id in rows}
