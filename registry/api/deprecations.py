"""What has to go is announced in the contract and in headers, with the day on which it ends."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.utils.http import http_date

# As docs/api-changelog.md promises.
NOTICE = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Deprecation:
    """Since which day an operation or a parameter is deprecated, and on which day it ends.

    Both begin at midnight UTC. ``instead``: what to use, for the contract. Raises `ValueError` for
    an end less than a year after.
    """

    since: date
    ends: date
    instead: str

    def __post_init__(self) -> None:
        if self.ends - self.since < NOTICE:
            raise ValueError(f"ends: {self.ends} is too soon; expected a year from {self.since} on")

    @property
    def remark(self) -> str:
        """What the contract says of it."""
        return f"Deprecated since {self.since}, ends on {self.ends}: {self.instead}"


def headers_of(deprecations: Collection[Deprecation]) -> dict[str, str]:
    """``Deprecation`` (RFC 9745) and ``Sunset`` (RFC 8594) of what a question makes use of.

    The earliest day of each; nothing where nothing is deprecated.
    """
    if not deprecations:
        return {}
    since = _seconds(min(one.since for one in deprecations))
    ends = _seconds(min(one.ends for one in deprecations))
    return {"Deprecation": f"@{since}", "Sunset": http_date(ends)}


def _seconds(day: date) -> int:
    return int(datetime.combine(day, time.min, UTC).timestamp())
