"""A rate: what one meter costs under some terms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from registry.pricing.meters import meter
from registry.pricing.terms import Terms

# FOCUS keeps a provider's own unit of account beside money; so do we, and never convert it.
VIRTUAL_CURRENCIES = frozenset({"DBU"})
_CURRENCY = re.compile(r"[A-Z]{3}")

MAX_DIGITS = 15
MAX_PLACES = 12


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
        if self.amount is not None and not (self.amount.is_finite() and self.amount > 0):
            raise RateError("amount", self.amount, "a finite amount above zero")

    @property
    def key(self) -> RateKey:
        """The series that this rate belongs to."""
        return RateKey(self.meter, self.terms, self.currency)

    @property
    def per(self) -> Decimal:
        """How many units the amount buys."""
        return meter(self.meter).unit_size
