"""From when a change holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from registry.curation.policy.changes import Change, Standing
from registry.curation.policy.reasons import Finding, Reason
from registry.curation.policy.voices import Week, same


@dataclass(frozen=True, slots=True)
class Pending:
    """A week that was held before: when it was first seen, and the trust of who said it."""

    week: Week
    seen_at: datetime
    trust: int


@dataclass(frozen=True, slots=True)
class Start:
    """When a change begins; ``stated`` by a source, or first observed."""

    starts_at: datetime
    stated: bool


def start_of(change: Change, pending: Iterable[Pending], *, at: datetime) -> Start | Finding:
    """From when a change holds.

    A date that a source states is taken where nothing speaks against it: no price stands yet, or
    the price that stood was last seen before it. A change that was held begins when it was first
    seen, and one that the provider itself had said when it was first read there. Otherwise it
    begins now.
    """
    agreeing, old = change.choice.agreeing, change.old
    stated = next((v.stated_at for v in agreeing if v.fresh and v.stated_at is not None), None)
    if stated is not None and stated <= at:
        if old is None:
            return Start(stated, stated=True)
        if stated > _last_seen_otherwise(old, change):
            return Start(stated, stated=True)
        if stated < at and not change.corroborated:
            return Finding(
                Reason.PAST_DATE,
                change.slot.meter,
                stated.isoformat(),
                "a date after the price that stands was last seen",
            )
    first = _first_seen(change, pending)
    if first is not None and (old is None or first > old.starts_at):
        return Start(first, stated=False)
    return Start(at, stated=False)


def _first_seen(change: Change, pending: Iterable[Pending]) -> datetime | None:
    """When the most trusted of those who said it before, unheeded, was first read saying so."""
    week = change.choice.week
    seen = [(p.trust, p.seen_at) for p in pending if same(p.week, week)]
    seen += [(voice.trust, voice.seen_at) for voice in change.choice.agreeing if voice.own]
    if not seen:
        return None
    top = max(trust for trust, _ in seen)
    return min(moment for trust, moment in seen if trust == top)


def _last_seen_otherwise(old: Standing, change: Change) -> datetime:
    """The last moment at which some source is known to have said another price."""
    moments = [old.starts_at]
    moments += [voice.seen_at for voice in change.choice.differing]
    moments += [v.silent_before for v in change.choice.agreeing if v.silent_before is not None]
    return max(moments)
