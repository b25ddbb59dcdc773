"""Conditional prices of OpenRouter: ``pricing.overrides``.

An entry holds when all of its conditions do: more prompt tokens than ``min_prompt_tokens``, a time
of day in ``[utc_start, utc_end)`` (clock numbers: 400 is 04:00; may wrap midnight), a weekday in
``utc_days``. Of the entries that hold the later one wins, price by price, and what none of them
names keeps its base price. Here each combination of conditions becomes one explicit card.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from registry.pricing.hours import DAY_NAMES, MINUTES_A_DAY, Hours
from registry.pricing.terms import Terms
from scrapers.claims import EntryFault
from scrapers.facts import count
from scrapers.json_text import JsonValue
from scrapers.quoting import Card

_CONDITIONS = ("min_prompt_tokens", "utc_start", "utc_end", "utc_days")
_DAYS = {name: index for index, name in enumerate(DAY_NAMES)}


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure and the name of the field that it stands in."""

    value: JsonValue
    field: str


@dataclass(frozen=True, slots=True)
class Override:
    """Prices that hold over a number of prompt tokens, in some hours, or both."""

    over: int | None
    hours: Hours | None
    prices: dict[str, Stated]

    def holds(self, over: int | None, hours: Hours | None) -> bool:
        """Whether it holds for requests above ``over`` tokens within ``hours``."""
        long_enough = self.over is None or (over is not None and self.over <= over)
        return long_enough and self.hours in (None, hours)


def read_overrides(value: JsonValue, card: Card) -> tuple[Override, ...]:
    """The entries of the list in its order; what is wrong with one is remarked on."""
    if value is None:
        return ()
    if not isinstance(value, list):
        card.remark(EntryFault.WRONG_SHAPE, "pricing.overrides", value, "a list")
        return ()
    read = (_read(item, f"pricing.overrides[{index}]", card) for index, item in enumerate(value))
    overrides = tuple(filter(None, read))
    for one, other in combinations({o.hours for o in overrides if o.hours}, 2):
        if one.overlaps(other):
            card.remark(
                EntryFault.BAD_HOURS,
                "pricing.overrides",
                f"{one.text}, {other.text}",
                "windows that are equal or apart",
            )
            return ()
    return overrides


def cards_under(overrides: tuple[Override, ...]) -> Iterator[tuple[Terms, dict[str, Stated]]]:
    """The prices under each combination of conditions that the entries name."""
    limits = [None, *sorted({o.over for o in overrides if o.over})]
    windows = [None, *dict.fromkeys(o.hours for o in overrides if o.hours)]
    for over in limits:
        for hours in windows:
            prices: dict[str, Stated] = {}
            for override in overrides:
                if override.holds(over, hours):
                    prices |= override.prices
            if prices:
                yield Terms(context_over=over, hours=hours), prices


def _read(item: JsonValue, where: str, card: Card) -> Override | None:
    if not isinstance(item, dict):
        card.remark(EntryFault.WRONG_SHAPE, where, item, "an object")
        return None
    over, hours = count(item.get("min_prompt_tokens")), None
    if over is None and "min_prompt_tokens" in item:
        card.remark(EntryFault.BAD_TIERS, where, item, "a number of prompt tokens above zero")
        return None
    if any(key in item for key in _CONDITIONS[1:]):
        hours = _hours(item)
        if hours is None:
            card.remark(EntryFault.BAD_HOURS, where, item, "clock numbers such as 100 and 1030")
            return None
    if over is None and hours is None:
        card.remark(EntryFault.WRONG_SHAPE, where, item, f"one of {', '.join(_CONDITIONS)}")
        return None
    prices = {
        key: Stated(value, f"{where}.{key}")
        for key, value in item.items()
        if key not in _CONDITIONS
    }
    return Override(over, hours, prices)


def _hours(item: dict[str, JsonValue]) -> Hours | None:
    """The windows on the days named; both ends on the same day, so a wrap is two windows of it."""
    named = item.get("utc_days", [*DAY_NAMES])
    days = [_day(name) for name in named] if isinstance(named, list) else []
    start, end = _minutes(item.get("utc_start", 0)), _minutes(item.get("utc_end", 2400))
    if start is None or end is None or start == end or not days or None in days:
        return None
    wraps = start > end
    windows = [(start, MINUTES_A_DAY), (0, end)] if wraps else [(start, end)]
    return Hours.daily(
        ((a, b) for a, b in windows if a < b), (day for day in days if day is not None)
    )


def _day(name: JsonValue) -> int | None:
    """Monday is 0; names come in full (``monday``) or as their first three letters."""
    return _DAYS.get(name[:3].lower()) if isinstance(name, str) else None


def _minutes(clock: JsonValue) -> int | None:
    """The minute of the day of a clock number: 1030 is 10:30, so 630."""
    if isinstance(clock, str) and clock.isascii() and clock.isdigit():
        clock = int(clock)
    if not isinstance(clock, int) or isinstance(clock, bool):
        return None
    hour, minute = divmod(clock, 100)
    minutes = hour * 60 + minute
    return minutes if minute < 60 and 0 <= minutes <= MINUTES_A_DAY else None
