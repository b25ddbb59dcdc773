"""Standing prices that nobody states any more: which end, and which are only missed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from registry.curation.policy.case import Case
from registry.curation.policy.changes import Change
from registry.curation.policy.reasons import Finding, Reason
from registry.curation.policy.thresholds import SETTLED_AFTER
from registry.curation.policy.voices import Choice, Slot, Voice, Week
from registry.pricing.meters import ancestors


class Missed(NamedTuple):
    """A standing slot that its own source, still speaking of the offer, says no more.

    ``costs_the_same``: what it is a part of costs as much, so that no bill tells it from its end.
    """

    slot: Slot
    voice: Voice
    costs_the_same: bool = False

    @property
    def is_settled(self) -> bool:
        """Whether the source has been silent about it long enough that it is no slip."""
        voice = self.voice
        silent_since = max(filter(None, (voice.since(self.slot), voice.silent_before)))
        return voice.read_at - silent_since >= SETTLED_AFTER

    @property
    def finding(self) -> Finding:
        return Finding(
            Reason.VANISHED,
            self.slot.meter,
            self.slot.terms.key,
            "the price that stood, or word of its end",
        )


def superseded(
    changes: Iterable[Change], choices: Mapping[Slot, Choice], voices: Iterable[Voice], case: Case
) -> dict[Slot, Change]:
    """Standing slots that nobody states and that a change ends, each with that change.

    What was built on a price ends when that price moves: it belonged to the old card. A variant's
    price ends when one price for all variants comes in its place, and the price of a whole when it
    is stated for a part of it from now on (cache writes, then those of five minutes).
    """
    moved = {change.slot: change for change in changes}
    stated = {slot for voice in voices for slot in voice.weeks()}
    ended = {}
    for slot, stand in case.standing.items():
        if slot in choices:
            continue
        whole = slot._replace(terms=replace(slot.terms, variant=None))
        causes = [whole] if whole != slot and whole in moved else []
        grounds = [base for base in slot.foundations() if base in moved]
        causes += [base for base in grounds if moved[base].old is not None]
        causes += [
            part
            for part, change in moved.items()
            if slot not in stated
            and slot.meter in ancestors(part.meter)
            and part == slot._replace(meter=part.meter)
            and dict(change.choice.week) == dict(stand.week)
        ]
        if causes:
            ended[slot] = moved[causes[0]]
    return ended


def missed(
    voices: Iterable[Voice],
    choices: Mapping[Slot, Choice],
    ended: Collection[Slot],
    aside: Collection[Slot],
    case: Case,
) -> Iterator[Missed]:
    """Standing slots missed by their source; ``aside`` are those that it states in an odd way."""
    stated = {*choices, *ended, *aside}
    speaking = {v.source: v for v in voices if v.fresh and v.card.usable and not v.staff}
    said = {source: voice.weeks().keys() for source, voice in speaking.items()}
    for slot, stand in case.standing.items():
        voice = speaking.get(stand.source)
        if voice is not None and slot not in stated and slot not in said[voice.source]:
            yield Missed(slot, voice, _costs_as_its_whole(slot, stand.week, choices, case))


def _costs_as_its_whole(slot: Slot, week: Week, choices: Mapping[Slot, Choice], case: Case) -> bool:
    """Whether the nearest meter that contains this one and has a price asks the same for it."""
    for meter in ancestors(slot.meter):
        whole = slot._replace(meter=meter)
        if whole in choices:
            return dict(choices[whole].week) == dict(week)
        if whole in case.standing:
            return dict(case.standing[whole].week) == dict(week)
    return False


def waits(change: Change, voices: Iterable[Voice]) -> bool:
    """Whether a change only comes from a fault in the word that stands.

    The source of what stands has just become unreadable; another that is trusted no more says what
    it has said all along. The last good value stays until either has news.
    """
    old, winner = change.old, change.choice.winner
    return (
        old is not None
        and not change.by_staff
        and any(
            voice.source == old.source
            and voice.fresh
            and not voice.card.usable
            and voice.trust >= winner.trust
            and voice.seen_at >= winner.since(change.slot)
            for voice in voices
        )
    )
