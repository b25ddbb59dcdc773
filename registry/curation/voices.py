"""What sources say of offers, read as the policy hears it: cards, and voices with their dates."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from registry.catalog.models import Offer
from registry.curation.policy.announcements import Announcement
from registry.curation.policy.cards import Card, read_card
from registry.curation.policy.reasons import Finding, Reason
from registry.curation.policy.voices import Slot, Voice
from registry.curation.words import Word, words_of
from registry.ingest.models import Source
from registry.pricing.quotes import Quote
from registry.pricing.rates import RateKey
from registry.pricing.terms import Terms
from scrapers.claims import OfferClaim, Scheduled


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
