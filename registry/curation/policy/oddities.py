"""What is unusual in a card but real in some, and whether it is so in this one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from registry.curation.policy.cards import CACHE_WRITES, Card
from registry.curation.policy.case import Case
from registry.curation.policy.reasons import Finding, Reason
from registry.curation.policy.thresholds import PEERS_FOR_PRICE
from registry.curation.policy.voices import Slot, Voice, Week, close, same, weeks_of

# The meters that somebody else must ask the same for.
_ODD = {
    Reason.SWAPPED: ("input_tokens", "output_tokens"),
    Reason.CACHE_WRITE_CHEAPER: ("input_tokens", *CACHE_WRITES),
}


def settle(voice: Voice, case: Case) -> Voice:
    """Drops what a person has accepted, and what only looks odd where others say so too.

    The others are an independent voice, or what stands.
    """
    asked = tuple(f for f in voice.card.findings if not case.rulings.accepts(f))
    voice = replace(voice, card=Card(voice.card.rates, asked))
    odd = {finding.reason for finding in voice.card.findings} & _ODD.keys()
    if not odd:
        return voice
    weeks, known = weeks_of(voice.card.rates), list(_known(voice, case))
    settled = set()
    for reason in odd:
        concerned = {slot: week for slot, week in weeks.items() if slot.meter in _ODD[reason]}
        if any(all(s in w and same(w[s], week) for s, week in concerned.items()) for w in known):
            settled.add(reason)
    rest = tuple(f for f in voice.card.findings if f.reason not in settled)
    return replace(voice, card=Card(voice.card.rates, rest))


def without_storage(voice: Voice, case: Case) -> Voice:
    """The card without its cache writes, where they alone are odd.

    Gemini writes its caches by itself and charges for storing them; feeds give that, for five
    minutes, as the price of a write, which is then below the input that it does not include. It
    stays held; the rest of the card does not wait for it where the input that it is measured by is
    known to be right.
    """
    findings = voice.card.findings
    if not findings or {finding.reason for finding in findings} != {Reason.CACHE_WRITE_CHEAPER}:
        return voice
    rest = Card(tuple(rate for rate in voice.card.rates if rate.meter not in CACHE_WRITES))
    return replace(voice, card=rest) if _input_is_known(voice, rest, case) else voice


def storage_of(voice: Voice) -> tuple[tuple[Finding, ...], dict[Slot, Week]]:
    """What `without_storage` leaves out of a card: the findings, and the weeks they are about."""
    weeks = weeks_of(rate for rate in voice.card.rates if rate.meter in CACHE_WRITES)
    return voice.card.findings, weeks


def _known(voice: Voice, case: Case) -> Iterator[Mapping[Slot, Week]]:
    yield {slot: stand.week for slot, stand in case.standing.items()}
    yield from (weeks_of(v.card.rates) for v in case.voices if v.group != voice.group)


def _input_is_known(voice: Voice, card: Card, case: Case) -> bool:
    """Whether the inputs that a write is below stand so, are said so, or are what others ask."""
    weeks, known = weeks_of(card.rates), list(_known(voice, case))
    measures = set(_measures(voice.card))
    return all(
        any(slot in other and same(other[slot], weeks[slot]) for other in known)
        or _asked_by_peers(slot, weeks[slot], case)
        for slot in measures & weeks.keys()
    )


def _measures(card: Card) -> Iterator[Slot]:
    """The inputs that a write is below, plain prices beside their bands."""
    amounts = {rate.key: rate.amount for rate in card.rates if rate.amount is not None}
    for key, amount in amounts.items():
        if key.meter in CACHE_WRITES:
            full = key._replace(meter=CACHE_WRITES[key.meter])
            if amount < amounts.get(full, amount):
                yield Slot.of(full)
                yield Slot.of(full)._replace(banded=False)


def _asked_by_peers(slot: Slot, week: Week, case: Case) -> bool:
    peers = case.peers.get(slot, ())
    return all(
        price.amount is not None
        and sum(close(price.amount, other) for other in peers) >= PEERS_FOR_PRICE
        for price in week.values()
    )
