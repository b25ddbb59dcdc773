"""The two clocks of a read, settled once an answer: when a price holds, and what was known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.db.models import Q, Subquery
from django.utils import timezone

from registry.ledger.chain import NOTHING_PUBLISHED, Head, head
from registry.ledger.models import Revision

MOMENT_EXPECTED = (
    "a date (2026-04-25: the start of that day, UTC) or a moment with its zone "
    "(2026-04-25T12:00:00Z; in an address + is written %2B)"
)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:\d{2})", re.ASCII
)


class RevisionNotOut(LookupError):
    """A revision was asked for that is not published yet; ``newest`` is the last one that is."""

    def __init__(self, number: int, newest: int) -> None:
        super().__init__(f"revision: {number} is not published; the newest is {newest}")
        self.number = number
        self.newest = newest


@dataclass(frozen=True, slots=True)
class AsOf:
    """What a read is of.

    ``at``: the moment whose prices are meant. ``number`` and ``hash``: the revision that is read,
    0 and the genesis hash before the first. The answer to both clocks together never changes; one
    that is not given follows the present. ``published_at``: when the revision came out; None before
    the first.
    """

    at: datetime
    number: int
    hash: str
    at_given: bool
    revision_given: bool
    published_at: datetime | None = None

    @property
    def is_pinned(self) -> bool:
        """Whether both clocks were given, so that history answers the same for ever."""
        return self.at_given and self.revision_given

    @property
    def is_about_now(self) -> bool:
        """Whether neither was given: what is shown is then today's, staleness included."""
        return not (self.at_given or self.revision_given)

    @property
    def pinned_revision(self) -> int | None:
        """The revision to read up to; None reads the newest."""
        return self.number if self.revision_given else None

    @property
    def known_by(self) -> datetime:
        """The moment up to which words count: the asked one, or that of an earlier publication."""
        if not self.revision_given or self.published_at is None:
            return self.at
        return min(self.at, self.published_at)


def as_of(at: datetime | None = None, revision: int | None = None) -> AsOf:
    """Settles both clocks: now and the newest revision where nothing is given.

    Raises `RevisionNotOut` for a number beyond the newest. One statement.
    """
    read = head() if revision is None else _head_at(revision)
    return AsOf(
        at=at or timezone.now(),
        number=read.number,
        hash=read.hash,
        at_given=at is not None,
        revision_given=revision is not None,
        published_at=read.published_at,
    )


def _head_at(number: int) -> Head:
    """The revision of a number, which may be the newest."""
    newest = Revision.objects.order_by("-number").values("number")[:1]
    rows = Revision.objects.filter(Q(number=number) | Q(number=Subquery(newest)))
    revisions = [Head(*row) for row in rows.values_list("number", "hash", "published_at")]
    for one in revisions:
        if one.number == number:
            return one
    last = max((one.number for one in revisions), default=NOTHING_PUBLISHED.number)
    if number > last:
        raise RevisionNotOut(number, last)
    return NOTHING_PUBLISHED


def read_moment(text: str) -> datetime:
    """The moment that a parameter names, in UTC; a `ValueError` for a text that names none."""
    if _DATE.fullmatch(text):
        return datetime.combine(date.fromisoformat(text), time.min, UTC)
    if not _MOMENT.fullmatch(text):
        raise ValueError(f"at: {text!r} is no moment; expected {MOMENT_EXPECTED}")
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except OverflowError as error:
        raise ValueError(str(error)) from error
