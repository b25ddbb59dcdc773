"""Every source's word on the rates of offers: what it says now, or what it had said by then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from registry.curation.policy.voices import Slot, Voice, close
from registry.curation.rulings import STAFF, homes_and_distrusted, in_force, staff_voices
from registry.curation.voices import card_of
from registry.curation.words import Heard, Word, heard_words
from registry.ingest.content import from_content
from registry.ingest.models import Claim, Source
from registry.ledger.standings import Standing
from registry.pricing.rates import PriceState, Rate, RateKey
from registry.pricing.terms import Terms
from registry.selectors.clocks import AsOf


@dataclass(frozen=True, slots=True)
class RateWord:
    """One source's word on one rate; a curator's correction is one of the source ``staff``.

    ``since``: since when it states this price. ``fresh``: whether it was heard within its time,
    None about the past. ``usable``: False where something is wrong with the card that it is on, so
    that it counts for nothing. ``claim_id``: the claim that says so.
    """

    source: str
    trust: int
    rate: Rate
    since: datetime
    last_read_at: datetime | None
    fresh: bool | None
    usable: bool
    claim_id: int


@dataclass(frozen=True, slots=True)
class Side:
    """One source's word on a rate that stands; ``agrees``: whether it means what stands."""

    word: RateWord
    agrees: bool


Words = Mapping[int, Mapping[RateKey, tuple[RateWord, ...]]]
"""By offer and series, the most trusted source first."""


def words_on(offer_ids: Collection[int], as_of: AsOf) -> Words:
    """What the sources say of the offers' rates. Four statements, three about the past.

    About the present: the live claims, as the policy hears them. About the past: the newest claim
    of each entry that had been made by then; whether a source had left it out again, or gone back
    to an older word, was not kept.
    """
    if not offer_ids:
        return {}
    sources = {source.pk: source for source in Source.objects.all()}
    if not as_of.is_about_now:
        corrected = staff_voices(in_force(offer_ids, at=as_of.known_by))
        return _told(_said_by_then(offer_ids, as_of), sources, corrected, None)
    merged, unheard = homes_and_distrusted(as_of.at)
    heard: Heard = heard_words(offer_ids, merged=merged, unheard=unheard)
    return _told(heard.by_offer, sources, staff_voices(in_force(offer_ids)), as_of.at)


def sides_on(standing: Standing, words: Words) -> tuple[Side, ...]:
    """What every source says of the series of a rate that stands."""
    said = words.get(standing.offer_id, {}).get(standing.key, ())
    return tuple(Side(word, _agrees(word, standing)) for word in said)


def _agrees(word: RateWord, standing: Standing) -> bool:
    if word.rate.state is not PriceState(standing.state):
        return False
    said, stands = word.rate.amount, standing.amount
    return said is None or stands is None or close(said, stands)


def known_by(as_of: AsOf) -> QuerySet[Claim]:
    """The sources' claims that had been made by a moment and by the publication of a revision."""
    return Claim.objects.filter(first_seen_at__lte=as_of.known_by).exclude(source__slug=STAFF)


def _said_by_then(offer_ids: Collection[int], as_of: AsOf) -> dict[int, dict[int, list[Word]]]:
    newest: dict[tuple[int, str, str, str], list[Claim]] = {}
    for claim in known_by(as_of).filter(offer_id__in=offer_ids).order_by("first_seen_at", "pk"):
        entry = (claim.source_id, claim.entry_key, claim.provider_name, claim.model_id)
        held = newest.get(entry, [])
        together = bool(held) and held[0].first_seen_at == claim.first_seen_at
        newest[entry] = [*held, claim] if together else [claim]
    words: dict[int, dict[int, list[Word]]] = defaultdict(lambda: defaultdict(list))
    for claims in newest.values():
        for claim in claims:
            words[claim.offer_id or 0][claim.source_id].append(_word(claim, as_of.at))
    return words


def _word(claim: Claim, at: datetime) -> Word:
    said = from_content(
        claim.content,
        provider=claim.provider_name,
        model_id=claim.model_id,
        page=claim.page or None,
    )
    return Word(claim.pk, said, claim.priced_since, claim.added_since, None, at, False)


def _told(
    by_offer: Mapping[int, Mapping[int, list[Word]]],
    sources: Mapping[int, Source],
    corrected: Mapping[int, Voice],
    now: datetime | None,
) -> Words:
    told: dict[int, dict[RateKey, tuple[RateWord, ...]]] = {}
    for offer_id in by_offer.keys() | corrected.keys():
        words: dict[RateKey, list[RateWord]] = defaultdict(list)
        for source_id, group in by_offer.get(offer_id, {}).items():
            for word in _of_source(sources[source_id], group, now):
                words[word.rate.key].append(word)
        if offer_id in corrected:
            for word in _of_staff(corrected[offer_id], now):
                words[word.rate.key].append(word)
        told[offer_id] = {
            key: tuple(sorted(said, key=lambda one: (-one.trust, one.source)))
            for key, said in words.items()
        }
    return told


def _of_source(source: Source, group: Iterable[Word], now: datetime | None) -> Iterator[RateWord]:
    """One word a rate: of several claims that state it the one that has stated it longest."""
    first: dict[RateKey, RateWord] = {}
    for word in group:
        card = card_of([word.claim], read_at=word.last_read_at)
        added = _added(word)
        until = source.fresh_until
        fresh = None if now is None else until is not None and now <= until and not word.missing
        for rate in card.rates:
            told = RateWord(
                source=source.slug,
                trust=source.trust,
                rate=rate,
                since=added.get(rate.key, word.priced_since),
                last_read_at=None if now is None else word.last_read_at,
                fresh=fresh,
                usable=card.usable,
                claim_id=word.claim_id,
            )
            held = first.get(rate.key)
            if held is None or told.since < held.since:
                first[rate.key] = told
    yield from first.values()


def _of_staff(voice: Voice, now: datetime | None) -> Iterator[RateWord]:
    for rate in voice.card.rates:
        slot = Slot.of(rate.key)
        yield RateWord(
            source=voice.source,
            trust=voice.trust,
            rate=rate,
            since=voice.dated[slot],
            last_read_at=None if now is None else voice.read_at,
            fresh=None if now is None else voice.fresh,
            usable=voice.card.usable,
            claim_id=voice.receipts[slot],
        )


def _added(word: Word) -> dict[RateKey, datetime]:
    return {
        RateKey(meter, Terms.parse(terms), currency): datetime.fromisoformat(moment)
        for meter, terms, currency, moment in word.added_since
    }
