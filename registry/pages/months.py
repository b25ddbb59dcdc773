"""The months through which a page is moved: their beginnings, offered in a list and on a slider."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from django.utils import timezone

from registry.pages.clock import Clock

OFFERED = 36


class MonthStep(NamedTuple):
    """A month's beginning as the address asks for it and as a reader reads it."""

    at: str
    told: str


class Stop(NamedTuple):
    """A place on the slider: how many months before the coming one, and what it shows."""

    value: int
    told: str


@dataclass(frozen=True, slots=True)
class Slider:
    """Stops from the oldest to the present, and where it stands."""

    stops: Sequence[Stop]
    value: int
    told: str

    @property
    def least(self) -> int:
        """The value of the oldest stop; the present has 0."""
        return -OFFERED


def slider(clock: Clock) -> Slider:
    """The slider of a page; a day within a month stands on that month's stop."""
    now = _number(timezone.now())
    stops = [Stop(back - now - 1, month(back).told) for back in range(now + 1 - OFFERED, now + 1)]
    value = _number(clock.at) - now - 1 if clock.day else 0
    told = f"{clock.at.day} {clock.at:%b %Y}" if clock.day else "now"
    return Slider((*stops, Stop(0, "now")), max(-OFFERED, min(0, value)), told)


def asked_day(value: int) -> str:
    """The day that a stop of the slider means; empty for the present."""
    return month(_number(timezone.now()) + 1 + value).at if value else ""


def month(number: int) -> MonthStep:
    """The beginning of a month, counted from the year 0."""
    moment = datetime(number // 12, number % 12 + 1, 1, tzinfo=UTC)
    return MonthStep(f"{moment:%Y-%m-%d}", f"{moment:%b %Y}")


def before(at: datetime) -> MonthStep:
    """The last beginning of a month before a moment."""
    begun = datetime(at.year, at.month, 1, tzinfo=UTC)
    return month(_number(at) - (at == begun))


def after(at: datetime) -> MonthStep | None:
    """The next beginning of a month, where it has come."""
    following = _number(at) + 1
    return month(following) if following <= _number(timezone.now()) else None


def offered(clock: Clock) -> list[MonthStep]:
    """The last months, the newest first, and the asked day where it is none of them."""
    newest = _number(timezone.now())
    found = [month(newest - back) for back in range(OFFERED)]
    if clock.day and clock.day not in {one.at for one in found}:
        found.append(MonthStep(clock.day, clock.day))
    return sorted(found, reverse=True)


def _number(moment: datetime) -> int:
    return moment.year * 12 + moment.month - 1
