"""Offers as the desk shows them: found by name, and one with everything that is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from registry.catalog.models import Offer
from registry.curation.models import AuditEvent, Review, Ruling
from registry.curation.rulings import in_force
from registry.selectors.desk_facts import FactTable, facts_of
from registry.selectors.paging import NotHeld
from registry.selectors.review_item import Comparison, compare, events_of

_FOUND = 50
_SIBLINGS = 200


@dataclass(frozen=True, slots=True)
class OfferPage:
    """An offer, its card, what persons decided of it that is in force, and what waits.

    ``rows``: the standing card as rows to write over. ``siblings``: other offers of its provider.
    """

    comparison: Comparison
    rows: tuple[Sequence[str | None], ...]
    rulings: tuple[Ruling, ...]
    waiting: tuple[Review, ...]
    events: tuple[AuditEvent, ...]
    siblings: tuple[tuple[int, str], ...]
    facts: FactTable


def find_offers(text: str) -> tuple[Offer, ...]:
    """Offers whose provider or id has every word of a text; the first of all where it is empty."""
    found = Offer.objects.select_related("provider", "model__lab")
    for word in text.replace("/", " ").split():
        found = found.filter(
            Q(provider_model_id__icontains=word) | Q(provider__slug__icontains=word)
        )
    return tuple(found.order_by("provider__slug", "provider_model_id")[:_FOUND])


def offer_page(pk: int, *, at: datetime) -> OfferPage:
    """One offer; raises `NotHeld`."""
    offer = Offer.objects.select_related("provider", "model__lab").filter(pk=pk).first()
    if offer is None:
        raise NotHeld("offer", pk)
    comparison = compare(offer, at=at)
    rows = tuple(
        (
            line.key.meter,
            line.key.terms.key,
            line.key.currency,
            line.standing.rate.state.value,
            line.old.text if line.old and line.old.amount else "",
        )
        for line in comparison.lines
        if line.standing is not None
    )
    waiting = Review.objects.filter(offer=offer, state=Review.State.OPEN).select_related("source")
    others = Offer.objects.filter(provider=offer.provider_id).exclude(pk=pk)
    return OfferPage(
        comparison,
        rows,
        tuple(in_force([pk])),
        tuple(waiting.order_by("-seen_at", "-pk")),
        events_of(str(offer)),
        tuple(
            others.order_by("provider_model_id").values_list("pk", "provider_model_id")[:_SIBLINGS]
        ),
        facts_of(offer, at=at),
    )
