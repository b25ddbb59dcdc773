"""Rates, and the card that an offer's rates make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from registry.api.shape import Instant, Shape, meaning
from registry.api.v1 import addresses
from registry.api.v1.shapes.revisions import RevisionRef
from registry.pricing.meters import METERS
from registry.pricing.rates import PriceState
from registry.selectors.clocks import AsOf
from registry.selectors.rate_cards import (
    RATE_STATUSES,
    STARTS_BASES,
    Available,
    CardAt,
    StandingRate,
)

PER = {name: int(meter.unit_size) for name, meter in METERS.items()}
UNIT = {name: str(meter.unit.value) for name, meter in METERS.items()}

Moment = Annotated[
    Instant | None, meaning("The moment whose prices are meant; null is the present.")
]
MeterName = Annotated[str, meaning("What is counted.", among=tuple(METERS))]
TermsMap = Annotated[
    dict[str, str | int],
    meaning(
        "The conditions of the rate: tier, context_over, region, hours, variant; "
        "empty is standard.",
        {"tier": "batch"},
    ),
]
State = Annotated[
    str,
    meaning("What is known of the price.", among=tuple(state.value for state in PriceState)),
]
Amount = Annotated[
    str | None, meaning("A decimal number as text; null unless the state is priced.", "1.74")
]
Basis = Annotated[
    str,
    meaning("Whether the source states the start or it was first seen then.", among=STARTS_BASES),
]
Status = Annotated[
    str,
    meaning(
        "How sure it is. About the present it is today's, otherwise the one stored with the "
        "revision that published the price.",
        among=RATE_STATUSES,
    ),
]


@dataclass(frozen=True, slots=True)
class Rate(Shape):
    """What one meter costs under some terms: ``amount`` of ``currency`` per ``per`` units."""

    meter: MeterName
    terms: TermsMap
    state: State
    amount: Amount
    currency: Annotated[str, meaning("ISO 4217, or a provider's own unit such as DBU.")]
    per: Annotated[int, meaning("How many units the amount buys.")]
    unit: str
    starts_at: Instant
    starts_basis: Basis
    status: Status
    source: Annotated[str | None, meaning("Whose word it is; null is a curator's.")]
    revision: Annotated[int, meaning("The revision that published it.")]
    receipt: Annotated[str, meaning("The address of the evidence.")]

    @classmethod
    def of(cls, told: StandingRate) -> Rate:
        """The rate as the API tells it."""
        standing = told.standing
        return cls(
            meter=standing.meter,
            terms=standing.terms.as_dict(),
            state=standing.state.value,
            amount=None if standing.amount is None else f"{standing.amount:f}",
            currency=standing.currency,
            per=PER[standing.meter],
            unit=UNIT[standing.meter],
            starts_at=standing.starts_at,
            starts_basis=standing.starts_basis.value,
            status=told.status,
            source=told.source,
            revision=standing.revision,
            receipt=addresses.receipt(standing.point_id),
        )


def rates_of(card: CardAt) -> tuple[Rate, ...]:
    """The rates of a card in its order."""
    return tuple(map(Rate.of, card.rates))


@dataclass(frozen=True, slots=True)
class Distinctions(Shape):
    """What the whole card tells apart, whichever of its rates were asked for."""

    currency: tuple[str, ...]
    tier: tuple[str, ...]
    region: tuple[str, ...]
    variant: tuple[str, ...]
    context_over: tuple[int, ...]

    @classmethod
    def of(cls, available: Available) -> Distinctions:
        """Named as the parameters that choose among them."""
        return cls(
            currency=available.currencies,
            tier=available.tiers,
            region=available.regions,
            variant=available.variants,
            context_over=available.context_over,
        )


@dataclass(frozen=True, slots=True)
class RateCard(Shape):
    """An offer's rates at a moment. No rate for a meter means that its price is unknown."""

    revision: RevisionRef
    at: Moment
    offer: str
    available: Distinctions
    rates: tuple[Rate, ...]

    @classmethod
    def of(cls, offer: str, card: CardAt, as_of: AsOf) -> RateCard:
        """The card as the API tells it."""
        return cls(
            revision=RevisionRef.of(as_of),
            at=as_of.at if as_of.at_given else None,
            offer=offer,
            available=Distinctions.of(card.available),
            rates=rates_of(card),
        )
