"""All that is known of some offers at one moment, gathered for the policy in a few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from registry.catalog.models import Offer
from registry.curation.models import Ruling
from registry.curation.policy.announcements import Announcement, Planned
from registry.curation.policy.cards import Card, read_card
from registry.curation.policy.case import Case
from registry.curation.policy.changes import Standing
from registry.curation.policy.reasons import Finding, Reason
from registry.curation.policy.rulings import NONE
from registry.curation.policy.starts import Pending
from registry.curation.policy.voices import ALWAYS, Price, Slot, Voice, Window
from registry.curation.reviews import pending_weeks
from registry.curation.rulings import (
    distrusted,
    homes,
    in_force,
    rulings_by_offer,
    staff_voices,
    taken_back,
)
from registry.curation.words import Word, heard_words, words_of
from registry.ingest.batches import batched
from registry.ingest.models import Claim, Source
from registry.ledger.asof import outlook, rates_at
from registry.ledger.standings import Outlook
from registry.ledger.standings import Standing as StandingPoint
from registry.pricing.quotes import Quote
from registry.pricing.rates import RateKey
from registry.pricing.terms import STANDARD, Terms
from scrapers.claims import OfferClaim, Scheduled

_PEER_METERS = ("input_tokens", "output_tokens", "cache_read_tokens")


def gather(
    offer_ids: Collection[int],
    *,
    at: datetime,
    beside: Collection[Ruling] = (),
    late: bool = False,
) -> dict[int, Case]:
    """A case for each offer: voices, what stands, what is planned and held, and its peers.

    ``beside``: rulings that are not made yet, for whoever wants to see what they would change.
    ``late``: more was published since, at later moments.
    """
    words = heard_words(offer_ids, merged=homes(), unheard=distrusted(at))
    rulings = [*in_force(offer_ids), *beside]
    ruled = rulings_by_offer([*rulings, *taken_back(offer_ids)], at=at)
    corrected = staff_voices(rulings)
    sources = {source.pk: source for source in Source.objects.select_related("derives_from")}
    offers = {offer.pk: offer for offer in _offers(offer_ids)}
    outlooks = outlook(offer_ids, at=at)
    claim_sources = _claim_sources(outlooks)
    pending = pending_weeks(offer_ids)
    peers, moving = _peers(offers, at)
    cases = {}
    for offer_id, offer in offers.items():
        voices, announcements = [], []
        if offer_id in corrected:
            voices.append(corrected[offer_id])
        for source_id, group in words.by_offer.get(offer_id, {}).items():
            source = sources[source_id]
            voice, later = voice_of(source, group, offer, at=at)
            voices.append(voice)
            announcements += later
        standing, planned, withdrawn = _published(outlooks[offer_id], claim_sources)
        cases[offer_id] = Case(
            at=at,
            voices=tuple(voices),
            standing=standing,
            planned=planned,
            withdrawn=withdrawn,
            peers=peers.get(offer_id, {}),
            moving=moving.get(offer_id, {}),
            pending=pending.get(offer_id, {}),
            announcements=tuple(announcements),
            ended=offer_id not in words.spoken_of and bool(standing),
            rulings=ruled.get(offer_id, NONE),
            late=late,
        )
    return cases


def card_of(claims: Iterable[OfferClaim], *, read_at: datetime) -> Card:
    """The card that claims of one source state together, as of when they were last read."""
    claims = tuple(claims)
    return _card(claims, [_dated(claim, read_at)[0] for claim in claims])


def current_cards(offer_ids: Collection[int]) -> dict[int, dict[int, Card]]:
    """By offer and claim, the card that each source states of it now."""
    return {
        offer_id: {
            word.claim_id: card_of([word.claim], read_at=word.last_read_at)
            for group in by_source.values()
            for word in group
            if not word.missing
        }
        for offer_id, by_source in words_of(offer_ids).items()
    }


def _offers(offer_ids: Collection[int]) -> Iterator[Offer]:
    for batch in batched(offer_ids):
        yield from Offer.objects.filter(pk__in=batch).select_related("provider")


def voice_of(
    source: Source, words: list[Word], offer: Offer, *, at: datetime
) -> tuple[Voice, list[Announcement]]:
    """One source's word on an offer out of its claims, and the cards that it dates ahead."""
    claims = [word.claim for word in words]
    read_at = max(word.last_read_at for word in words)
    seen_at = min(word.priced_since for word in words)
    dated = [_dated(claim, read_at) for claim in claims]
    card = _card(claims, [quotes for quotes, _ in dated], offer.mode)
    fresh = source.fresh_until is not None and at <= source.fresh_until
    voice = Voice(
        source=source.slug,
        group=(source.derives_from or source).slug,
        trust=source.trust,
        own=offer.provider.slug in source.own_providers,
        fresh=fresh and not all(word.missing for word in words),
        claim_id=words[0].claim_id,
        seen_at=seen_at,
        read_at=read_at,
        card=card,
        stated_at=max((moment for _, moment in dated if moment), default=None),
        silent_before=max((w.silent_before for w in words if w.silent_before), default=None),
        receipts=_receipts(words, [quotes for quotes, _ in dated]),
        added_at=_added(words, [quotes for quotes, _ in dated], seen_at),
    )
    ahead = [
        Announcement(voice, card.starts_at, _card([claim], [card.quotes], offer.mode))
        for claim in claims
        for card in claim.scheduled
        if card.starts_at is not None and card.starts_at > read_at
    ]
    return voice, ahead


