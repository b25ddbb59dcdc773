"""Weekly windows of UTC time, for rates that hold only at some hours.

A week has 10,080 minutes, counted from Monday 00:00 UTC. `Hours` is a set of half-open minute
ranges in it; two ways of writing the same minutes are one value and one text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTES_A_DAY = 24 * 60
MINUTES_A_WEEK = 7 * MINUTES_A_DAY

_GROUP = re.compile(r"(?:(?P<days>[a-z,-]+) )?(?P<windows>[0-9:,-]+)")
_WINDOW = re.compile(r"([01]\d|2[0-4]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)")


class HoursError(ValueError):
    """A text that does not describe weekly windows."""

    def __init__(self, text: str, expected: str) -> None:
        super().__init__(f"hours: {text!r} is not understood; expected {expected}")
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Hours:
    """Half-open minute ranges of the UTC week, sorted, disjoint and not touching."""

    ranges: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, ranges: Iterable[tuple[int, int]]) -> Hours:
        """Joins any ranges; one that ends at or before its start wraps past Sunday midnight."""
        flat: list[tuple[int, int]] = []
        for start, end in ranges:
            if end <= start:
                flat += [(start, MINUTES_A_WEEK), (0, end)]
            else:
                flat.append((start, end))
        joined: list[tuple[int, int]] = []
        for start, end in sorted(r for r in flat if r[0] < r[1]):
            if joined and start <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return cls(tuple(joined))

    @classmethod
    def daily(cls, windows: Iterable[tuple[int, int]], days: Iterable[int] = range(7)) -> Hours:
        """Windows in minutes of the day on the given days (0 = Monday).

        A window that ends at or before its start runs past midnight into the next day; equal
        ends mean the whole day.
        """
        windows = tuple(windows)
        ranges = []
        for day in days:
            for start, end in windows:
                length = (end - start) % MINUTES_A_DAY or MINUTES_A_DAY
                first = day * MINUTES_A_DAY + start
                ranges.append((first, (first + length - 1) % MINUTES_A_WEEK + 1))
        return cls.of(ranges)

    @classmethod
    def parse(cls, text: str) -> Hours:
        """Reads ``mon-fri 01:00-04:00,06:00-10:00 sat 00:00-24:00`` (days optional)."""
        ranges: list[tuple[int, int]] = []
        position = 0
        for match in _GROUP.finditer(text):
            if text[position : match.start()].strip():
                break
            position = match.end()
            days = _parse_days(match["days"], text)
            ranges += cls.daily(_parse_windows(match["windows"], text), days).ranges
        if not ranges or text[position:].strip():
            raise HoursError(text, "windows such as 'mon-fri 01:00-04:00,06:00-10:00'")
        return cls.of(ranges)

    @property
    def text(self) -> str:
        """The one canonical text: equal hours give equal text."""
        windows_by_day = [self.on_day(day) for day in range(7)]
        groups = []
        for windows, days in groupby(range(7), key=windows_by_day.__getitem__):
            if not windows:
                continue
            run = list(days)
            name = (
                DAY_NAMES[run[0]] if len(run) == 1 else f"{DAY_NAMES[run[0]]}-{DAY_NAMES[run[-1]]}"
            )
            text = ",".join(f"{_clock(a)}-{_clock(b)}" for a, b in windows)
            groups.append(text if len(run) == 7 else f"{name} {text}")
        return " ".join(groups)

    @property
    def minutes(self) -> int:
        """How many minutes of the week are covered."""
        return sum(end - start for start, end in self.ranges)

    def contains(self, moment: datetime) -> bool:
        """Whether an aware moment falls into one of the windows; a naive one is an error."""
        if moment.tzinfo is None:
            raise ValueError(f"at: {moment!r} has no time zone; expected an aware moment")
        utc = moment.astimezone(UTC)
        minute = utc.weekday() * MINUTES_A_DAY + utc.hour * 60 + utc.minute
        return any(start <= minute < end for start, end in self.ranges)

    def complement(self) -> Hours:
        """The rest of the week."""
        edges = [0, *(edge for window in self.ranges for edge in window), MINUTES_A_WEEK]
        return Hours.of((a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b)

    def overlaps(self, other: Hours) -> bool:
        """Whether some minute of the week is in both."""
        return any(a < d and c < b for a, b in self.ranges for c, d in other.ranges)

    def on_day(self, day: int) -> tuple[tuple[int, int], ...]:
        """The windows of one day (Monday 0), half-open, in minutes of that day."""
        floor, ceiling = day * MINUTES_A_DAY, (day + 1) * MINUTES_A_DAY
        return tuple(
            (max(start, floor) - floor, min(end, ceiling) - floor)
            for start, end in self.ranges
            if start < ceiling and end > floor
        )


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _parse_days(text: str | None, whole: str) -> list[int]:
    if text is None:
        return list(range(7))
    days: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        if first not in DAY_NAMES or (last and last not in DAY_NAMES):
            raise HoursError(whole, f"days out of {', '.join(DAY_NAMES)}")
        start = DAY_NAMES.index(first)
        length = (DAY_NAMES.index(last) - start) % 7 if last else 0
        days += [(start + step) % 7 for step in range(length + 1)]
    return days


def _parse_windows(text: str, whole: str) -> list[tuple[int, int]]:
    windows = []
    for part in text.split(","):
        match = _WINDOW.fullmatch(part)
        if match is None:
            raise HoursError(whole, "windows as HH:MM-HH:MM")
        h1, m1, h2, m2 = map(int, match.groups())
        start, end = h1 * 60 + m1, h2 * 60 + m2
        if start >= MINUTES_A_DAY or end > MINUTES_A_DAY:
            raise HoursError(whole, "times from 00:00 to 24:00")
        windows.append((start, end))
    return windows
