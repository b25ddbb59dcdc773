"""Questions that several formats ask of a card."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import cached_property

from registry.exports.compat.left_out import LeftOuts, Reason
from registry.pricing.exact import EXACT
from registry.pricing.hours import Hours
from registry.pricing.rate_card import NotOnCard, RateCard, Request
from registry.pricing.rates import PriceState, Rate
from registry.pricing.terms import Terms
from registry.selectors.export_rows import ExportRow

_ZEROS = frozenset({PriceState.FREE, PriceState.INCLUDED})
# Any moment serves for a card without hours.
_ANY_TIME = datetime(2000, 1, 3, tzinfo=UTC)


def figures(
    row: ExportRow, left_out: LeftOuts, currencies: frozenset[str] = frozenset({"USD"})
) -> tuple[Rate, ...]:
    """The rates that are figures in a currency that the format knows; the rest is listed."""
    kept, foreign, wordy, zeros = [], [], [], []
    for rate in row.rates:
        if rate.currency not in currencies:
            foreign.append(rate)
        elif rate.state in _ZEROS:
            zeros.append(rate)
            kept.append(rate)
        elif rate.amount is None:
            wordy.append(rate)
        else:
            kept.append(rate)
    left_out.rates(row, foreign, Reason.CURRENCY)
    left_out.rates(row, wordy, Reason.NO_FIGURE)
    left_out.rates(row, zeros, Reason.FREE_AS_ZERO)
    return tuple(kept)


def amount_per(rate: Rate, units: int) -> Decimal:
    """What so many units cost at a rate: 0 where it is free or included, else exact."""
    if rate.amount is None:
        return Decimal(0)
    return EXACT.divide(EXACT.multiply(rate.amount, Decimal(units)), rate.per).normalize(EXACT)


class Prices:
    """A card that depends on no hour, region or variant, asked many times."""

    def __init__(self, rates: Iterable[Rate]) -> None:
        self.rates = tuple(rates)
        self._own = {(rate.meter, rate.terms): rate for rate in self.rates}

    @property
    def limits(self) -> tuple[int, ...]:
        """The limits of input tokens that any rate names, from the smallest on."""
        return tuple(sorted({over for r in self.rates if (over := r.terms.context_over)}))

    @cached_property
    def _card(self) -> RateCard:
        return RateCard(self.rates)

    def of(self, meter: str, *, tier: str | None = None, tokens: int = 0) -> Rate | None:
        """What a meter costs in a request of so many input tokens; None where it is not sold."""
        if tokens == 0 and (own := self._own.get((meter, Terms(tier=tier)))) is not None:
            return own
        try:
            return self._card.pick(
                meter, Request(at=_ANY_TIME, input_tokens=tokens, tier=tier)
            ).rate
        except NotOnCard:
            return None


def beyond(over: int | None) -> int:
    """The fewest input tokens that exceed a limit; 0 for none."""
    return 0 if over is None else over + 1


def within_hours(rates: Iterable[Rate], hours: Hours) -> tuple[Rate, ...]:
    """The card while the hours last, told without them: what they do not change stays."""
    found = list(rates)
    inside = {
        rate.key._replace(terms=replace(rate.terms, hours=None)): rate
        for rate in found
        if rate.terms.hours == hours
    }
    usual = {rate.key: rate for rate in found if rate.terms.hours is None}
    return tuple(replace(rate, terms=key.terms) for key, rate in (usual | inside).items())


def windows_by_day(hours: Hours) -> Iterator[tuple[tuple[int, ...], list[tuple[int, int]]]]:
    """Days of equal windows (Monday 0) with their windows in minutes of the day."""
    found: dict[tuple[tuple[int, int], ...], list[int]] = {}
    for day in range(7):
        windows = hours.on_day(day)
        if windows:
            found.setdefault(windows, []).append(day)
    for windows, days in found.items():
        yield tuple(days), list(windows)
