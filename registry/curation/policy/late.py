"""Words on a moment before what is published already: an old article, a recording that comes late.

What such a word tells of its own time is evidence. Where nothing was published of a price up to the
moment it is published for it; whatever it would change besides rewrites bills, and waits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from registry.curation.policy.case import Case
from registry.curation.policy.points import Point
from registry.curation.policy.reasons import Finding, Reason
from registry.curation.policy.voices import Slot, Voice


def as_heard_then(case: Case) -> Case:
    """The case with only what was said by its moment; nobody ends anything in hindsight.

    Persons decide about the present: what they have corrected is published.
    """
    voices = tuple(voice for voice in case.voices if not voice.staff and _spoke_by(voice, case))
    pending = {
        slot: tuple(one for one in held if one.seen_at <= case.at)
        for slot, held in case.pending.items()
    }
    spoke = {voice.source for voice in voices}
    announcements = tuple(one for one in case.announcements if one.voice.source in spoke)
    return replace(
        case, voices=voices, pending=pending, announcements=announcements, ended=False
    )  # fmt: skip


def rewritten(points: Iterable[Point], case: Case) -> Iterator[Finding]:
    """Each price of which something is published that a point would change."""
    found: dict[str, Finding] = {}
    for point in points:
        if _is_published(point, case):
            found[point.key.meter] = Finding(
                Reason.PAST_DATE,
                point.key.meter,
                point.starts_at.isoformat(),
                "a moment before anything was published of the price",
            )
    yield from found.values()


def _spoke_by(voice: Voice, case: Case) -> bool:
    return all(moment <= case.at for moment in (voice.seen_at, *voice.added_at.values()))


def _is_published(point: Point, case: Case) -> bool:
    return (
        Slot.of(point.key) in case.standing
        or point.key in case.withdrawn
        or any(
            Slot.of(plan.key) == Slot.of(point.key) and plan.starts_at <= point.starts_at
            for plan in case.planned
        )
    )
