"""All that is known of some offers at one moment, gathered for the policy in a few queries."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from registry.catalog.models import Offer
from registry.curation.models import Ruling
from registry.curation.peers import peers_of
from registry.curation.policy.case import Case
from registry.curation.policy.rulings import NONE
from registry.curation.published import claim_sources, published
from registry.curation.reviews import pending_weeks
from registry.curation.rulings import (
    homes_and_distrusted,
    in_force,
    rulings_by_offer,
    staff_voices,
    taken_back,
)
from registry.curation.voices import voice_of
from registry.curation.words import heard_words
from registry.ingest.batches import batched
from registry.ingest.models import Source
from registry.ledger.asof import outlook


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
    merged, unheard = homes_and_distrusted(at)
    words = heard_words(offer_ids, merged=merged, unheard=unheard)
    rulings = [*in_force(offer_ids), *beside]
    ruled = rulings_by_offer([*rulings, *taken_back(offer_ids)], at=at)
    corrected = staff_voices(rulings)
    sources = {source.pk: source for source in Source.objects.select_related("derives_from")}
    offers = {offer.pk: offer for offer in _offers(offer_ids)}
    outlooks = outlook(offer_ids, at=at)
    spoken_by = claim_sources(outlooks)
    pending = pending_weeks(offer_ids)
    peers, moving = peers_of(offers, at)
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
        standing, planned, withdrawn = published(outlooks[offer_id], spoken_by)
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


def _offers(offer_ids: Collection[int]) -> Iterator[Offer]:
    for batch in batched(offer_ids):
        yield from Offer.objects.filter(pk__in=batch).select_related("provider")
