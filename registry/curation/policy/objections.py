"""What speaks against taking a change unseen: its size, its look, what others ask."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from registry.curation.policy.case import Case
from registry.curation.policy.changes import Change, Step, steps_of
from registry.curation.policy.reasons import Finding, Reason
from registry.curation.policy.thresholds import (
    LARGEST_QUIET_FACTOR,
    LARGEST_SETTLED_FACTOR,
    LIKE_PEERS,
    PEERS_FOR_PRICE,
    PEERS_FOR_RANGE,
    PEERS_FOR_SCALE,
    PEERS_THAT_MOVE,
    SCALE_TOLERANCE,
    YUAN_PER_DOLLAR,
)
from registry.curation.policy.voices import Price, Slot, Window, close
from registry.pricing.rates import PriceState

_SAME = Decimal(1)

Peers = Mapping[Slot, Sequence[Decimal]]


def objections(case: Case, changes: Sequence[Change]) -> tuple[Finding, ...]:
    """What speaks against publishing changes that nobody else confirms."""
    open_changes = [change for change in changes if not change.corroborated]
    settled = {change.slot: change for change in open_changes if case.is_settled(change)}
    unsettled = [change for change in open_changes if change.slot not in settled]
    steps = [step for change in open_changes for step in steps_of(change)]
    confirmed = [c for c in changes if c.corroborated or (c.slot in settled and c.has_second_voice)]
    carried = list(_carried([c for c in open_changes if c not in confirmed], confirmed))
    alone = [step for step in steps if step not in carried]
    return (
        *(() if _as_others_ask(steps, settled, case) else _large(alone, settled)),
        *_exchanged(unsettled, case),
        *_free_or_not(open_changes, settled),
        *_digit_lost(steps, unsettled),
        *_window_gone(unsettled),
        *_off_scale(open_changes, case.peers),
    )


def _large(steps: Sequence[Step], settled: Mapping[Slot, Change]) -> Iterator[Finding]:
    low, high = YUAN_PER_DOLLAR
    as_yuan = len(steps) > 1 and all(low <= step.factor <= high for step in steps)
    for step in steps:
        is_quiet = step.size <= LARGEST_QUIET_FACTOR
        if not is_quiet and (as_yuan or not _is_proved(step, settled.get(step.slot))):
            yield Finding(
                Reason.OTHER_CURRENCY if as_yuan else Reason.LARGE_CHANGE,
                step.slot.meter,
                str(step),
                f"a step of at most x{LARGEST_QUIET_FACTOR}, or other sources that confirm it",
            )


def _is_proved(step: Step, settled: Change | None) -> bool:
    """Whether the time that a large step has been repeated proves it.

    The provider's own word does below tenfold. Two feeds that say the same, where one would not be
    believed, do unless it reads like a digit or a unit that one has copied from the other.
    """
    if settled is None:
        return False
    if settled.has_second_voice:
        return not _power_of_ten(step.factor)
    return settled.choice.winner.own and step.size <= LARGEST_SETTLED_FACTOR


def _carried(changes: Iterable[Change], confirmed: Sequence[Change]) -> Iterator[Step]:
    """Steps that nobody else confirms, of a card whose larger step in the same direction is.

    Only one feed states what a cached token costs; it falls with the input price that three state.
    """
    for change in changes:
        speaker = change.choice.winner.source
        sure = [
            step.factor
            for other in confirmed
            if speaker in {voice.source for voice in other.choice.agreeing}
            for step in steps_of(other)
        ]
        for step in steps_of(change):
            if sure and min(*sure, _SAME) <= step.factor <= max(*sure, _SAME):
                yield step


def _as_others_ask(steps: Sequence[Step], settled: Collection[Slot], case: Case) -> bool:
    """Whether other providers of the model ask what a card moves to, or move there with it.

    When a maker cuts its price, its resellers follow within days, and one feed is the first to tell
    of all of them. Their held prices speak for each other once each has been repeated for long; of
    a slip in one row the others know nothing. As of feeds it takes three, whatever those ask that
    have not followed.
    """
    large = [step for step in steps if step.size > LARGEST_QUIET_FACTOR]
    if _as_peers_ask(steps, case.peers) or _comes_to_peers(large, settled, case.peers):
        return True
    compared = [step for step in large if case.moving.get(step.slot)]
    return (
        bool(compared)
        and all(step.slot in settled for step in large)
        and all(_asking(step.new, case.moving[step.slot]) >= PEERS_THAT_MOVE for step in compared)
    )


def _as_peers_ask(steps: Iterable[Step], peers: Peers) -> bool:
    """Whether a card moves to where the model's other providers already are.

    A reseller follows a list price long after the provider has changed it. Several providers must
    ask the new price of everything that they can be compared in, and more of them than the old.
    """
    compared = [step for step in steps if peers.get(step.slot)]
    return bool(compared) and all(
        _asking(step.new, peers[step.slot])
        >= max(PEERS_FOR_PRICE, 1 + _asking(step.old, peers[step.slot]))
        for step in compared
    )


def _comes_to_peers(large: Sequence[Step], settled: Collection[Slot], peers: Peers) -> bool:
    """Whether prices that stood apart come to about what the model's other providers ask.

    A slip leads away from what others ask. Every large step has to be comparable, and repeated.
    """
    return bool(large) and all(
        step.slot in settled
        and len(peers.get(step.slot, ())) >= PEERS_FOR_RANGE
        and _size(step.new / _median(peers[step.slot])) <= LIKE_PEERS
        for step in large
    )


def _median(others: Iterable[Decimal]) -> Decimal:
    ranked = sorted(others)
    return ranked[len(ranked) // 2]


def _size(factor: Decimal) -> Decimal:
    return max(factor, 1 / factor)


def _asking(amount: Decimal, others: Iterable[Decimal]) -> int:
    return sum(close(amount, other) for other in others)


def _exchanged(changes: Iterable[Change], case: Case) -> Iterator[Finding]:
    """Two prices of a source's card that have changed places: exchanged columns, or slipped rows.

    Also where better voices know one of the two, and where the rows are bands, tiers or variants of
    one offer. Where input was dearer than output before, they may just have been put right.
    """
    for change in changes:
        said = change.choice.winner.weeks()
        for step in steps_of(change):
            for slot, window, stood in _stood(case):
                says = said.get(slot, {}).get(window)
                if (
                    says is not None
                    and step.new != step.old
                    and (stood.amount, says.amount) == (step.new, step.old)
                    and not _put_right(step, slot, window)
                ):
                    yield Finding(
                        Reason.SWAPPED,
                        step.slot.meter,
                        str(step),
                        f"not the former price of {slot.meter}, which is now {step.old:f}",
                    )


def _stood(case: Case) -> Iterator[tuple[Slot, Window, Price]]:
    for slot, stand in case.standing.items():
        for window, price in stand.week.items():
            yield slot, window, price


def _put_right(step: Step, slot: Slot, window: Window) -> bool:
    """Whether an input that was dearer than its output has changed places with it."""
    before = {step.slot.meter: step.old, slot.meter: step.new}
    return (
        (step.slot.terms, step.window) == (slot.terms, window)
        and "output_tokens" in before
        and before.get("input_tokens", 0) > before["output_tokens"]
    )


def _digit_lost(steps: Sequence[Step], unsettled: Iterable[Change]) -> Iterator[Finding]:
    """The only figure of a card that moved, and it reads as it did but for one digit.

    Who changes prices changes input and output; a figure that lost a digit stands alone. A second
    source that reads it so is enough.
    """
    if len({step.slot.meter for step in steps}) != 1:
        return
    for change in unsettled:
        if change.has_second_voice:
            continue
        for step in steps_of(change):
            if _lacks_a_digit(step.old, step.new):
                yield Finding(
                    Reason.EATEN_FIGURE,
                    step.slot.meter,
                    str(step),
                    f"{step.old:f}, of which a digit may have been lost, or word that it moved",
                )


def _free_or_not(changes: Iterable[Change], settled: Mapping[Slot, Change]) -> Iterator[Finding]:
    """A price that is no amount any more, or what was free and now costs: larger than any factor.

    A word in a cell is as easily misread as a figure, and a bill of nothing as wrong as one of ten
    times. The provider's own word proves it by being repeated, and so do two sources that agree.
    """
    for change in changes:
        repeated = change.slot in settled
        if change.old is None or (
            repeated and (change.choice.winner.own or change.has_second_voice)
        ):
            continue
        for window, price in change.choice.week.items():
            before = change.old.week.get(window)
            if before is not None and _ends_or_begins(before, price):
                yield Finding(
                    Reason.LARGE_CHANGE,
                    change.slot.meter,
                    f"{before} -> {price}",
                    "an amount as before, or other sources that confirm it",
                )


def _ends_or_begins(before: Price, price: Price) -> bool:
    """Whether an amount has become a word, or what was free an amount."""
    if before.amount is not None:
        return price.amount is None
    return before.state is PriceState.FREE and price.amount is not None


def _lacks_a_digit(old: Decimal, new: Decimal) -> bool:
    digits = _digits(old)
    return _digits(new) in {
        (digits[:place] + digits[place + 1 :]).strip("0") for place in range(len(digits))
    }


def _digits(amount: Decimal) -> str:
    return "".join(map(str, amount.as_tuple().digits)).strip("0")


def _window_gone(changes: Iterable[Change]) -> Iterator[Finding]:
    """A band or hours that their own source says no more, while the rest of the slot stands."""
    for change in changes:
        old, week = change.old, change.choice.week
        if old is None or old.source != change.choice.winner.source:
            continue
        gone = old.week.keys() - week.keys()
        if gone and all(old.week.get(window) == price for window, price in week.items()):
            terms = [change.slot.at(window).terms.key for window in gone]
            yield Finding(
                Reason.VANISHED,
                change.slot.meter,
                ", ".join(sorted(terms)),
                "the price that stood, or word of its end",
            )


def _off_scale(changes: Iterable[Change], peers: Peers) -> Iterator[Finding]:
    """A price that is a power of ten off what the model's other providers ask."""
    for change in changes:
        others = peers.get(change.slot, ())
        if len(others) < PEERS_FOR_SCALE:
            continue
        median = _median(others)
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
