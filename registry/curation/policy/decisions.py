"""One offer decided: which points to publish, and what is kept back with which reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from registry.curation.policy.announcements import announced
from registry.curation.policy.case import Case
from registry.curation.policy.changes import Change, changes_of, largest_factor
from registry.curation.policy.endings import Missed, missed, superseded, waits
from registry.curation.policy.late import as_heard_then, rewritten
from registry.curation.policy.objections import objections
from registry.curation.policy.oddities import settle, storage_of, without_storage
from registry.curation.policy.points import Point, endings_of, lapses, points_of, withdrawals
from registry.curation.policy.reasons import Finding
from registry.curation.policy.rulings import told
from registry.curation.policy.starts import Start, start_of
from registry.curation.policy.voices import Slot, Voice, Week, choose, weeks_of

__all__ = ["Case", "Decision", "Kept", "decide"]


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
    return _decide_late(case) if case.late else _decide(case)


def _decide_late(case: Case) -> Decision:
    """Of a moment before what is published: what would rewrite it is kept back with its card."""
    then = as_heard_then(case)
    decision = _decide(then)
    apart = {voice.claim_id for voice in case.voices if voice not in then.voices}
    points = tuple(point for point in decision.points if not point.cancels)
    kept = decision.kept
    findings = [f for f in rewritten(points, then) if not case.rulings.accepts(f)]
    if findings:
        kept = (*kept, *_as_past(points, findings, then))
        points = ()
    return Decision(points, kept, decision.unheard | apart)


def _as_past(points: Iterable[Point], findings: Iterable[Finding], case: Case) -> Iterator[Kept]:
    claims = {point.claim_id for point in points}
    for voice in case.voices:
        if not claims.isdisjoint((voice.claim_id, *voice.receipts.values())):
            yield _kept(voice, findings, voice.weeks(), case)


def _decide(case: Case) -> Decision:
    if case.rulings.pinned:
        return Decision(unheard=frozenset(voice.claim_id for voice in case.voices))
    if case.ended:
        return Decision(points=tuple(withdrawals(case.standing, at=case.at)))
    said = tuple(settle(voice, case) for voice in case.rulings.heard(case.voices))
    voices = tuple(without_storage(voice, case) for voice in said)
    kept = list(_unusable(said, voices, case))
    choices = choose(voices, {slot: stand.week for slot, stand in case.standing.items()})
    changes = [c for c in changes_of(choices, case.standing) if not waits(c, voices)]
    ended = superseded(changes, choices, voices, case)
    gone = list(missed(voices, choices, ended, _slots_of(kept), case))
    begun = {change.slot: _start(change, case) for change in changes}
    starts = {slot: start for slot, start in begun.items() if isinstance(start, Start)}
    findings = [
        *objections(case, changes),
        *(one.finding for one in gone if not (one.costs_the_same or _ends_by_itself(one, case))),
        *(start for start in begun.values() if isinstance(start, Finding)),
    ]
    findings = [finding for finding in findings if not case.rulings.answers(finding)]
    unheard = frozenset(voice.claim_id for voice in voices if not voice.fresh)
    if findings:
        waiting = [change for change in changes if not change.by_staff]
        changes = [change for change in changes if change.by_staff]
        ended = {slot: change for slot, change in ended.items() if change.by_staff}
        points = tuple(_steps(changes, ended, starts, case))
        return Decision(points, (*kept, *_hold(waiting, findings, voices, case)), unheard)
    points = (
        *_steps(changes, ended, starts, case),
        *(point for one in gone for point in _ending(one, case)),
        *announced(case.announcements, case.planned, choices, at=case.at),
    )
    return Decision(points, tuple(kept), unheard)


def _unusable(said: Sequence[Voice], voices: Sequence[Voice], case: Case) -> Iterator[Kept]:
    """Cards that cannot be used, and what was left out of those that can."""
    for voice, used in zip(said, voices, strict=True):
        if not used.card.usable:
            yield _kept(voice, voice.card.findings, weeks_of(voice.card.rates), case)
        elif used is not voice:
            yield _kept(voice, *storage_of(voice), case)


def _slots_of(kept: Iterable[Kept]) -> frozenset[Slot]:
    return frozenset(slot for one in kept for slot in one.weeks)


def _ends_by_itself(one: Missed, case: Case) -> bool:
    return one.is_settled and told(one.finding) not in case.rulings.taken_back.findings


def _ending(one: Missed, case: Case) -> Iterator[Point]:
    """The end of a missed price, where a person or its source's long silence says so."""
    slot, voice = one.slot, one.voice
    stand, since = case.standing[slot], voice.since(slot)
    if case.rulings.ends(one.finding):
        yield from withdrawals({slot: stand}, at=case.at)
    elif _ends_by_itself(one, case) and not case.rulings.answers(one.finding):
        start = Start(since if since > stand.starts_at else case.at, stated=False)
        yield from lapses(slot, stand, start, voice)


def _kept(
    voice: Voice, findings: Iterable[Finding], weeks: Mapping[Slot, Week], case: Case
) -> Kept:
    return Kept(voice, tuple(findings), weeks, largest_factor(weeks, case.standing))


def _start(change: Change, case: Case) -> Start | Finding:
    return start_of(
        change,
        case.pending.get(change.slot, ()),
        at=case.at,
        ended_at=case.ended_at(change),
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
