"""The step from what stands to what was chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from registry.curation.policy.elections import corroborated, independent
from registry.curation.policy.voices import Choice, Slot, Week, Window


@dataclass(frozen=True, slots=True)
class Standing:
    """What is published of a slot: since when, on whose word, and what the future already holds."""

    week: Week
    starts_at: datetime
    source: str


@dataclass(frozen=True, slots=True)
class Change:
    """One slot's step: ``old`` is None where nothing was published."""

    slot: Slot
    old: Standing | None
    choice: Choice

    @property
    def by_staff(self) -> bool:
        """Whether a person has said so."""
        return self.choice.winner.staff

    @property
    def corroborated(self) -> bool:
        """A person's word, or that of enough independent voices."""
        return self.by_staff or corroborated(self.choice.agreeing)

    @property
    def has_second_voice(self) -> bool:
        """Whether somebody says so who does not copy the winner, be it a feed like it."""
        return independent(self.choice.agreeing) > 1


class Step(NamedTuple):
    """One amount before and after."""

    slot: Slot
    window: Window
    old: Decimal
    new: Decimal

    @property
    def factor(self) -> Decimal:
        return self.new / self.old

    @property
    def size(self) -> Decimal:
        """How many times more or less it is, never below one."""
        return max(self.factor, 1 / self.factor)

    def __str__(self) -> str:
        return f"{self.old:f} -> {self.new:f}"


def changes_of(
    choices: Mapping[Slot, Choice], standing: Mapping[Slot, Standing]
) -> tuple[Change, ...]:
    """Every slot whose chosen week is not the one that stands."""
    return tuple(
        Change(slot, standing.get(slot), choice)
        for slot, choice in choices.items()
        if slot not in standing or dict(standing[slot].week) != dict(choice.week)
    )


def steps_of(change: Change) -> Iterator[Step]:
    """Each window's amount beside what it replaces.

    A window that is new among a slot's hours is measured by the card's own plain price: a provider
    that begins to charge double at peak has not made its price three times as high.
    """
    if change.old is None:
        return
    week = change.choice.week
    for window, price in week.items():
        all_hours = window._replace(hours=None)
        before = change.old.week.get(window) or (
            change.old.week.get(all_hours) if window == all_hours else week.get(all_hours)
        )
        if before is not None and before.amount is not None and price.amount is not None:
            yield Step(change.slot, window, before.amount, price.amount)


def largest_factor(weeks: Mapping[Slot, Week], standing: Mapping[Slot, Standing]) -> Decimal | None:
    """How many times dearer or cheaper the largest step is (1 or more); None where none is one."""
    factors = [
        price.amount / before.amount
        for slot, week in weeks.items()
        if slot in standing
        for window, price in week.items()
        if (before := standing[slot].week.get(window)) and before.amount and price.amount
    ]
    return max((max(factor, 1 / factor) for factor in factors), default=None)