def _dated(claim: OfferClaim, moment: datetime) -> tuple[tuple[Quote, ...], datetime | None]:
    """The card in force at a moment, and the date that the claim gives it."""
    undated = [card.quotes for card in claim.scheduled if card.starts_at is None]
    quotes = claim.quotes or (undated[0] if undated else ())
    begun: list[tuple[datetime, Scheduled]] = sorted(
        (
            (card.starts_at, card)
            for card in claim.scheduled
            if card.starts_at is not None and card.starts_at <= moment
        ),
        key=lambda pair: pair[0],
    )
    return (begun[-1][1].quotes, begun[-1][0]) if begun else (quotes, None)


def _card(
    claims: Sequence[OfferClaim], cards: Iterable[tuple[Quote, ...]], known_mode: str = ""
) -> Card:
    said = next((claim.facts.mode for claim in claims if claim.facts.mode), None)
    mode = said or known_mode or None
    remarked = [
        Finding(Reason(remark.fault.value), remark.field, remark.value, remark.expected)
        for claim in claims
        for remark in claim.remarks
    ]
    quotes = [quote for card in cards for quote in card]
    return read_card(quotes, mode=mode, remarked=remarked)


def _receipts(words: list[Word], cards: list[tuple[Quote, ...]]) -> dict[Slot, int]:
    if len(words) == 1:
        return {}
    return {
        Slot.of(RateKey(quote.meter, quote.terms, quote.currency)): word.claim_id
        for word, card in zip(reversed(words), reversed(cards), strict=True)
        for quote in card
    }


def _added(
    words: list[Word], cards: list[tuple[Quote, ...]], seen_at: datetime
) -> dict[Slot, datetime]:
    """Since when the slots are stated that came later than the source's first price.

    A slot is as old as the youngest of its windows, in the claim that has stated it longest.
    """
    if len(words) == 1 and not words[0].added_since:
        return {}
    since: dict[Slot, datetime] = {}
    for word, card in zip(words, cards, strict=True):
        added = {
            RateKey(meter, Terms.parse(terms), currency): datetime.fromisoformat(moment)
            for meter, terms, currency, moment in word.added_since
        }
        stated: dict[Slot, datetime] = {}
        for quote in card:
            key = RateKey(quote.meter, quote.terms, quote.currency)
            moment = added.get(key, word.priced_since)
            stated[Slot.of(key)] = max(moment, stated.get(Slot.of(key), moment))
        since = {slot: min(m, since.get(slot, m)) for slot, m in stated.items()} | {
            slot: m for slot, m in since.items() if slot not in stated
        }
    return {slot: moment for slot, moment in since.items() if moment > seen_at}


