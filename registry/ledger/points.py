"""A start that somebody wants to publish, checked before it comes near the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Context, Decimal, Inexact, InvalidOperation
from typing import Protocol

from registry.ledger.models import PricePoint
from registry.pricing.meters import UnknownMeter
from registry.pricing.rates import MAX_PLACES, PriceState, Rate, RateError, RateKey

SeriesKey = tuple[int | str, ...]

_LAST_PLACE = Decimal(1).scaleb(-MAX_PLACES)
_COLUMN = Context(prec=2 * MAX_PLACES, traps=[Inexact, InvalidOperation])
_TERMS_LENGTH = 500
_CHOICES: dict[str, tuple[str, ...]] = {
    "starts_basis": tuple(PricePoint.Basis.values),
    "state": tuple(PricePoint.State.values),
    "status": tuple(PricePoint.Status.values),
    "cause": tuple(PricePoint.Cause.values),
}


class NewStart(Protocol):
    """What the ledger knows of a start whatever it is a start of.

    ``series_key``: the columns of its series, the owner's row id first. ``subject``: its series in
    words.
    """

    @property
    def starts_at(self) -> datetime: ...

    @property
    def claim_id(self) -> int | None: ...

    @property
    def series_key(self) -> SeriesKey: ...

    @property
    def subject(self) -> str: ...


class PointError(ValueError):
    """A point that cannot be published; names its series, the field and the value."""

    def __init__(self, point: NewStart, field: str, value: object, expected: str) -> None:
        super().__init__(
            f"{point.subject} from {point.starts_at}: "
            f"{field}: {value!s} cannot be published; expected {expected}"
        )
        self.point = point
        self.field = field
        self.value = value
        self.expected = expected


@dataclass(frozen=True, slots=True)
class NewPoint:
    """One start of a price: from ``starts_at`` on, the series has this state and amount.

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
        refuse_unknown_words(self, _CHOICES)
        if len(self.key.terms.key) > _TERMS_LENGTH:
            raise PointError(self, "terms", self.key.terms.key, f"{_TERMS_LENGTH} characters")
        self._refuse_no_rate()
        refuse_rounding(self, "amount", self.amount)

    @property
    def series_key(self) -> tuple[int, str, str, str]:
        return (self.offer_id, self.key.meter, self.key.terms.key, self.key.currency)

    @property
    def subject(self) -> str:
        return f"offer {self.offer_id}: {' '.join(filter(None, map(str, self.series_key[1:])))}"

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


def refuse_unknown_words(point: NewStart, choices: Mapping[str, tuple[str, ...]]) -> None:
    """A start without a time zone, or a word that its column does not know."""
    if point.starts_at.tzinfo is None:
        raise PointError(point, "starts_at", point.starts_at, "a moment with its time zone")
    for field, words in choices.items():
        value = getattr(point, field)
        if value not in words:
            raise PointError(point, field, value, f"one of {', '.join(words)}")


def refuse_rounding(point: NewStart, field: str, figure: Decimal | None) -> None:
    """A figure that the column would round in silence."""
    try:
        _COLUMN.quantize(figure or Decimal(0), _LAST_PLACE)
    except (Inexact, InvalidOperation):
        expected = f"{MAX_PLACES} places before and after the point"
        raise PointError(point, field, figure, expected) from None
