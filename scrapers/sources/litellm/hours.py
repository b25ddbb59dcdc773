"""Off-peak windows as LiteLLM writes them.

``hours_utc`` is one ``HH:MM-HH:MM`` or a list of them; ``weekdays`` are numbers from Monday 1 or
English names, told in ``weekday_timezone``, which is UTC unless given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product

from registry.pricing.hours import MINUTES_A_DAY, MINUTES_A_WEEK, Hours
from scrapers.json_text import JsonValue

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
# Zones whose clocks never change, in minutes ahead of UTC.
_ZONES = {"UTC": 0, "Asia/Shanghai": 480, "Asia/Singapore": 480, "Asia/Tokyo": 540}


def read_hours(windows: JsonValue, zone: JsonValue) -> Hours | None:
    """The minutes of the UTC week in any window; None where one of them is not understood.

    A minute counts when its day, told in ``zone``, and its UTC time both match: a window that
    wraps midnight has its late part on the same named days, not on the days after them.
    """
    if not isinstance(windows, list) or not isinstance(zone, str) or zone not in _ZONES:
        return None
    ranges: list[tuple[int, int]] = []
    for window in windows:
        days = _weekdays(window.get("weekdays")) if isinstance(window, dict) else None
        clocks = _clocks(window.get("hours_utc")) if isinstance(window, dict) else None
        if days is None or clocks is None:
            return None
        for day in days:
            ranges += _on_local_day(day * MINUTES_A_DAY - _ZONES[zone], clocks)
    hours = Hours.of(ranges)
    return hours if hours.ranges else None


def _on_local_day(opens: int, clocks: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The clocks' minutes of the UTC week within a day that begins ``opens`` minutes into it.

    A day of another zone reaches into two days of UTC; Monday's begins before the week does.
    """
    first = opens // MINUTES_A_DAY * MINUTES_A_DAY
    for midnight, (start, end) in product((first, first + MINUTES_A_DAY), clocks):
        begins = max(opens, midnight + start)
        length = min(opens + MINUTES_A_DAY, midnight + end) - begins
        if length > 0:
            within = begins % MINUTES_A_WEEK
            yield within, within + length


def _weekdays(value: JsonValue) -> set[int] | None:
    """Days from Monday 0, given as numbers 1-7 or as names; all of them where none is given."""
    if value is None:
        return set(range(7))
    if not isinstance(value, list) or not value:
        return None
    days = set()
    for day in value:
        if isinstance(day, str) and day.lower() in _DAYS:
            days.add(_DAYS.index(day.lower()))
        elif isinstance(day, int) and not isinstance(day, bool) and 1 <= day <= 7:
            days.add(day - 1)
        else:
            return None
    return days


def _clocks(value: JsonValue) -> list[tuple[int, int]] | None:
    """Minutes of the day, from one text or a list of them; an end at or before its start wraps."""
    clocks = []
    for text in value if isinstance(value, list) else [value]:
        match = _CLOCK.fullmatch(text) if isinstance(text, str) else None
        if match is None:
            return None
        h1, m1, h2, m2 = map(int, match.groups())
        start, end = h1 * 60 + m1, h2 * 60 + m2
        clocks += [(start, end)] if start < end else [(start, MINUTES_A_DAY), (0, end)]
    return clocks
