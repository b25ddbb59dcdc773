"""How prices came to be what they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from registry.api.shape import Instant, Shape, meaning
from registry.api.v1 import addresses
from registry.api.v1.shapes.rate_cards import PER, UNIT, Amount, Basis, MeterName, State, TermsMap
from registry.api.v1.shapes.revisions import RevisionRef
from registry.ledger.standings import Period as LedgerPeriod
from registry.ledger.standings import SeriesHistory
from registry.selectors.clocks import AsOf
from registry.selectors.rate_cards import CAUSES, RATE_STATUSES


@dataclass(frozen=True, slots=True)
class Period(Shape):
    """A stretch of time with one price, from ``starts_at`` up to but without ``ends_at``."""

    starts_at: Instant
    ends_at: Annotated[Instant | None, meaning("Null is until further notice.")]
    state: State
    amount: Amount
    starts_basis: Basis
    cause: Annotated[str, meaning("Why it was published.", among=CAUSES)]
    status: Annotated[str, meaning("As stored with its revision.", among=RATE_STATUSES)]
    revision: Annotated[int, meaning("The revision that published it.")]
    receipt: Annotated[str, meaning("The address of the evidence.")]

    @classmethod
    def of(cls, period: LedgerPeriod) -> Period:
        """The period as the API tells it."""
        standing = period.standing
        return cls(
            starts_at=period.starts_at,
            ends_at=period.ends_at,
            state=standing.state.value,
            amount=None if standing.amount is None else f"{standing.amount:f}",
            starts_basis=standing.starts_basis.value,
            cause=standing.cause.value,
            status=standing.status.value,
            revision=standing.revision,
            receipt=addresses.receipt(standing.point_id),
        )


@dataclass(frozen=True, slots=True)
class Series(Shape):
    """The periods of one meter under one set of terms in one currency, oldest first.

    Periods do not overlap; between two there is a gap where the price was withdrawn.
    """

    meter: MeterName
    terms: TermsMap
    currency: str
    per: int
    unit: str
    periods: tuple[Period, ...]

    @classmethod
    def of(cls, series: SeriesHistory) -> Series:
        """The series as the API tells it."""
        meter, terms, currency = series.key
        return cls(
            meter=meter,
            terms=terms.as_dict(),
            currency=currency,
            per=PER[meter],
            unit=UNIT[meter],
            periods=tuple(map(Period.of, series.periods)),
        )


@dataclass(frozen=True, slots=True)
class History(Shape):
    """Every price that an offer ever had, and those announced, as known at the revision."""

    revision: RevisionRef
    offer: str
    series: tuple[Series, ...]

    @classmethod
    def of(cls, offer: str, series: Iterable[SeriesHistory], as_of: AsOf) -> History:
        """The history as the API tells it."""
        return cls(RevisionRef.of(as_of), offer, tuple(map(Series.of, series)))
