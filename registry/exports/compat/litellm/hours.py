"""Prices that depend on the hour, as LiteLLM's ``off_peak_pricing``.

The row's own fields are the dearer price: a client that does not know the block then bills too much
and not too little, as upstream's rows do it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from registry.exports.compat.litellm.fields import field_of
from registry.exports.compat.pricing import windows_by_day, within_hours
from registry.exports.json_text import Json
from registry.pricing.hours import MINUTES_A_DAY, Hours
from registry.pricing.rates import Rate

_METERS = frozenset(
    {
        "input_tokens",
        "output_tokens",
        "reasoning_tokens",
        "cache_read_tokens",
        "cache_write_tokens",
        "cache_write_5m_tokens",
    }
)


@dataclass(frozen=True, slots=True)
class ByHour:
    """The card without hours, the block beside it, and the rates that the block cannot tell."""

    rates: tuple[Rate, ...]
    block: Json
    not_told: tuple[Rate, ...]


def by_hour(rates: Iterable[Rate], mode: str) -> ByHour:
    """Splits a card whose timed rates share one set of windows and no other condition."""
    rates = tuple(rates)
    usual = tuple(rate for rate in rates if rate.terms.hours is None)
    timed = tuple(rate for rate in rates if rate.terms.hours is not None)
    windows = {hours for rate in timed if (hours := rate.terms.hours) is not None}
    if len(windows) != 1 or not all(map(_is_plain, timed)):
        return ByHour(usual, {}, timed)
    (hours,) = windows
    within = within_hours(rates, hours)
    changed = {rate.meter for rate in timed}
    if _sum(within, changed) > _sum(usual, changed):
        return ByHour(within, _block(hours.complement(), usual, changed, mode), ())
    return ByHour(usual, _block(hours, within, changed, mode), ())


def _is_plain(rate: Rate) -> bool:
    terms = replace(rate.terms, hours=None)
    return rate.meter in _METERS and rate.currency == "USD" and not terms.key


def _sum(rates: Iterable[Rate], meters: set[str]) -> Decimal:
    amounts = (r.amount for r in rates if r.meter in meters and not r.terms.key)
    return sum((amount or Decimal(0) for amount in amounts), Decimal(0))


def _block(hours: Hours, rates: Iterable[Rate], meters: set[str], mode: str) -> Json:
    block: Json = {"windows": [_window(*told) for told in windows_by_day(hours)]}
    for rate in rates:
        field = field_of(rate, mode)
        if field is not None and rate.meter in meters and not rate.terms.key:
            block[field.name(rate)] = field.figure(rate)
    return block


def _window(days: tuple[int, ...], windows: list[tuple[int, int]]) -> Json:
    clocks = [f"{_clock(start)}-{_clock(end)}" for start, end in windows]
    return {"hours_utc": clocks, "weekdays": [day + 1 for day in days]}


def _clock(minute: int) -> str:
    """The end of a day is written as the beginning of the next, 00:00."""
    minute %= MINUTES_A_DAY
    return f"{minute // 60:02}:{minute % 60:02}"
