"""The date that a page looks at: ``?at=`` and ``?revision=``, and how links carry them along."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.http import QueryDict

from registry.pages.asking import Refused
from registry.selectors.clocks import AsOf, RevisionNotOut, as_of

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_REVISION = re.compile(r"0|[1-9]\d{0,14}", re.ASCII)
_EXPECTED = "a date (2026-04-24: the start of that day, UTC) or a moment with its zone"


@dataclass(frozen=True, slots=True)
class Clock:
    """Both clocks of a page, settled, and the parameters that say so in an address."""

    as_of: AsOf
    carried: dict[str, str]

    @property
    def is_past(self) -> bool:
        """Whether the page does not show the present: another moment, or an older revision."""
        return bool(self.carried)

    @property
    def at(self) -> datetime:
        """The moment whose prices are shown."""
        return self.as_of.at

    @property
    def day(self) -> str:
        """The asked date as a date field takes it; empty when the page shows the present."""
        return f"{self.at:%Y-%m-%d}" if self.as_of.at_given else ""


def read_clock(query: QueryDict) -> Clock:
    """Raises `Refused` for what is no moment, or no published revision. One statement or two."""
    at, revision = query.get("at", "").strip(), query.get("revision", "").strip()
    carried = {name: text for name, text in (("at", at), ("revision", revision)) if text}
    if revision and not _REVISION.fullmatch(revision):
        raise Refused("revision", revision, "the number of a published revision")
    try:
        settled = as_of(read_moment(at, "at") if at else None, int(revision) if revision else None)
    except RevisionNotOut as error:
        raise Refused("revision", revision, f"at most {error.newest}, the newest one") from error
    return Clock(settled, carried)


def read_moment(text: str, field: str) -> datetime:
    """A date, which is the start of that day, or a moment with its zone; else raises `Refused`."""
    try:
        if _DATE.fullmatch(text):
            return datetime.combine(date.fromisoformat(text), time.min, UTC)
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise Refused(field, text, _EXPECTED)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Refused(field, text, _EXPECTED) from error
