"""Who says what of one offer, and whose word is taken, slot by slot.

A *slot* is what a source states as one: the plain price of a meter, or its whole ladder of context
bands, under a tier, region and variant and in one currency, through the whole week. Bands and hours
are taken from one source or left, never mixed. Silence about a slot is no denial: another source
may fill it, unless it is overruled on a price that the slot builds on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from registry.curation.policy.cards import Card
from registry.curation.policy.thresholds import AGREEMENT, VOICES_TO_OUTVOTE
from registry.pricing.hours import Hours
from registry.pricing.meters import ancestors
from registry.pricing.rates import PriceState, Rate, RateKey
from registry.pricing.terms import STANDARD, Terms


class Slot(NamedTuple):
    """A meter under a tier, region and variant; ``banded`` are its bands of long context."""

    meter: str
    terms: Terms
    currency: str
    banded: bool = False

    @classmethod
    def of(cls, key: RateKey) -> Slot:
        """The slot that a series belongs to."""
        t = key.terms
        plain = Terms(region=t.region, tier=t.tier, variant=t.variant)
        return cls(key.meter, plain, key.currency, t.context_over is not None)

    def at(self, window: Window) -> RateKey:
        """The series of this slot in a window."""
        t = self.terms
        terms = Terms(window.context_over, window.hours, t.region, t.tier, t.variant)
        return RateKey(self.meter, terms, self.currency)

    def foundations(self) -> Iterator[Slot]:
        """The slots that this one builds on: the same meter on plainer terms, and its wholes."""
        grounds = ((self.terms, self.banded), (self.terms, False), (STANDARD, False))
        for meter in (self.meter, *ancestors(self.meter)):
            for terms, banded in dict.fromkeys(grounds):
                slot = Slot(meter, terms, self.currency, banded)
                if slot != self:
                    yield slot


class Window(NamedTuple):
    """Where in a slot a price holds: over which context, at which hours."""

    context_over: int | None = None
    hours: Hours | None = None

    @classmethod
    def of(cls, key: RateKey) -> Window:
        """The window that a series is the price of."""
        return cls(key.terms.context_over, key.terms.hours)


ALWAYS = Window()


class Price(NamedTuple):
    """What is charged in one window of a slot."""

    state: PriceState
    amount: Decimal | None


# What one source states of a slot: a price for each of its windows.
Week = Mapping[Window, Price]


@dataclass(frozen=True, slots=True)
class Voice:
    """One source's present word on one offer.

    ``group``: sources that copy each other share one and count once. ``own``: it is the provider's
    own word. ``fresh``: within its interval and not missing. ``seen_at``: since when it has stated
    these prices, ``added_at`` the ones that it added later. ``stated_at``: the moment that the
    source itself dates the card from, None where it does not. ``silent_before``: when the source
    last said something else. ``receipts``: the claim behind a slot, where a source says the card in
    several claims; ``claim_id`` otherwise. ``staff``: it is a person's correction, ``dated`` from
    when it states each of its slots.
    """

    source: str
    group: str
    trust: int
    own: bool
    fresh: bool
    claim_id: int
    seen_at: datetime
    card: Card
    stated_at: datetime | None = None
    silent_before: datetime | None = None
    receipts: Mapping[Slot, int] = field(default_factory=dict)
    added_at: Mapping[Slot, datetime] = field(default_factory=dict)
    staff: bool = False
    dated: Mapping[Slot, datetime] = field(default_factory=dict)

    def since(self, slot: Slot) -> datetime:
        """Since when it has stated what this slot costs."""
        return self.added_at.get(slot, self.seen_at)

    def claim_for(self, slot: Slot) -> int:
        """The claim that says what this slot costs."""
        return self.receipts.get(slot, self.claim_id)

    def weeks(self) -> dict[Slot, Week]:
        """The card by slots; empty while something is wrong with it."""
        return weeks_of(self.card.rates) if self.card.usable else {}


class Status(StrEnum):
    """How well a price is supported."""

    CONFIRMED = "confirmed"
    SINGLE = "single"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class Choice:
    """The week chosen for a slot: by whom, who else says so, who says otherwise."""

    week: Week
    winner: Voice
    agreeing: tuple[Voice, ...]
    differing: tuple[Voice, ...]

    @property
    def status(self) -> Status:
        """Confirmed needs two independent voices, and more of them than say otherwise."""
        agree, differ = independent(self.agreeing), independent(self.differing)
        if agree > 1 and agree > differ:
            return Status.CONFIRMED
        return Status.DISPUTED if differ else Status.SINGLE


def weeks_of(rates: Iterable[Rate]) -> dict[Slot, Week]:
    """Rates by slot and window."""
    weeks: dict[Slot, dict[Window, Price]] = defaultdict(dict)
    for rate in rates:
        weeks[Slot.of(rate.key)][Window.of(rate.key)] = Price(rate.state, rate.amount)
    return dict(weeks)


def independent(voices: Iterable[Voice]) -> int:
    """How many of the voices are nobody's copy."""
    return len({voice.group for voice in voices})


