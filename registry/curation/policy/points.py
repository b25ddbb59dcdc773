"""The starts that a decision publishes, each with its cause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from registry.curation.policy.changes import Change, Standing
from registry.curation.policy.elections import Status
from registry.curation.policy.starts import Start
from registry.curation.policy.voices import Price, Slot, Voice, Week
from registry.pricing.rates import RateKey


class Cause(StrEnum):
    """Why a point is published."""

    FIRST_SEEN = "first_seen"
    REPRICED = "repriced"
    SCHEDULED = "scheduled"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Point:
    """One start to publish; ``price`` None withdraws, ``cancels`` retracts a planned start."""

    key: RateKey
    starts_at: datetime
    stated: bool
    price: Price | None
    status: Status
    cause: Cause
    claim_id: int | None
    cancels: bool = False


def points_of(change: Change, start: Start, withdrawn: Set[RateKey]) -> Iterator[Point]:
    """A slot's step as points: windows that come or move, and the end of those that go.

    ``withdrawn``: series that were published once and stand withdrawn, whose return is no news.
    """
    old = change.old
    before: Week = old.week if old else {}
    for window, price in change.choice.week.items():
        key = change.slot.at(window)
        if before.get(window) != price:
            cause = _cause(key, window in before, change, start, withdrawn)
            yield _point(key, price, change, start, cause)
    for window in before.keys() - change.choice.week.keys():
        yield _point(change.slot.at(window), None, change, start, Cause.WITHDRAWN)


def _cause(
    key: RateKey, stood: bool, change: Change, start: Start, withdrawn: Set[RateKey]
) -> Cause:
    if key in withdrawn:
        return Cause.RESTORED
    if not stood or change.old is None:
        return Cause.FIRST_SEEN
    return Cause.CORRECTED if start.starts_at == change.old.starts_at else Cause.REPRICED


def _point(key: RateKey, price: Price | None, change: Change, start: Start, cause: Cause) -> Point:
    choice = change.choice
    claim_id = choice.winner.claim_for(change.slot)
    return Point(key, start.starts_at, start.stated, price, choice.status, cause, claim_id)


def endings_of(slot: Slot, standing: Standing, change: Change, start: Start) -> Iterator[Point]:
    """The end of a standing slot that a change elsewhere on the card brings with it."""
    ends = Start(max(start.starts_at, standing.starts_at), start.stated)
    for window in standing.week:
        yield _point(slot.at(window), None, change, ends, Cause.WITHDRAWN)


def lapses(slot: Slot, standing: Standing, start: Start, voice: Voice) -> Iterator[Point]:
    """The end of a standing slot on the word of its own source, which lists it no more."""
    for window in standing.week:
        yield Point(
            slot.at(window), start.starts_at, start.stated, None, Status.SINGLE, Cause.WITHDRAWN,
            voice.claim_id,
        )  # fmt: skip


def withdrawals(standing: Mapping[Slot, Standing], *, at: datetime) -> Iterator[Point]:
    """The end of everything that stands, on nobody's claim: no source carries it any more."""
    for slot, stand in standing.items():
        for window in stand.week:
            yield Point(
                slot.at(window), at, False, None, Status.SINGLE, Cause.WITHDRAWN, None
            )  # fmt: skip
