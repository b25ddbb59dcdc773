"""A rate: what one meter costs under some terms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from registry.pricing.meters import METERS, meter
from registry.pricing.terms import Terms

# FOCUS keeps a provider's own unit of account beside money; so do we, and never convert it.
VIRTUAL_CURRENCIES = frozenset({"DBU"})
_CURRENCY = re.compile(r"[A-Z]{3}")

MAX_DIGITS = 15
MAX_PLACES = 15

_METER_ORDER = {name: position for position, name in enumerate(METERS)}


class PriceState(StrEnum):
    """What is known of a price. Unknown is the absence of a rate, never zero."""

    PRICED = "priced"
    FREE = "free"
    INCLUDED = "included"
    DYNAMIC = "dynamic"
    ON_REQUEST = "on_request"


class RateError(ValueError):
    """A rate that contradicts itself."""

    def __init__(self, field: str, value: object, expected: str) -> None:
        super().__init__(f"{field}: {value!r} does not make a rate; expected {expected}")
        self.field = field
        self.value = value
        self.expected = expected


class CardError(ValueError):
    """Rates that cannot stand together on one card."""

    def __init__(self, key: RateKey, value: object, expected: str) -> None:
        self.field = " ".join(filter(None, (key.meter, key.terms.key, key.currency)))
        super().__init__(f"{self.field}: {value!s} does not fit a card; expected {expected}")
        self.key = key
        self.value = value
        self.expected = expected


class RateKey(NamedTuple):
    """What a rate is the rate of: the name of a series within an offer."""

    meter: str
    terms: Terms
    currency: str


@dataclass(frozen=True, slots=True)
class Rate:
    """``amount`` of ``currency`` per the meter's unit size; None unless the state is priced."""

    meter: str
    terms: Terms
    state: PriceState
    amount: Decimal | None
    currency: str

    def __post_init__(self) -> None:
        meter(self.meter)
        if not _CURRENCY.fullmatch(self.currency):
            raise RateError("currency", self.currency, "three capital letters, such as USD")
        if (self.amount is not None) != (self.state is PriceState.PRICED):
            raise RateError("amount", self.amount, f"one exactly when priced, not {self.state}")
        if self.amount is None:
            return
        if not (self.amount.is_finite() and self.amount > 0):
            raise RateError("amount", self.amount, "a finite amount above zero")
        if len(self.amount.as_tuple().digits) > MAX_DIGITS < significant_digits(self.amount):
            raise RateError("amount", self.amount, f"at most {MAX_DIGITS} significant digits")

    @property
    def key(self) -> RateKey:
        """The series that this rate belongs to."""
        return RateKey(self.meter, self.terms, self.currency)

    @property
    def per(self) -> Decimal:
        """How many units the amount buys."""
        return meter(self.meter).unit_size


def significant_digits(amount: Decimal) -> int:
    """How many digits the number needs when it is written without zeros at its ends."""
    return len("".join(map(str, amount.as_tuple().digits)).strip("0"))


def in_card_order(rates: Iterable[Rate]) -> tuple[Rate, ...]:
    """Meters in the vocabulary's order, then terms, then currency.

    Raises `CardError` when two rates have one key, even at one price: which of the two receipts
    stands for it would be a guess.
    """
    ordered = sorted(rates, key=lambda r: (_METER_ORDER[r.meter], r.terms.key, r.currency))
    for before, after in pairwise(ordered):
        if before.meter == after.meter and before.key == after.key:
            both = f"{shown_price(before)} and {shown_price(after)}"
            raise CardError(before.key, both, "one rate a meter, terms and currency")
    return tuple(ordered)


def shown_price(rate: Rate) -> str:
    """The price in a word for a message: ``1.74`` or ``free``."""
    return rate.state if rate.amount is None else f"{rate.amount:f}"
