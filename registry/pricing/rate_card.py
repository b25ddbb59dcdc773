"""All rates of one offer at one moment, and which of them a request is billed at.

The context band follows from the request's inclusive input tokens, the hours from its moment in
UTC; each meter then takes the most specific rate that holds. A meter without a rate takes that of
the meter containing it. A tier, region or variant that the card lacks is never guessed. Two cases
need a decision:

*A part under a tier that only its whole has.* A card may have a batch rate for input and none for
cache reads. A batch request's cache reads are then billed at the batch rate of input, and the line
says so. The part's standard rate is not taken: nobody offered it under that tier, while the
whole's rate under the tier is what the request costs when the part is not told apart. Region and
variant follow the same rule.

*A part without a rate for a long context.* Sources state only what changes beyond the limit, so a
cache read whose rate names no limit keeps it at any length, and the line says that too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import combinations
from typing import Literal, NamedTuple

from registry.pricing.meters import ancestors
from registry.pricing.partition import canonical_rates, refuse_overlaps
from registry.pricing.rates import CardError, Rate, in_card_order

__all__ = ["CardError", "NotOnCard", "Picked", "RateCard", "Request", "canonical_rates"]

STANDARD_TIER = "standard"
Fallback = Literal["standard"]


class NotOnCard(LookupError):
    """Asked for something that the card does not have; ``available`` is what it does have.

    ``meter``: for which meter it is missing; None when the card lacks it for all.
    """

    def __init__(
        self, field: str, value: object, available: tuple[str, ...], meter: str | None = None
    ) -> None:
        where = f" for {meter}" if meter else ""
        has = ", ".join(available) if available else "none"
        super().__init__(f"{field}: {value!r} is not on the rate card{where}; it has: {has}")
        self.field = field
        self.value = value
        self.available = available
        self.meter = meter


class _Asked(NamedTuple):
    """The terms that a request names itself; those it does not name follow from it."""

    tier: str | None
    region: str | None
    variant: str | None


# Under fallback="standard" terms are given up in this order, as few as possible: the tier last,
# since it moves a price most.
_GIVEN_UP_FIRST = ("region", "variant", "tier")


@dataclass(frozen=True, slots=True)
class Request:
    """The conditions of one request.

    ``at``: an aware moment. ``input_tokens``: the inclusive count that decides the context band.
    ``tier``: None and ``standard`` are the same. ``fallback``: ``standard`` allows the standard
    rate where the card lacks the tier, region or variant; None makes that a `NotOnCard`.
    """

    at: datetime
    input_tokens: Decimal | int = 0
    tier: str | None = None
    region: str | None = None
    variant: str | None = None
    currency: str = "USD"
    fallback: Fallback | None = None

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError(f"at: {self.at!r} has no time zone; expected an aware moment")
        if self.input_tokens < 0:
            raise ValueError(f"input_tokens: {self.input_tokens!r}; expected zero or more")
        if self.fallback not in (None, "standard"):
            raise ValueError(f"fallback: {self.fallback!r}; expected 'standard' or nothing")


@dataclass(frozen=True, slots=True)
class Picked:
    """The rate for a meter, and what had to be said about the choice.

    ``fallback_from``: the meter that has no such rate of its own (the rate is that of a meter that
    contains it). ``standard_for``: the terms of the request that the card lacks, for which the
    standard rate was taken. ``no_band_over``: the context limit that the request exceeds and for
    which this meter has no rate.
    """

    rate: Rate
    fallback_from: str | None = None
    standard_for: tuple[str, ...] = ()
    no_band_over: int | None = None


@dataclass(frozen=True, slots=True)
class RateCard:
    """Rates in the card's order, one a key; `CardError` where two contradict each other."""

    rates: tuple[Rate, ...]

    def __post_init__(self) -> None:
        ordered = in_card_order(self.rates)
        refuse_overlaps(ordered)
        object.__setattr__(self, "rates", ordered)

    @property
    def currencies(self) -> tuple[str, ...]:
        """The currencies that the card has, in alphabetical order."""
        return tuple(sorted({rate.currency for rate in self.rates}))

    def sold_in(self, currency: str) -> list[Rate]:
        """The rates in one currency; raises `NotOnCard` naming those that the card has."""
        sold = [rate for rate in self.rates if rate.currency == currency]
        if not sold:
            raise NotOnCard("currency", currency, self.currencies)
        return sold

    def pick(self, meter: str, request: Request) -> Picked:
        """The rate at which this meter is billed; raises `UnknownMeter` or `NotOnCard`."""
        chain = (meter, *ancestors(meter))
        sold = self.sold_in(request.currency)
        family = [rate for rate in sold if rate.meter in chain]
        if not family:
            raise NotOnCard("meter", meter, tuple(dict.fromkeys(rate.meter for rate in sold)))
        asked = _asked(request, sold, family)
        for given_up in _what_to_give_up(asked, request.fallback):
            wanted = asked._replace(**dict.fromkeys(given_up))
            for name in chain:
                rate = _most_specific((r for r in family if r.meter == name), wanted, request)
                if rate is not None:
                    return Picked(
                        rate,
                        fallback_from=meter if name != meter else None,
                        standard_for=given_up,
                        no_band_over=_missing_band(rate, family, request),
                    )
        raise _missing(meter, asked, family, sold)


