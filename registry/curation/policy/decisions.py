"""One offer decided: which points to publish, and what is kept back with which reasons."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from registry.curation.policy.announcements import Announcement, Planned, announced
from registry.curation.policy.cards import CACHE_WRITES, Card
from registry.curation.policy.changes import (
    Change,
    Standing,
    changes_of,
    largest_factor,
    objections,
)
from registry.curation.policy.points import Point, endings_of, points_of, withdrawals
from registry.curation.policy.reasons import Finding, Reason
from registry.curation.policy.rulings import NONE, Rulings
from registry.curation.policy.starts import Pending, Start, start_of
from registry.curation.policy.voices import (
    Choice,
    Slot,
    Voice,
    Week,
    choose,
    same,
    weeks_of,
)
from registry.pricing.rates import RateKey


@dataclass(frozen=True, slots=True)
class Case:
    """All that is known of one offer at one moment.

    ``ended``: no source has carried the offer for long enough that its prices are withdrawn.
    ``withdrawn``: series that were published once and stand withdrawn, since when.
    """

    at: datetime
    voices: tuple[Voice, ...]
    standing: Mapping[Slot, Standing]
    peers: Mapping[Slot, tuple[Decimal, ...]] = field(default_factory=dict)
    pending: Mapping[Slot, tuple[Pending, ...]] = field(default_factory=dict)
    announcements: tuple[Announcement, ...] = ()
    planned: tuple[Planned, ...] = ()
    withdrawn: Mapping[RateKey, datetime] = field(default_factory=dict)
    ended: bool = False
    rulings: Rulings = NONE


@dataclass(frozen=True, slots=True)
class Kept:
    """A claim that is not published as it stands, with the reasons and what it would change.

    ``factor``: how many times dearer or cheaper its largest step is.
    """

    voice: Voice
    findings: tuple[Finding, ...]
    weeks: Mapping[Slot, Week]
    factor: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of an offer.

    ``unheard``: claims of sources whose word is stale; what was kept of them before stays kept.
    """

    points: tuple[Point, ...] = ()
    kept: tuple[Kept, ...] = ()
    unheard: frozenset[int] = frozenset()


def decide(case: Case) -> Decision:
    """Publishes, holds or rejects an offer's whole card at once, never a part of it.

    What a person has corrected is published also beside a card that waits.
    """
    if case.rulings.pinned:
        return Decision(unheard=frozenset(voice.claim_id for voice in case.voices))
    if case.ended:
        return Decision(points=tuple(withdrawals(case.standing, at=case.at)))
    voices = tuple(_settle(voice, case) for voice in case.rulings.heard(case.voices))
    kept = [
        _kept(voice, voice.card.findings, weeks_of(voice.card.rates), case)
        for voice in voices
        if not voice.card.usable
    ]
    standing = {slot: stand.week for slot, stand in case.standing.items()}
    choices = choose(voices, standing)
    changes = changes_of(choices, case.standing)
    ended = _superseded(changes, choices, case)
    vanished = dict(_vanished(voices, choices, ended, case))
    begun = {change.slot: _start(change, case) for change in changes}
    starts = {slot: start for slot, start in begun.items() if isinstance(start, Start)}
    findings = [
        *objections(changes, case.peers),
        *vanished.values(),
        *(start for start in begun.values() if isinstance(start, Finding)),
    ]
    findings = [finding for finding in findings if not case.rulings.answers(finding)]
    unheard = frozenset(voice.claim_id for voice in voices if not voice.fresh)
    if findings:
        waiting = [change for change in changes if not change.by_staff]
        changes = tuple(change for change in changes if change.by_staff)
        ended = {slot: change for slot, change in ended.items() if change.by_staff}
        points = tuple(_steps(changes, ended, starts, case))
        return Decision(points, (*kept, *_hold(waiting, findings, voices, case)), unheard)
    gone = {slot: case.standing[slot] for slot, f in vanished.items() if case.rulings.ends(f)}
    points = (
        *_steps(changes, ended, starts, case),
        *withdrawals(gone, at=case.at),
        *announced(case.announcements, case.planned, choices, at=case.at),
    )
    return Decision(points, tuple(kept), unheard)


def _kept(
    voice: Voice, findings: Iterable[Finding], weeks: Mapping[Slot, Week], case: Case
) -> Kept:
    return Kept(voice, tuple(findings), weeks, largest_factor(weeks, case.standing))


