"""A start that somebody wants to publish, checked before it comes near the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Context, Decimal, Inexact, InvalidOperation

from registry.ledger.models import PricePoint
from registry.pricing.meters import UnknownMeter
from registry.pricing.rates import MAX_PLACES, PriceState, Rate, RateError, RateKey

_LAST_PLACE = Decimal(1).scaleb(-MAX_PLACES)
_COLUMN = Context(prec=2 * MAX_PLACES, traps=[Inexact, InvalidOperation])
_TERMS_LENGTH = 500
_CHOICES: dict[str, tuple[str, ...]] = {
    "starts_basis": tuple(PricePoint.Basis.values),
    "state": tuple(PricePoint.State.values),
    "status": tuple(PricePoint.Status.values),
    "cause": tuple(PricePoint.Cause.values),
}


class PointError(ValueError):
    """A point that cannot be published; names the offer, the series, the field and the value."""

    def __init__(self, point: NewPoint, field: str, value: object, expected: str) -> None:
        series = " ".join(filter(None, (point.key.meter, point.key.terms.key, point.key.currency)))
        super().__init__(
            f"offer {point.offer_id}: {series} from {point.starts_at}: "
            f"{field}: {value!s} cannot be published; expected {expected}"
        )
        self.point = point
        self.field = field
        self.value = value
        self.expected = expected


@dataclass(frozen=True, slots=True)
class NewPoint:
    """One start to be published: from ``starts_at`` on, the series has this state and amount.

    ``amount`` is per the meter's unit size and stands exactly when the state is priced. Raises
    `PointError` for whatever the ledger could not give back digit by digit on both engines: over
    15 significant digits, or more than `MAX_PLACES` on either side of the point.
    """

    offer_id: int
    key: RateKey
    starts_at: datetime
    starts_basis: PricePoint.Basis
    state: PricePoint.State
    amount: Decimal | None
    status: PricePoint.Status
    cause: PricePoint.Cause
    claim_id: int | None = None

    def __post_init__(self) -> None:
        if self.starts_at.tzinfo is None:
            raise PointError(self, "starts_at", self.starts_at, "a moment with its time zone")
        for field, choices in _CHOICES.items():
            value = getattr(self, field)
            if value not in choices:
                raise PointError(self, field, value, f"one of {', '.join(choices)}")
        if len(self.key.terms.key) > _TERMS_LENGTH:
            raise PointError(self, "terms", self.key.terms.key, f"{_TERMS_LENGTH} characters")
        self._refuse_no_rate()
        self._refuse_rounding()

    def _refuse_no_rate(self) -> None:
        """A rate's own rules; every state other than priced is one without an amount."""
        priced = self.state == PricePoint.State.PRICED
        state = PriceState.PRICED if priced else PriceState.ON_REQUEST
        try:
            Rate(self.key.meter, self.key.terms, state, self.amount, self.key.currency)
        except RateError as error:
            raise PointError(self, error.field, error.value, error.expected) from error
        except UnknownMeter as error:
            raise PointError(self, "meter", error.name, "a meter of the vocabulary") from error

    def _refuse_rounding(self) -> None:
        try:
            _COLUMN.quantize(self.amount or Decimal(0), _LAST_PLACE)
        except (Inexact, InvalidOperation):
            raise PointError(
                self, "amount", self.amount, f"{MAX_PLACES} places before and after the point"
            ) from None
