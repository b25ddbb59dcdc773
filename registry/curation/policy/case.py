"""All that is known of one offer when it is decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from registry.curation.policy.announcements import Announcement, Planned
from registry.curation.policy.changes import Change, Standing
from registry.curation.policy.rulings import NONE, Rulings
from registry.curation.policy.starts import Pending
from registry.curation.policy.thresholds import SETTLED_AFTER
from registry.curation.policy.voices import Slot, Voice, same
from registry.pricing.rates import RateKey


@dataclass(frozen=True, slots=True)
class Case:
    """All that is known of one offer at one moment.

    ``peers``: what other providers of its model ask. ``moving``: what they would ask if what is
    held of them were taken. ``pending``: what is held of it.
    ``ended``: no source has carried the offer for long enough that its prices are withdrawn.
    ``withdrawn``: series that were published once and stand withdrawn, since when. ``rulings``:
    what persons have decided of it. ``late``: more was published since, at later moments.
    """

    at: datetime
    voices: tuple[Voice, ...]
    standing: Mapping[Slot, Standing]
    peers: Mapping[Slot, tuple[Decimal, ...]] = field(default_factory=dict)
    moving: Mapping[Slot, tuple[Decimal, ...]] = field(default_factory=dict)
    pending: Mapping[Slot, tuple[Pending, ...]] = field(default_factory=dict)
    announcements: tuple[Announcement, ...] = ()
    planned: tuple[Planned, ...] = ()
    withdrawn: Mapping[RateKey, datetime] = field(default_factory=dict)
    ended: bool = False
    rulings: Rulings = NONE
    late: bool = False

    def is_settled(self, change: Change) -> bool:
        """Whether who wins a change has said it long enough, and nobody says otherwise.

        It counts as said from when it was first held; where two independent sources say it, from
        when the first of them came to say so, later than what stands. The provider's own word
        settles against sources that lag behind it. What a person has weighed is left to persons.
        """
        winner = change.choice.winner
        if change.choice.differing and not winner.own:
            return False
        if self.rulings.is_weighed(change.slot, change.choice.week):
            return False
        said = [
            pending.seen_at
            for pending in self.pending.get(change.slot, ())
            if pending.source == winner.source and same(pending.week, change.choice.week)
        ]
        if change.old is not None and change.has_second_voice:
            since = [voice.since(change.slot) for voice in change.choice.agreeing]
            said += [moment for moment in since if moment > change.old.starts_at]
        return any(winner.read_at - moment >= SETTLED_AFTER for moment in said)

    def ended_at(self, change: Change) -> datetime | None:
        """When the last of the changed series was withdrawn that is not published any more."""
        keys = [change.slot.at(window) for window in change.choice.week]
        return max((self.withdrawn[key] for key in keys if key in self.withdrawn), default=None)
