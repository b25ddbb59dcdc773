"""What sources state of one offer beside another: ratios, gaps, bills, in their own words.

A statement is never computed with. What the registry's own figures come to is told beside it
(`registry.selectors.stated_beside`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from registry.ingest.content import statements_in
from registry.ingest.models import Claim
from registry.selectors.clocks import AsOf
from registry.selectors.refusals import Refusal
from registry.selectors.resolving import Written
from registry.selectors.standard_offers import StandardOffer, offers_of_ids
from scrapers.claims import Statement


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
    ordered = sorted(named)
    found = offers_of_ids([Written(model_id, provider) for provider, model_id in ordered], as_of)
    return dict(_held(zip(ordered, found, strict=True)))


def _held(
    pairs: Iterator[tuple[tuple[str, str], StandardOffer | Refusal]],
) -> Iterator[tuple[tuple[str, str], StandardOffer]]:
    for name, one in pairs:
        if isinstance(one, StandardOffer):
            yield name, one