def _asked(request: Request, sold: list[Rate], family: list[Rate]) -> _Asked:
    """A variant concerns only meters that are sold by variant: an image's size is not its prompt's.

    One that no meter of the card has stays, and is found missing.
    """
    tier = None if request.tier == STANDARD_TIER else request.tier
    variant = request.variant
    if all(rate.terms.variant is None for rate in family) and any(
        rate.terms.variant == variant for rate in sold
    ):
        variant = None
    return _Asked(tier, request.region, variant)


def _what_to_give_up(asked: _Asked, fallback: Fallback | None) -> Iterator[tuple[str, ...]]:
    named = [name for name in _GIVEN_UP_FIRST if getattr(asked, name) is not None]
    for count in range(len(named) + 1 if fallback else 1):
        yield from combinations(named, count)


def _most_specific(rates: Iterator[Rate], wanted: _Asked, request: Request) -> Rate | None:
    """Of the rates that hold, the one of the longest context, then the one that names hours."""
    holding = [
        rate
        for rate in rates
        if _terms_of(rate) == wanted
        and (rate.terms.context_over or -1) < request.input_tokens
        and (rate.terms.hours is None or rate.terms.hours.contains(request.at))
    ]
    return max(
        holding,
        key=lambda rate: (rate.terms.context_over or 0, rate.terms.hours is not None),
        default=None,
    )


def _missing_band(rate: Rate, family: list[Rate], request: Request) -> int | None:
    limits = (other.terms.context_over or 0 for other in family)
    band = max((limit for limit in limits if limit < request.input_tokens), default=0)
    return band if band > (rate.terms.context_over or 0) else None


def _missing(meter: str, asked: _Asked, family: list[Rate], sold: list[Rate]) -> NotOnCard:
    """Names the first term that nothing in the family has; else the combination is what lacks.

    What the whole card lacks is answered with what the card has; else with what the family has.
    """
    for field, value in asked._asdict().items():
        of_family, of_card = ({getattr(r.terms, field) for r in rates} for rates in (family, sold))
        if value not in of_family:
            known = of_family if value in of_card else of_card
            unnamed = {STANDARD_TIER} if field == "tier" else set()
            names = (known - {None}) | (unnamed if None in known else set())
            shown = STANDARD_TIER if field == "tier" and value is None else value
            return NotOnCard(field, shown, tuple(sorted(names)), meter)
    combination = ";".join(f"{name}={value}" for name, value in asked._asdict().items() if value)
    keys = dict.fromkeys(rate.terms.key or STANDARD_TIER for rate in family)
    return NotOnCard("terms", combination or STANDARD_TIER, tuple(keys), meter)


def _terms_of(rate: Rate) -> _Asked:
    return _Asked(rate.terms.tier, rate.terms.region, rate.terms.variant)
