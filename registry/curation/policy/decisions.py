"""One offer decided: which points to publish, and what is kept back with which reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from registry.curation.policy.cards import CACHE_WRITES, Card
from registry.curation.policy.changes import Change, Standing, changes_of, objections
from registry.curation.policy.reasons import Finding, Reason
from registry.curation.policy.starts import Pending, Start, start_of
from registry.curation.policy.voices import (
    Choice,
    Price,
    Slot,
    Status,
    Voice,
    Week,
    choose,
    same,
    weeks_of,
)
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


@dataclass(frozen=True, slots=True)
class Case:
    """All that is known of one offer at one moment.

    ``ended``: no source has carried the offer for long enough that its prices are withdrawn.
    ``withdrawn``: series that were published once and stand withdrawn.
    """

    at: datetime
    voices: tuple[Voice, ...]
    standing: Mapping[Slot, Standing]
    peers: Mapping[Slot, tuple[Decimal, ...]] = field(default_factory=dict)
    pending: Mapping[Slot, tuple[Pending, ...]] = field(default_factory=dict)
    announcements: tuple[Announcement, ...] = ()
    planned: tuple[Planned, ...] = ()
    withdrawn: frozenset[RateKey] = frozenset()
    ended: bool = False


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


@dataclass(frozen=True, slots=True)
class Kept:
    """A claim that is not published as it stands, with the reasons and what it would change."""

    voice: Voice
    findings: tuple[Finding, ...]
    weeks: Mapping[Slot, Week]


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of an offer.

    ``unheard``: claims of sources whose word is stale; what was kept of them before stays kept.
    """

    points: tuple[Point, ...] = ()
    kept: tuple[Kept, ...] = ()
    unheard: frozenset[int] = frozenset()


def decide(case: Case) -> Decision:
    """Publishes, holds or rejects an offer's whole card at once, never a part of it."""
    if case.ended:
        return Decision(points=tuple(_withdrawals(case)))
    voices = tuple(_settle(voice, case) for voice in case.voices)
    kept = [
        Kept(voice, voice.card.findings, weeks_of(voice.card.rates))
        for voice in voices
        if not voice.card.usable
    ]
    standing = {slot: stand.week for slot, stand in case.standing.items()}
    choices = choose(voices, standing)
    changes = changes_of(choices, case.standing)
    findings = [*objections(changes, case.peers), *_vanished(voices, choices, case)]
    starts = {
        change.slot: start_of(change, case.pending.get(change.slot, ()), at=case.at)
        for change in changes
    }
    findings += [start for start in starts.values() if isinstance(start, Finding)]
    unheard = frozenset(voice.claim_id for voice in voices if not voice.fresh)
    if findings:
        return Decision(kept=(*kept, *_hold(changes, findings, voices, case)), unheard=unheard)
    points = [
        point
        for change in changes
        if isinstance(start := starts[change.slot], Start)
        for point in _points(change, start, case)
    ]
    points += _orphaned(changes, starts, choices, case)
    points += _announced(case, choices)
    return Decision(tuple(points), tuple(kept), unheard)


def _settle(voice: Voice, case: Case) -> Voice:
    """Drops what only looks odd where it stands so, or an independent voice says the same."""
    odd = {finding.reason for finding in voice.card.findings} & _ODD.keys()
    if not odd:
        return voice
    weeks = weeks_of(voice.card.rates)
    known = [{slot: stand.week for slot, stand in case.standing.items()}]
    known += [weeks_of(v.card.rates) for v in case.voices if v.group != voice.group]
    settled = set()
    for reason in odd:
        asked = {slot: week for slot, week in weeks.items() if slot.meter in _ODD[reason]}
        if any(all(s in w and same(w[s], week) for s, week in asked.items()) for w in known):
            settled.add(reason)
    rest = tuple(f for f in voice.card.findings if f.reason not in settled)
    return replace(voice, card=Card(voice.card.rates, rest))


# What is unusual but real in some cards, and the meters that somebody else must ask the same for.
_ODD = {
    Reason.SWAPPED: ("input_tokens", "output_tokens"),
    Reason.CACHE_WRITE_CHEAPER: ("input_tokens", *CACHE_WRITES),
}


def _vanished(
    voices: Iterable[Voice], choices: Mapping[Slot, Choice], case: Case
) -> Iterator[Finding]:
    """A published slot that its own source, still speaking of the offer, says no more."""
    speaking = {voice.source for voice in voices if voice.fresh and voice.card.usable}
    for slot, stand in case.standing.items():
        if slot not in choices and stand.source in speaking:
            yield Finding(
                Reason.VANISHED,
                slot.meter,
                slot.terms.key,
                "the price that stood, or word of its end",
            )


