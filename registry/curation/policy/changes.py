"""The step from what stands to what was chosen, and what speaks against taking it unseen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from registry.curation.policy.elections import corroborated
from registry.curation.policy.reasons import Finding, Reason
from registry.curation.policy.thresholds import (
    LARGEST_QUIET_FACTOR,
    PEERS_FOR_SCALE,
    SCALE_TOLERANCE,
    YUAN_PER_DOLLAR,
)
from registry.curation.policy.voices import Choice, Slot, Week


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


class Step(NamedTuple):
    """One amount before and after."""

    field: str
    old: Decimal
    new: Decimal

    @property
    def factor(self) -> Decimal:
        return self.new / self.old


def changes_of(
    choices: Mapping[Slot, Choice], standing: Mapping[Slot, Standing]
) -> tuple[Change, ...]:
    """Every slot whose chosen week is not the one that stands."""
    return tuple(
        Change(slot, standing.get(slot), choice)
        for slot, choice in choices.items()
        if slot not in standing or dict(standing[slot].week) != dict(choice.week)
    )


def objections(
    changes: Iterable[Change], peers: Mapping[Slot, tuple[Decimal, ...]]
) -> tuple[Finding, ...]:
    """What speaks against publishing changes that nobody else confirms.

    ``peers``: what other providers of the same model ask in the same slot.
    """
    unconfirmed = [change for change in changes if not change.corroborated]
    return (*_large(unconfirmed), *_off_scale(unconfirmed, peers))


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


def _large(changes: Iterable[Change]) -> Iterator[Finding]:
    steps = [step for change in changes for step in _steps(change)]
    low, high = YUAN_PER_DOLLAR
    as_yuan = len(steps) > 1 and all(low <= step.factor <= high for step in steps)
    for step in steps:
        if max(step.factor, 1 / step.factor) > LARGEST_QUIET_FACTOR:
            yield Finding(
                Reason.OTHER_CURRENCY if as_yuan else Reason.LARGE_CHANGE,
                step.field,
                f"{step.old:f} -> {step.new:f}",
                f"a step of at most x{LARGEST_QUIET_FACTOR}, or other sources that confirm it",
            )


def _steps(change: Change) -> Iterator[Step]:
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
            yield Step(change.slot.meter, before.amount, price.amount)


def _off_scale(
    changes: Iterable[Change], peers: Mapping[Slot, tuple[Decimal, ...]]
) -> Iterator[Finding]:
    """A price that is a power of ten off what the model's other providers ask."""
    for change in changes:
        others = sorted(peers.get(change.slot, ()))
        if len(others) < PEERS_FOR_SCALE:
            continue
        median = others[len(others) // 2]
        for price in change.choice.week.values():
            if price.amount is not None and _power_of_ten(price.amount / median):
                yield Finding(
                    Reason.SCALE,
                    change.slot.meter,
                    f"{price.amount:f}",
                    f"about {median:f}, as {len(others)} other providers of the model ask",
                )


def _power_of_ten(ratio: Decimal) -> bool:
    """Whether a ratio is 10, 100, 1/10 ... within the tolerance (and not about 1)."""
    mantissa = ratio.scaleb(-ratio.adjusted())
    exponent = ratio.adjusted()
    if mantissa > 5:
        mantissa, exponent = mantissa / 10, exponent + 1
    return exponent != 0 and abs(mantissa - 1) <= SCALE_TOLERANCE
