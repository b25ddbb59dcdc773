"""What a usage costs: a pure function of card, usage and moment, exact to the last digit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from registry.pricing.exact import EXACT, exact_product, exact_sum, proportion
from registry.pricing.rate_card import Fallback, Picked, RateCard, Request
from registry.pricing.rates import PriceState, Rate
from registry.pricing.usage import Usage

_COSTS_NOTHING = frozenset({PriceState.FREE, PriceState.INCLUDED})


class NotBillable(ValueError):
    """A rate that is no figure: a router's, or one that is only told on request."""

    def __init__(self, rate: Rate) -> None:
        super().__init__(f"{rate.meter}: its price is {rate.state}; expected an amount to bill")
        self.rate = rate


@dataclass(frozen=True, slots=True)
class BillLine:
    """One meter: ``quantity`` at ``rate`` makes ``amount``, unrounded.

    ``fallback_from``, ``standard_for`` and ``no_band_over`` are those of `Picked`; ``notes`` say
    the same, and why a line costs nothing, in words.
    """

    meter: str
    quantity: Decimal
    rate: Rate
    amount: Decimal
    fallback_from: str | None = None
    standard_for: tuple[str, ...] = ()
    no_band_over: int | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader of the bill has to be told about this line."""
        notes = []
        if self.rate.state in _COSTS_NOTHING:
            notes.append(f"{self.rate.state}: nothing is charged")
        if self.fallback_from:
            notes.append(f"no rate of its own: billed as {self.rate.meter}")
        if self.standard_for:
            notes.append(f"no rate for this {' and '.join(self.standard_for)}: standard rate taken")
        if self.no_band_over is not None:
            notes.append(f"no rate of its own over {self.no_band_over} input tokens")
        return tuple(notes)


@dataclass(frozen=True, slots=True)
class Bill:
    """Lines in the vocabulary's order, in one currency; ``total`` is exactly their sum."""

    lines: tuple[BillLine, ...]
    total: Decimal
    currency: str


def cost(
    card: RateCard,
    usage: Usage,
    *,
    at: datetime,
    tier: str | None = None,
    region: str | None = None,
    variant: str | None = None,
    currency: str = "USD",
    fallback: Fallback | None = None,
    context_tokens: Decimal | int | None = None,
) -> Bill:
    """The bill of one request, a line for every meter that was used.

    ``context_tokens``: the input tokens that decide the context band, for a usage that adds up many
    requests; None: the usage's own inclusive `input_tokens`. Raises `NotOnCard` for what the card
    does not have (never guessed, unless ``fallback`` is ``standard``) and `NotBillable`.
    """
    request = Request(
        at=at,
        input_tokens=usage.count("input_tokens") if context_tokens is None else context_tokens,
        tier=tier,
        region=region,
        variant=variant,
        currency=currency,
        fallback=fallback,
    )
    card.sold_in(currency)
    lines = tuple(
        _line(meter, quantity, card.pick(meter, request)) for meter, quantity in usage.leaves()
    )
    return Bill(lines, exact_sum(line.amount for line in lines), currency)


def _line(meter: str, quantity: Decimal, picked: Picked) -> BillLine:
    return BillLine(
        meter=meter,
        quantity=quantity,
        rate=picked.rate,
        amount=_amount(quantity, picked.rate),
        fallback_from=picked.fallback_from,
        standard_for=picked.standard_for,
        no_band_over=picked.no_band_over,
    )


def _amount(quantity: Decimal, rate: Rate) -> Decimal:
    if rate.state in _COSTS_NOTHING:
        return Decimal(0)
    if rate.amount is None:
        raise NotBillable(rate)
    return EXACT.divide(exact_product(quantity, rate.amount), rate.per)


def blended(input_amount: Decimal, output_amount: Decimal, ratio: Decimal | int = 3) -> Decimal:
    """``(ratio * input + output) / (ratio + 1)``, to 12 significant digits where it never ends.

    One figure to sort by; cache prices never enter it. ``ratio``: input tokens an output token.
    """
    if ratio < 0:
        raise ValueError(f"ratio: {ratio!r}; expected zero or more input tokens an output token")
    whole = EXACT.add(exact_product(Decimal(ratio), input_amount), output_amount)
    return proportion(whole, EXACT.add(Decimal(ratio), Decimal(1)))
