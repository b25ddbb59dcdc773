"""Prices that a source dates in the future: published for their date, or cancelled again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from registry.curation.policy.cards import Card
from registry.curation.policy.elections import Status
from registry.curation.policy.points import Cause, Point
from registry.curation.policy.voices import Choice, Price, Slot, Voice, weeks_of
from registry.pricing.rates import RateKey

_Start = tuple[RateKey, datetime]


@dataclass(frozen=True, slots=True)
class Announcement:
    """A card that a voice dates in the future."""

    voice: Voice
    starts_at: datetime
    card: Card


@dataclass(frozen=True, slots=True)
class Planned:
    """A published start in the future."""

    key: RateKey
    starts_at: datetime
    price: Price | None
    source: str


def announced(
    announcements: Iterable[Announcement],
    planned: Iterable[Planned],
    choices: Mapping[Slot, Choice],
    *,
    at: datetime,
) -> Iterator[Point]:
    """Future starts by the voice that wins the slot; one no longer announced is cancelled."""
    wanted: dict[_Start, Point] = {}
    for announcement in announcements:
        if announcement.card.usable and announcement.starts_at > at:
            wanted |= _starts(announcement, choices)
    speaking = {choice.winner.source: choice.winner for choice in choices.values()}
    for plan in planned:
        point = wanted.pop((plan.key, plan.starts_at), None)
        if point is not None and point.price != plan.price:
            yield point
        elif point is None and plan.source in speaking and plan.price is not None:
            yield _cancelled(plan, speaking[plan.source])
    yield from wanted.values()


def _starts(announcement: Announcement, choices: Mapping[Slot, Choice]) -> dict[_Start, Point]:
    """What an announced card changes in the slots that its voice wins."""
    starts: dict[_Start, Point] = {}
    voice, moment = announcement.voice, announcement.starts_at
    for slot, week in weeks_of(announcement.card.rates).items():
        choice = choices.get(slot)
        if choice is None or choice.winner.source != voice.source:
            continue
        for window, price in week.items():
            if choice.week.get(window) != price:
                key = slot.at(window)
                starts[key, moment] = Point(
                    key, moment, True, price, Status.SINGLE, Cause.SCHEDULED, voice.claim_id
                )
    return starts


def _cancelled(plan: Planned, voice: Voice) -> Point:
    return Point(
        plan.key, plan.starts_at, True, None, Status.SINGLE, Cause.CANCELLED, voice.claim_id,
        cancels=True,
    )  # fmt: skip