def _hold(
    changes: Iterable[Change], findings: Iterable[Finding], voices: Iterable[Voice], case: Case
) -> Iterator[Kept]:
    """The whole change, kept back under the voices that would have made it."""
    weeks: dict[int, dict[Slot, Week]] = {}
    for change in changes:
        weeks.setdefault(change.choice.winner.claim_id, {})[change.slot] = change.choice.week
    if not weeks:
        leaders = sorted((v for v in voices if v.fresh), key=lambda v: (-v.trust, v.source))
        weeks = {leaders[0].claim_id: {}} if leaders else {}
    for voice in voices:
        if voice.claim_id in weeks:
            yield Kept(voice, tuple(findings), weeks[voice.claim_id])


def _points(change: Change, start: Start, case: Case) -> Iterator[Point]:
    choice, old = change.choice, change.old
    before: Week = old.week if old else {}
    for window, price in choice.week.items():
        key = change.slot.at(window)
        if before.get(window) == price:
            continue
        cause = _cause(window in before, key, start, change, case)
        yield Point(
            key,
            start.starts_at,
            start.stated,
            price,
            choice.status,
            cause,
            choice.winner.claim_for(change.slot),
        )
    for window in before.keys() - choice.week.keys():
        yield Point(
            change.slot.at(window),
            start.starts_at,
            start.stated,
            None,
            choice.status,
            Cause.WITHDRAWN,
            choice.winner.claim_for(change.slot),
        )


def _orphaned(
    changes: Iterable[Change],
    starts: Mapping[Slot, Start | Finding],
    choices: Mapping[Slot, Choice],
    case: Case,
) -> Iterator[Point]:
    """Ends what was built on a price that changed and that nobody states on the new one."""
    moved = {change.slot: change for change in changes if change.old is not None}
    for slot, stand in case.standing.items():
        base = next((base for base in slot.foundations() if base in moved), None)
        if base is None or slot in choices:
            continue
        start, choice = starts[base], moved[base].choice
        if isinstance(start, Start):
            ends_at = max(start.starts_at, stand.starts_at)
            for window in stand.week:
                yield Point(
                    slot.at(window), ends_at, start.stated, None, choice.status,
                    Cause.WITHDRAWN, choice.winner.claim_for(base),
                )  # fmt: skip


def _cause(stood: bool, key: RateKey, start: Start, change: Change, case: Case) -> Cause:
    if key in case.withdrawn:
        return Cause.RESTORED
    if not stood or change.old is None:
        return Cause.FIRST_SEEN
    return Cause.CORRECTED if start.starts_at == change.old.starts_at else Cause.REPRICED


def _withdrawals(case: Case) -> Iterator[Point]:
    for slot, stand in case.standing.items():
        for window in stand.week:
            yield Point(slot.at(window), case.at, False, None, Status.SINGLE, Cause.WITHDRAWN, None)


def _announced(case: Case, choices: Mapping[Slot, Choice]) -> Iterator[Point]:
    """Future starts by the voice that wins the slot; one no longer announced is cancelled."""
    wanted: dict[tuple[RateKey, datetime], Point] = {}
    for announcement in case.announcements:
        voice = announcement.voice
        if not announcement.card.usable or announcement.starts_at <= case.at:
            continue
        for slot, week in weeks_of(announcement.card.rates).items():
            choice = choices.get(slot)
            if choice is None or choice.winner.source != voice.source:
                continue
            for window, price in week.items():
                if choice.week.get(window) != price:
                    key = slot.at(window)
                    wanted[key, announcement.starts_at] = Point(
                        key,
                        announcement.starts_at,
                        True,
                        price,
                        Status.SINGLE,
                        Cause.SCHEDULED,
                        voice.claim_id,
                    )
    speaking = {choice.winner.source: choice.winner for choice in choices.values()}
    for plan in case.planned:
        point = wanted.pop((plan.key, plan.starts_at), None)
        if point is not None and point.price != plan.price:
            yield point
        elif point is None and plan.source in speaking and plan.price is not None:
            yield Point(
                plan.key,
                plan.starts_at,
                True,
                None,
                Status.SINGLE,
                Cause.CANCELLED,
                speaking[plan.source].claim_id,
                cancels=True,
            )
    yield from wanted.values()
