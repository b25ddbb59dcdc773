"""What a format cannot hold, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from registry.pricing.rates import Rate, shown_price
from registry.selectors.export_rows import ExportRow


class Reason(StrEnum):
    """Why something of an offer does not stand in a format."""

    SELLER = "seller"
    """The format has no name for who sells it; the whole offer is left out."""
    KEY_TAKEN = "key_taken"
    """Another offer stands under the key that the format would give to this one."""
    CURRENCY = "currency"
    """The format knows dollars only."""
    METER = "meter"
    """The format has no field for what is counted."""
    TERMS = "terms"
    """The format has no field for the condition, or none for these conditions together."""
    NOT_UNIFORM = "not_uniform"
    """The format has one factor for the condition, and the rates under it differ by several."""
    NO_FIGURE = "no_figure"
    """The price is dynamic or told on request; the format takes figures only."""
    FREE_AS_ZERO = "free_as_zero"
    """Told as 0: the format has no word for free or included."""
    TOLD_OTHERWISE = "told_otherwise"
    """Told as another rate of the same price, since the format does not tell the two apart."""
    PRICE_OF_WHOLE = "price_of_whole"
    """The format wants the price of a containing meter, which nobody states."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One rate, or with no meter a whole offer, that does not stand as it is.

    ``starts_at``: of an announced rate, from when on it holds.
    """

    offer: str
    reason: Reason
    meter: str | None = None
    terms: str | None = None
    currency: str | None = None
    price: str | None = None
    starts_at: datetime | None = None

    @classmethod
    def rate(
        cls, row: ExportRow, rate: Rate, reason: Reason, starts_at: datetime | None = None
    ) -> LeftOut:
        """A single rate of an offer."""
        price = shown_price(rate)
        terms = rate.terms.key
        return cls(row.ref, reason, rate.meter, terms, rate.currency, price, starts_at)


@dataclass(slots=True)
class LeftOuts:
    """The list while a document is made; ``starts_at``: of rates announced for a moment."""

    found: list[LeftOut] = field(default_factory=list)
    starts_at: datetime | None = None

    def offer(self, row: ExportRow, reason: Reason) -> None:
        """Lists a whole offer."""
        self.found.append(LeftOut(row.ref, reason))

    def rates(self, row: ExportRow, rates: Iterable[Rate], reason: Reason) -> None:
        """Lists rates of an offer."""
        self.found += (LeftOut.rate(row, rate, reason, self.starts_at) for rate in rates)
