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
from registry.selectors.words import Side, Words, sides_on

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
class SourceWord(Shape):
    """What one source says of a rate: its figure, since when, and whether it is what stands."""

    source: str
    trust: Annotated[int, meaning("Of the source, 0 to 100.")]
    state: State
    amount: Amount
    agrees: Annotated[bool, meaning("Within 0.5 % of what stands.")]
    since: Annotated[Instant, meaning("Since when the source has stated this price.")]
    last_read_at: Annotated[
        Instant | None, meaning("When it was last read stating it; null about the past.")
    ]
    fresh: Annotated[
        bool | None, meaning("Whether it was heard within its time; null about the past.")
    ]
    usable: Annotated[
        bool, meaning("False where something is wrong with its card: it then counts for nothing.")
    ]
    receipt: Annotated[str, meaning("The address of the claim.")]

    @classmethod
    def of(cls, side: Side) -> SourceWord:
        """The word as the API tells it."""
        word = side.word
        amount = word.rate.amount
        return cls(
            source=word.source,
            trust=word.trust,
            state=word.rate.state.value,
            amount=None if amount is None else f"{amount:f}",
            agrees=side.agrees,
            since=word.since,
            last_read_at=word.last_read_at,
            fresh=word.fresh,
            usable=word.usable,
            receipt=addresses.claim_receipt(word.claim_id),
        )


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
    claims: Annotated[
        tuple[SourceWord, ...] | None,
        meaning("Every source's word, the most trusted first; null unless include=claims asks."),
    ] = None

    @classmethod
    def of(cls, told: StandingRate, words: Words | None = None) -> Rate:
        """The rate as the API tells it, with what is said of it where that is given."""
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
            claims=None if words is None else tuple(map(SourceWord.of, sides_on(standing, words))),
        )


def rates_of(card: CardAt, words: Words | None = None) -> tuple[Rate, ...]:
    """The rates of a card in its order."""
    return tuple(Rate.of(rate, words) for rate in card.rates)


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
    def of(cls, offer: str, card: CardAt, as_of: AsOf, words: Words | None = None) -> RateCard:
        """The card as the API tells it."""
        return cls(
            revision=RevisionRef.of(as_of),
            at=as_of.at if as_of.at_given else None,
            offer=offer,
            available=Distinctions.of(card.available),
            rates=rates_of(card, words),
        )
