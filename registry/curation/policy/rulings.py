"""What persons have decided of an offer: heard by the policy as evidence, beside the sources.

A person's answer holds as long as the word that it answers is said again, whichever run or parser
reads it. An accepted or dismissed finding is asked no more; a source whose card states a refused
week is not heard until it says otherwise, since half a card is a wrong card too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from registry.curation.policy.reasons import Finding, Reason
from registry.curation.policy.voices import Slot, Voice, Week, same

# What identifies a finding, whoever words the expectation: reason, field, value.
Told = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Weeks that a person has found wrong: in one source's mouth, or (None) in anybody's."""

    source: str | None
    weeks: Mapping[Slot, Week]

    def concerns(self, voice: Voice) -> bool:
        """Whether a source still says all that was refused."""
        if voice.staff or self.source not in (None, voice.source) or not self.weeks:
            return False
        said = voice.weeks()
        return all(slot in said and same(said[slot], week) for slot, week in self.weeks.items())


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What persons have once answered and then lifted the answer of: it waits for them again."""

    findings: frozenset[Told] = frozenset()
    weeks: tuple[Mapping[Slot, Week], ...] = ()


NOTHING = TakenBack()


@dataclass(frozen=True, slots=True)
class Rulings:
    """The decisions that are in force for one offer.

    ``accepted``: findings that a person has looked at, which hold nothing any more; ``dismissed``:
    those of vanished prices that a person says still stand. ``pinned``: nothing is published.
    ``vouched``: sources whose word a person takes as right at this very moment, stale or not.
    ``taken_back``: findings and weeks that a person has answered and then lifted the answer of.
    """

    accepted: frozenset[Told] = frozenset()
    dismissed: frozenset[Told] = frozenset()
    refused: tuple[Refusal, ...] = ()
    pinned: bool = False
    vouched: frozenset[str] = frozenset()
    taken_back: TakenBack = NOTHING

    def is_weighed(self, slot: Slot, week: Week) -> bool:
        """Whether a person has said anything but yes to a price: the time that passes adds nothing.

        It was refused, in whatever source's mouth, or a person has gone back on an answer.
        """
        refused = (refusal.weeks for refusal in self.refused)
        return any(
            slot in weeks and same(weeks[slot], week)
            for weeks in (*refused, *self.taken_back.weeks)
        )

    def accepts(self, finding: Finding) -> bool:
        """Whether a person has accepted what was found."""
        return told(finding) in self.accepted

    def answers(self, finding: Finding) -> bool:
        """Whether a person has answered it, either way."""
        return told(finding) in self.accepted | self.dismissed

    def ends(self, finding: Finding) -> bool:
        """Whether a person has agreed that a price is gone with its source's word."""
        return finding.reason is Reason.VANISHED and self.accepts(finding)

    def heard(self, voices: Iterable[Voice]) -> tuple[Voice, ...]:
        """The voices but those that still say what was refused; what is vouched for is fresh."""
        return tuple(
            replace(voice, fresh=True) if voice.source in self.vouched else voice
            for voice in voices
            if not any(refusal.concerns(voice) for refusal in self.refused)
        )


NONE = Rulings()


def told(finding: Finding) -> Told:
    """What identifies a finding."""
    return (finding.reason.value, finding.field, finding.value)
