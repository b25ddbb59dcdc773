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
from typing import NamedTuple

from registry.curation.policy.cards import Card
from registry.curation.policy.elections import Saying, Status, elect, heard, support
from registry.curation.policy.thresholds import AGREEMENT
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

    def __str__(self) -> str:
        return str(self.state) if self.amount is None else f"{self.amount:f}"


# What one source states of a slot: a price for each of its windows.
Week = Mapping[Window, Price]


@dataclass(frozen=True, slots=True)
class Voice:
    """One source's present word on one offer.

    ``group``: sources that copy each other share one and count once. ``own``: it is the provider's
    own word. ``fresh``: within its interval and not missing. ``seen_at``: since when it has stated
    these prices, ``added_at`` the ones that it added later; ``read_at``: when it was last read.
    ``stated_at``: the moment that the source itself dates the card from, None where it does not.
    ``silent_before``: when the source last said something else. ``receipts``: the claim behind a
    slot, where a source says the card in several claims; ``claim_id`` otherwise. ``staff``: it is a
    person's correction, ``dated`` from when it states each of its slots.
    """

    source: str
    group: str
    trust: int
    own: bool
    fresh: bool
    claim_id: int
    seen_at: datetime
    read_at: datetime
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


_Said = Saying[Voice, Week]


@dataclass(frozen=True, slots=True)
class Choice:
    """The week chosen for a slot: by whom, who else says so, who says otherwise."""

    week: Week
    winner: Voice
    agreeing: tuple[Voice, ...]
    differing: tuple[Voice, ...]

    @property
    def status(self) -> Status:
        """Confirmed, single or disputed."""
        return support(self.agreeing, self.differing)


def weeks_of(rates: Iterable[Rate]) -> dict[Slot, Week]:
    """Rates by slot and window."""
    weeks: dict[Slot, dict[Window, Price]] = defaultdict(dict)
    for rate in rates:
        weeks[Slot.of(rate.key)][Window.of(rate.key)] = Price(rate.state, rate.amount)
    return dict(weeks)


def same(one: Week, other: Week) -> bool:
    """Whether two weeks mean one price: the same windows, amounts within the agreement margin."""
    if one.keys() != other.keys():
        return False
    return all(_close(price, other[window]) for window, price in one.items())


def _close(one: Price, other: Price) -> bool:
    if one.state != other.state:
        return False
    return one.amount is None or other.amount is None or close(one.amount, other.amount)


def close(one: Decimal, other: Decimal) -> bool:
    """Whether two amounts are within the agreement margin."""
    return one == other or abs(one - other) <= AGREEMENT * max(one, other)


def choose(voices: Iterable[Voice], standing: Mapping[Slot, Week]) -> dict[Slot, Choice]:
    """For every slot that a fresh, usable voice speaks of, whose week is taken (`elect`).

    Slots are decided from the plainest on, and a voice that is overruled on a price is not asked
    what builds on it: its batch or cache price belongs to another card.
    """
    spoken: dict[Slot, list[_Said]] = defaultdict(list)
    for voice in voices:
        for slot, week in voice.weeks().items():
            spoken[slot].append(Saying(voice, week, voice.since(slot)))
    choices: dict[Slot, Choice] = {}
    overruled: dict[Slot, set[str]] = defaultdict(set)
    for slot in sorted(spoken, key=_plainest_first):
        barred = {source for base in slot.foundations() for source in overruled[base]}
        said = [one for one in spoken[slot] if one.speaker.source not in barred]
        taken = elect(heard(said, same), standing.get(slot), same)
        if taken is not None:
            choices[slot] = _choice(taken, said)
        valid = standing.get(slot) if taken is None else taken
        if valid is not None:
            overruled[slot] = {v.source for v, week, _ in spoken[slot] if not same(valid, week)}
    return choices


def _plainest_first(slot: Slot) -> tuple[int, bool, int, str, str, str]:
    depth = sum(1 for _ in ancestors(slot.meter))
    return (
        slot.terms.specificity, slot.banded, depth, slot.meter, slot.terms.key, slot.currency,
    )  # fmt: skip


def _choice(week: Week, said: list[_Said]) -> Choice:
    ranked = sorted(said, key=_rank)
    agreeing = tuple(voice for voice, other, _ in ranked if same(week, other))
    differing = tuple(v for v, other, _ in ranked if v.fresh and not same(week, other))
    winner = agreeing[0] if agreeing else differing[0]
    return Choice(week, winner, agreeing, differing)


def _rank(said: _Said) -> tuple[bool, int, datetime, str]:
    voice = said.speaker
    return (not voice.fresh, -voice.trust, said.since, voice.source)