def _start(change: Change, case: Case) -> Start | Finding:
    return start_of(
        change,
        case.pending.get(change.slot, ()),
        at=case.at,
        ended_at=_withdrawn_at(change, case),
        rulings=case.rulings,
    )


def _steps(
    changes: Iterable[Change],
    ended: Mapping[Slot, Change],
    starts: Mapping[Slot, Start],
    case: Case,
) -> Iterator[Point]:
    """The points of changes, and of what ends with them."""
    for change in changes:
        yield from points_of(change, starts[change.slot], case.withdrawn.keys())
    for slot, change in ended.items():
        yield from endings_of(slot, case.standing[slot], change, starts[change.slot])


def _withdrawn_at(change: Change, case: Case) -> datetime | None:
    """When the last of the changed series was withdrawn that is not published any more."""
    keys = [change.slot.at(window) for window in change.choice.week]
    return max((case.withdrawn[key] for key in keys if key in case.withdrawn), default=None)


def _settle(voice: Voice, case: Case) -> Voice:
    """Drops what a person has accepted, and what only looks odd where others say so too.

    The others are an independent voice, or what stands.
    """
    asked = tuple(f for f in voice.card.findings if not case.rulings.accepts(f))
    voice = replace(voice, card=Card(voice.card.rates, asked))
    odd = {finding.reason for finding in voice.card.findings} & _ODD.keys()
    if not odd:
        return voice
    weeks = weeks_of(voice.card.rates)
    known = [{slot: stand.week for slot, stand in case.standing.items()}]
    known += [weeks_of(v.card.rates) for v in case.voices if v.group != voice.group]
    settled = set()
    for reason in odd:
        concerned = {slot: week for slot, week in weeks.items() if slot.meter in _ODD[reason]}
        if any(all(s in w and same(w[s], week) for s, week in concerned.items()) for w in known):
            settled.add(reason)
    rest = tuple(f for f in voice.card.findings if f.reason not in settled)
    return replace(voice, card=Card(voice.card.rates, rest))


# What is unusual but real in some cards, and the meters that somebody else must ask the same for.
_ODD = {
    Reason.SWAPPED: ("input_tokens", "output_tokens"),
    Reason.CACHE_WRITE_CHEAPER: ("input_tokens", *CACHE_WRITES),
}


def _vanished(
    voices: Iterable[Voice], choices: Mapping[Slot, Choice], ended: Collection[Slot], case: Case
) -> Iterator[tuple[Slot, Finding]]:
    """A published slot that its own source, still speaking of the offer, says no more."""
    speaking = {v.source for v in voices if v.fresh and v.card.usable and not v.staff}
    for slot, stand in case.standing.items():
        if slot not in choices and slot not in ended and stand.source in speaking:
            expected = "the price that stood, or word of its end"
            yield slot, Finding(Reason.VANISHED, slot.meter, slot.terms.key, expected)


def _hold(
    changes: Iterable[Change],
    findings: Sequence[Finding],
    voices: Iterable[Voice],
    case: Case,
) -> Iterator[Kept]:
    """The whole change, kept back under the voices that would have made it."""
    weeks: dict[int, dict[Slot, Week]] = {}
    for change in changes:
        weeks.setdefault(change.choice.winner.claim_id, {})[change.slot] = change.choice.week
    if not weeks:
        fresh = (voice for voice in voices if voice.fresh and not voice.staff)
        leaders = sorted(fresh, key=lambda v: (-v.trust, v.source))
        weeks = {leaders[0].claim_id: {}} if leaders else {}
    for voice in voices:
        if voice.claim_id in weeks:
            yield _kept(voice, findings, weeks[voice.claim_id], case)


def _superseded(
    changes: Iterable[Change], choices: Mapping[Slot, Choice], case: Case
) -> dict[Slot, Change]:
    """Standing slots that nobody states and that a change ends, each with that change.

    What was built on a price ends when that price moves: it belonged to the old card. A variant's
    price ends when one price for all variants comes in its place.
    """
    moved = {change.slot: change for change in changes}
    ended = {}
    for slot in case.standing:
        whole = slot._replace(terms=replace(slot.terms, variant=None))
        grounds = [base for base in slot.foundations() if base in moved]
        causes = [base for base in grounds if base == whole or moved[base].old is not None]
        if causes and slot not in choices:
            ended[slot] = moved[causes[0]]
    return ended
