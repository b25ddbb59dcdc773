"""What sources state of one offer beside another: ratios, gaps, bills, in their own words.

A statement is never computed with. What the registry's own figures come to is told beside it
(`registry.selectors.stated_beside`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from registry.ingest.content import statements_in
from registry.ingest.models import Claim
from registry.selectors.clocks import AsOf
from registry.selectors.resolving import Written, resolve_models
from registry.selectors.standard_offers import StandardOffer, offers_of_ids
from scrapers.claims import Statement

_QUESTIONS_KEPT = 64


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement, whose it is, and since when its source makes it.

    ``claim_id``: the claim that it stands in, which is its receipt. ``offer``: what it is said of.
    ``baseline``: beside what, priced at the moment; None where the source names nothing or what is
    not held for certain.
    """

    claim_id: int
    source: str
    source_name: str
    page: str
    seen_at: datetime
    offer: StandardOffer
    statement: Statement
    baseline: StandardOffer | None


def statements(offers: Collection[StandardOffer], as_of: AsOf) -> tuple[Stated, ...]:
    """What every source had stated of the offers by the moment, by offer, source and its order.

    Of what one source said at one place only the last counts. At most eleven statements.
    """
    claims = _last_claims([one.offer_id for one in offers], as_of)
    said = {claim.pk: statements_in(claim.content) for claim in claims}
    named = {one.baseline for found in said.values() for one in found if one.baseline}
    baselines = _baselines(named, as_of)
    return tuple(
        Stated(
            claim_id=claim.pk,
            source=claim.source.slug,
            source_name=claim.source.name,
            page=claim.page,
            seen_at=claim.first_seen_at,
            offer=offer,
            statement=statement,
            baseline=baselines.get(statement.baseline) if statement.baseline else None,
        )
        for offer in offers
        for claim in claims
        if claim.offer_id == offer.offer_id
        for statement in said[claim.pk]
    )


def _last_claims(offer_ids: Collection[int], as_of: AsOf) -> list[Claim]:
    found = (
        Claim.objects.filter(
            offer__in=offer_ids, content__has_key="statements", first_seen_at__lte=as_of.at
        )
        .select_related("source")
        .order_by("source__slug", "entry_key", "first_seen_at", "pk")
    )
    last = {(claim.source_id, claim.entry_key, claim.offer_id): claim for claim in found}
    return list(last.values())


def _baselines(
    named: Collection[tuple[str, str]], as_of: AsOf
) -> Mapping[tuple[str, str], StandardOffer]:
    refs = _meant(tuple(sorted(named)), as_of.number, as_of.hash)
    offers = offers_of_ids([Written(ref) for ref in refs.values()], as_of)
    return {
        name: offer
        for name, offer in zip(refs, offers, strict=True)
        if isinstance(offer, StandardOffer)
    }


@lru_cache(maxsize=_QUESTIONS_KEPT)
def _meant(
    named: tuple[tuple[str, str], ...], number: int, digest: str
) -> Mapping[tuple[str, str], str]:
    """The readable ids that sources' names mean for certain, asked once a revision."""
    found = resolve_models([Written(model_id, provider) for provider, model_id in named])
    refs = (
        (name, one.offer.ref if one.offer else one.model)
        for name, one in zip(named, found, strict=True)
    )
    return {name: ref for name, ref in refs if ref is not None}
