"""What sources state of one offer beside another: ratios, gaps, bills, in their own words.

A statement is never computed with. What the registry's own figures come to is told beside it
(`registry.selectors.stated_beside`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from registry.ingest.content import statements_in
from registry.ingest.models import Claim
from registry.selectors.clocks import AsOf
from registry.selectors.refusals import Refusal
from registry.selectors.resolving import Names, Written
from registry.selectors.standard_offers import StandardOffer
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


@dataclass(frozen=True, slots=True)
class Claimed:
    """Claims that state something of offers, and what they name beside them.

    ``baselines``: the readable ids that sources' names mean for certain.
    """

    claims: tuple[Claim, ...]
    said: Mapping[int, tuple[Statement, ...]]
    baselines: Mapping[tuple[str, str], str]

    @classmethod
    def of(cls, names: Names, offer_ids: Collection[int], as_of: AsOf) -> Claimed:
        """What every source had stated of the offers by the moment.

        Of what one source said at one place only the last counts. One statement.
        """
        claims = _last_claims(offer_ids, as_of)
        said = {claim.pk: tuple(statements_in(claim.content)) for claim in claims}
        named = {one.baseline for found in said.values() for one in found if one.baseline}
        return cls(claims, said, _meant(names, sorted(named)))

    def told(
        self, offers: Collection[StandardOffer], baselines: Iterable[StandardOffer | Refusal]
    ) -> tuple[Stated, ...]:
        """The statements on priced offers, by offer, source and its order. No statement.

        ``baselines``: what is priced of each of its own, in order.
        """
        priced = {
            name: one
            for name, one in zip(self.baselines, baselines, strict=True)
            if isinstance(one, StandardOffer)
        }
        return tuple(
            Stated(
                claim_id=claim.pk,
                source=claim.source.slug,
                source_name=claim.source.name,
                page=claim.page,
                seen_at=claim.first_seen_at,
                offer=offer,
                statement=statement,
                baseline=priced.get(statement.baseline) if statement.baseline else None,
            )
            for offer in offers
            for claim in self.claims
            if claim.offer_id == offer.offer_id
            for statement in self.said[claim.pk]
        )


def _last_claims(offer_ids: Collection[int], as_of: AsOf) -> tuple[Claim, ...]:
    found = (
        Claim.objects.filter(
            offer__in=offer_ids, content__has_key="statements", first_seen_at__lte=as_of.at
        )
        .select_related("source")
        .order_by("source__slug", "entry_key", "first_seen_at", "pk")
    )
    last = {(claim.source_id, claim.entry_key, claim.offer_id): claim for claim in found}
    return tuple(last.values())


def _meant(names: Names, named: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The readable ids that sources' names mean for certain."""
    found = names.models_of(Written(model_id, provider) for provider, model_id in named)
    refs = (
        (name, one.offer.ref if one.offer else one.model)
        for name, one in zip(named, found, strict=True)
    )
    return {name: ref for name, ref in refs if ref is not None}