def _published(
    outlooks: Iterable[Outlook], sources: Mapping[int, str]
) -> tuple[dict[Slot, Standing], tuple[Planned, ...], dict[RateKey, datetime]]:
    """What stands by slot, what starts later, and which series stand withdrawn, since when."""
    weeks: dict[Slot, dict[Window, Price]] = defaultdict(dict)
    starts: dict[Slot, list[tuple[datetime, str]]] = defaultdict(list)
    planned, withdrawn = [], {}
    for series in outlooks:
        for point in series.coming:
            source = sources.get(point.claim_id or 0, "")
            planned.append(Planned(series.key, point.starts_at, _price(point), source))
        if series.standing is None:
            continue
        price = _price(series.standing)
        if price is None:
            withdrawn[series.key] = series.standing.starts_at
        else:
            slot = Slot.of(series.key)
            weeks[slot][Window.of(series.key)] = price
            source = sources.get(series.standing.claim_id or 0, "")
            starts[slot].append((series.standing.starts_at, source))
    standing = {slot: Standing(week, *max(starts[slot])) for slot, week in weeks.items()}
    return standing, tuple(planned), withdrawn


def _price(point: StandingPoint) -> Price | None:
    return None if point.is_withdrawn else Price(point.rate.state, point.amount)


def _claim_sources(outlooks: Mapping[int, Iterable[Outlook]]) -> dict[int, str]:
    ids = {
        point.claim_id
        for group in outlooks.values()
        for series in group
        for point in (series.standing, *series.coming)
        if point is not None and point.claim_id is not None
    }
    found: dict[int, str] = {}
    for batch in batched(ids):
        found |= dict(Claim.objects.filter(pk__in=batch).values_list("pk", "source__slug"))
    return found


_Asked = dict[int, dict[Slot, tuple[Decimal, ...]]]


def _peers(offers: Mapping[int, Offer], at: datetime) -> tuple[_Asked, _Asked]:
    """What other providers of an offer's model ask for plain input, output and cache reads.

    And what they would ask if what is held of them were taken; empty where nothing is.
    """
    models = {offer.model_id for offer in offers.values() if offer.model_id is not None}
    siblings: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for batch in batched(models):
        rows = Offer.objects.filter(model_id__in=batch)
        for pk, model_id, provider_id in rows.values_list("pk", "model_id", "provider_id"):
            siblings[model_id].append((pk, provider_id))
    known = [pk for group in siblings.values() if len(group) > 1 for pk, _ in group]
    asked = {pk: _plain_amounts(points) for pk, points in rates_at(known, at=at).items()}
    held = {pk: _held_amounts(slots) for pk, slots in pending_weeks(known).items()}
    peers: _Asked = {}
    moving: _Asked = {}
    for offer_id, offer in offers.items():
        others = [
            pk
            for pk, provider_id in siblings.get(offer.model_id or 0, ())
            if provider_id != offer.provider_id
        ]
        peers[offer_id] = _by_slot(asked.get(pk, {}) for pk in others)
        if any(held.get(pk) for pk in others):
            taken = (asked.get(pk, {}) | held.get(pk, {}) for pk in others)
            moving[offer_id] = _by_slot(taken)
    return peers, moving


def _by_slot(amounts: Iterable[Mapping[Slot, Decimal]]) -> dict[Slot, tuple[Decimal, ...]]:
    found: dict[Slot, list[Decimal]] = defaultdict(list)
    for one in amounts:
        for slot, amount in one.items():
            found[slot].append(amount)
    return {slot: tuple(each) for slot, each in found.items()}


def _held_amounts(slots: Mapping[Slot, Iterable[Pending]]) -> dict[Slot, Decimal]:
    """The plain prices that are held of an offer, by the most trusted who say them."""
    amounts = {}
    for slot, pending in slots.items():
        price = max(pending, key=lambda one: (one.trust, one.source)).week.get(ALWAYS)
        is_plain = slot.meter in _PEER_METERS and slot.terms == STANDARD and not slot.banded
        if is_plain and price is not None and price.amount is not None:
            amounts[slot] = price.amount
    return amounts


def _plain_amounts(points: Iterable[StandingPoint]) -> dict[Slot, Decimal]:
    return {
        Slot.of(point.key): point.amount
        for point in points
        if point.amount is not None
        and point.key.meter in _PEER_METERS
        and point.key.terms == STANDARD
    }
