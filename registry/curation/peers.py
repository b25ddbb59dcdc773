"""What other providers of a model ask for it, published and held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from registry.catalog.models import Offer
from registry.curation.policy.starts import Pending
from registry.curation.policy.voices import ALWAYS, Slot
from registry.curation.reviews import pending_weeks
from registry.ingest.batches import batched
from registry.ledger.asof import rates_at
from registry.ledger.standings import Standing
from registry.pricing.terms import STANDARD

_PEER_METERS = ("input_tokens", "output_tokens", "cache_read_tokens")

Asked = dict[int, dict[Slot, tuple[Decimal, ...]]]


def peers_of(offers: Mapping[int, Offer], at: datetime) -> tuple[Asked, Asked]:
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
    peers: Asked = {}
    moving: Asked = {}
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


def _plain_amounts(points: Iterable[Standing]) -> dict[Slot, Decimal]:
    return {
        Slot.of(point.key): point.amount
        for point in points
        if point.amount is not None
        and point.key.meter in _PEER_METERS
        and point.key.terms == STANDARD
    }
