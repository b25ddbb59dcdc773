"""From when a change holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from registry.curation.policy.changes import Change
from registry.curation.policy.reasons import Finding, Reason
from registry.curation.policy.rulings import NONE, Rulings
from registry.curation.policy.voices import Week, same


@dataclass(frozen=True, slots=True)
class Pending:
    """A week that was held before: when it was first seen, who said it, and the trust of that."""

    week: Week
    seen_at: datetime
    source: str
    trust: int


@dataclass(frozen=True, slots=True)
class Start:
    """When a change begins; ``stated`` by a source, or first observed."""

    starts_at: datetime
    stated: bool


def start_of(
    change: Change,
    pending: Iterable[Pending],
    *,
    at: datetime,
    ended_at: datetime | None = None,
    rulings: Rulings = NONE,
) -> Start | Finding:
    """From when a change holds.

    A date that a source states is taken where nothing speaks against it: no price stands yet, or
    the price that stood was last seen before it. A change that was held begins when it was first
    seen, and one that the provider itself had said when it was first read there. Otherwise it
    begins now. A person's date is taken as it is. ``ended_at``: when the price was withdrawn that
    now returns; it returns later.
    """
    by_staff = change.choice.winner.dated.get(change.slot)
    if by_staff is not None and by_staff <= at and (ended_at is None or by_staff > ended_at):
        return Start(by_staff, stated=True)
    agreeing, old = change.choice.agreeing, change.old
    stated = next((v.stated_at for v in agreeing if v.fresh and v.stated_at is not None), None)
    otherwise_at = _last_seen_otherwise(change, ended_at)
    if stated is not None and stated <= at:
        if all(stated > moment for moment in otherwise_at):
            return Start(stated, stated=True)
        if old is not None and stated < at and not change.corroborated:
            finding = Finding(
                Reason.PAST_DATE,
                change.slot.meter,
                stated.isoformat(),
                "a date after the price that stands was last seen",
            )
            return Start(stated, stated=True) if rulings.accepts(finding) else finding
    first = _first_seen(change, pending)
    begun_at = [old.starts_at] if old else []
    begun_at += [ended_at] if ended_at else []
    if first is not None and all(first > moment for moment in begun_at):
        return Start(first, stated=False)
    return Start(at, stated=False)


def _first_seen(change: Change, pending: Iterable[Pending]) -> datetime | None:
    """When the most trusted of those who said it before, unheeded, was first read saying so."""
    week = change.choice.week
    seen = [(p.trust, p.seen_at) for p in pending if same(p.week, week)]
    seen += [(v.trust, v.since(change.slot)) for v in change.choice.agreeing if v.own]
    if not seen:
        return None
    top = max(trust for trust, _ in seen)
    return min(moment for trust, moment in seen if trust == top)


def _last_seen_otherwise(change: Change, ended_at: datetime | None) -> list[datetime]:
    """The moments at which the price is known to have been another, or none any more."""
    moments = [ended_at] if ended_at else []
    if change.old is not None:
        moments.append(change.old.starts_at)
        moments += [voice.since(change.slot) for voice in change.choice.differing]
        silences = [voice.silent_before for voice in change.choice.agreeing]
        moments += [moment for moment in silences if moment is not None]
    return moments