def same(one: Week, other: Week) -> bool:
    """Whether two weeks mean one price: the same windows, amounts within the agreement margin."""
    if one.keys() != other.keys():
        return False
    return all(_close(price, other[window]) for window, price in one.items())


def _close(one: Price, other: Price) -> bool:
    if one.state != other.state:
        return False
    if one.amount is None or other.amount is None or one.amount == other.amount:
        return True
    return abs(one.amount - other.amount) <= AGREEMENT * max(one.amount, other.amount)


def choose(voices: Iterable[Voice], standing: Mapping[Slot, Week]) -> dict[Slot, Choice]:
    """For every slot that a fresh, usable voice speaks of, whose week is taken.

    The highest trusted fresh voice wins; where equally trusted ones differ, the week that most
    independent voices give; without a majority what stands stays, or, where nothing stands yet,
    the one that has said so longest. A winner that is not the provider's own word is outvoted by
    enough independent voices that agree among themselves. Slots are decided from the plainest on,
    and a voice that is overruled on a price is not asked what builds on it: its batch or cache
    price belongs to another card.
    """
    spoken: dict[Slot, list[tuple[Voice, Week]]] = defaultdict(list)
    for voice in voices:
        for slot, week in voice.weeks().items():
            spoken[slot].append((voice, week))
    choices: dict[Slot, Choice] = {}
    overruled: dict[Slot, set[str]] = defaultdict(set)
    for slot in sorted(spoken, key=_plainest_first):
        barred = {source for base in slot.foundations() for source in overruled[base]}
        said = [(voice, week) for voice, week in spoken[slot] if voice.source not in barred]
        taken = _preferred(slot, _heard(slot, said), standing.get(slot))
        if taken is not None:
            choices[slot] = _choice(slot, taken, said)
        valid = standing.get(slot) if taken is None else taken
        if valid is not None:
            overruled[slot] = {v.source for v, other in spoken[slot] if not same(valid, other)}
    return choices


def _plainest_first(slot: Slot) -> tuple[int, bool, int, str, str, str]:
    depth = sum(1 for _ in ancestors(slot.meter))
    return (
        slot.terms.specificity, slot.banded, depth, slot.meter, slot.terms.key, slot.currency,
    )  # fmt: skip


def _heard(slot: Slot, said: list[tuple[Voice, Week]]) -> list[tuple[Voice, Week]]:
    """The fresh voices that have news: a lesser one only repeats what a better one has outdated.

    When the provider's page has changed and is then not reached for a while, the feeds that have
    not followed yet do not bring the old price back.
    """
    return [
        (voice, week)
        for voice, week in said
        if voice.fresh
        and not any(
            better.trust > voice.trust
            and better.since(slot) > voice.since(slot)
            and not same(week, other)
            for better, other in said
            if not better.fresh
        )
    ]


def _preferred(slot: Slot, fresh: list[tuple[Voice, Week]], standing: Week | None) -> Week | None:
    if not fresh:
        return None
    top = max(voice.trust for voice, _ in fresh)
    leaders = [(voice, week) for voice, week in fresh if voice.trust == top]
    leading = _distinct(leaders)
    if not any(voice.own for voice, _ in leaders):
        outvoting = [
            week
            for week in _distinct(fresh)
            if _support(week, fresh) >= VOICES_TO_OUTVOTE
            and all(
                _support(week, fresh) > _support(other, fresh)
                for other in leading
                if not same(week, other)
            )
        ]
        if outvoting:
            return outvoting[0]
    if len(leading) == 1:
        return leading[0]
    counts = sorted((_support(week, fresh) for week in leading), reverse=True)
    if counts[0] > counts[1]:
        return max(leading, key=lambda week: _support(week, fresh))
    if standing is not None:
        return standing
    return min(leaders, key=lambda pair: (pair[0].since(slot), pair[0].source))[1]


def _distinct(said: list[tuple[Voice, Week]]) -> list[Week]:
    weeks: list[Week] = []
    for _, week in sorted(said, key=lambda pair: (-pair[0].trust, pair[0].source)):
        if not any(same(week, other) for other in weeks):
            weeks.append(week)
    return weeks


def _support(week: Week, said: list[tuple[Voice, Week]]) -> int:
    return independent(voice for voice, other in said if same(week, other))


def _choice(slot: Slot, week: Week, said: list[tuple[Voice, Week]]) -> Choice:
    ranked = sorted(said, key=lambda pair: _rank(slot, pair[0]))
    agreeing = tuple(voice for voice, other in ranked if same(week, other))
    differing = tuple(v for v, other in ranked if v.fresh and not same(week, other))
    winner = agreeing[0] if agreeing else differing[0]
    return Choice(week, winner, agreeing, differing)


def _rank(slot: Slot, voice: Voice) -> tuple[bool, int, datetime, str]:
    return (not voice.fresh, -voice.trust, voice.since(slot), voice.source)
