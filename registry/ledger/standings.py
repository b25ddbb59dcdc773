"""What a read of the ledger answers with: points as they stand, periods, and what is announced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from registry.ledger.models import PricePoint
from registry.pricing.quotes import plain
from registry.pricing.rates import PriceState, Rate, RateKey
from registry.pricing.terms import Terms

# A registry has a few hundred distinct terms, read with every card.
_terms_of = lru_cache(maxsize=4096)(Terms.parse)

# The columns of a price's point that `Standing.of_row` reads, in its order.
STANDING_COLUMNS = (
    "pk",
    "series__offer_id",
    "series__meter",
    "series__terms",
    "series__currency",
    "state",
    "amount",
    "starts_at",
    "starts_basis",
    "status",
    "cause",
    "revision_id",
    "claim_id",
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A point that counts: what a series costs from ``starts_at`` on, and the way to its receipt.

    ``amount`` is plain (no exponent, no trailing zeros), of ``currency`` per the meter's unit
    size, and None unless priced. ``revision`` is the one that published the point.
    """

    point_id: int
    offer_id: int
    meter: str
    terms: Terms
    currency: str
    state: PricePoint.State
    amount: Decimal | None
    starts_at: datetime
    starts_basis: PricePoint.Basis
    status: PricePoint.Status
    cause: PricePoint.Cause
    revision: int
    claim_id: int | None

    @classmethod
    def of_row(
        cls,
        point_id: int,
        offer_id: int,
        meter: str,
        terms: str,
        currency: str,
        state: str,
        amount: Decimal | None,
        starts_at: datetime,
        starts_basis: str,
        status: str,
        cause: str,
        revision: int,
        claim_id: int | None,
    ) -> Standing:
        """Reads `STANDING_COLUMNS` as the database gives them."""
        return cls(
            point_id,
            offer_id,
            meter,
            _terms_of(terms),
            currency,
            PricePoint.State(state),
            None if amount is None else plain(amount),
            starts_at,
            PricePoint.Basis(starts_basis),
            PricePoint.Status(status),
            PricePoint.Cause(cause),
            revision,
            claim_id,
        )

    @property
    def key(self) -> RateKey:
        """The series within its offer."""
        return RateKey(self.meter, self.terms, self.currency)

    @property
    def is_withdrawn(self) -> bool:
        """Whether this start ended the offer's price instead of setting one."""
        return self.state == PricePoint.State.WITHDRAWN

    @property
    def rate(self) -> Rate:
        """The rate that stands; raises `ValueError` for a withdrawn one, which is no rate."""
        return Rate(self.meter, self.terms, PriceState(self.state), self.amount, self.currency)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time with one price, ``[starts_at, ends_at)``; None is open."""

    standing: Standing
    ends_at: datetime | None

    @property
    def starts_at(self) -> datetime:
        """The first moment of the period."""
        return self.standing.starts_at


@dataclass(frozen=True, slots=True)
class SeriesHistory:
    """The periods of one series, oldest first, without overlaps; gaps are withdrawals."""

    key: RateKey
    periods: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """One series seen from a moment: what stands (a withdrawal too) and what is announced."""

    key: RateKey
    standing: Standing | None
    coming: tuple[Standing, ...]
