"""The way from a published figure back to the bytes it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from registry.ingest.content import from_content
from registry.ingest.models import Claim, Snapshot
from registry.ledger.models import PricePoint, Revision
from registry.ledger.standings import Standing
from registry.pricing.quotes import Quote
from registry.selectors.paging import NotHeld
from registry.selectors.revisions import RevisionRow


@dataclass(frozen=True, slots=True)
class QuotedFigure:
    """A figure in the source's own words; ``starts_at`` where the source dates it."""

    quote: Quote
    starts_at: datetime | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a source said, and where: the claim, its snapshot, the run that took it, the source.

    ``quotes`` are those for the receipt's meter; a bundled claim carries none. ``held``: whether
    the snapshot's bytes are here. ``claim_id``: the number of the claim's own receipt.
    """

    claim_id: int
    entry_key: str
    provider_name: str
    model_id: str
    page: str
    digest: str
    first_seen_at: datetime
    quotes: tuple[QuotedFigure, ...]
    sha256: str | None
    size: int | None
    media_type: str
    held: bool
    run_at: datetime
    run_slot: str
    run_outcome: str
    address: str
    source: str
    source_name: str
    source_homepage: str
    source_trust: int
    source_licence: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """A point, who decided it in which publication, and on whose word (None: a curator's)."""

    provider: str
    provider_model_id: str
    point: Standing
    revision: RevisionRow
    evidence: Evidence | None


def receipt(point_id: int) -> Receipt:
    """The receipt of a point; raises `NotHeld`. Two statements."""
    point = (
        PricePoint.objects.select_related("series__offer__provider", "revision")
        .filter(pk=point_id)
        .first()
    )
    if point is None:
        raise NotHeld("receipt", point_id)
    offer, revision = point.series.offer, point.revision
    return Receipt(
        provider=offer.provider.slug,
        provider_model_id=offer.provider_model_id,
        point=_standing(point),
        revision=published_in(revision),
        evidence=None if point.claim_id is None else _evidence(point.claim_id, point.series.meter),
    )


def published_in(revision: Revision) -> RevisionRow:
    """The publication that a point came out with."""
    return RevisionRow(
        revision.number,
        revision.hash,
        revision.previous_hash,
        revision.kind,
        revision.published_at,
        revision.author,
        revision.note,
        revision.point_count,
    )


def _standing(point: PricePoint) -> Standing:
    series = point.series
    return Standing.of_row(
        point.pk,
        series.offer_id,
        series.meter,
        series.terms,
        series.currency,
        point.state,
        point.amount,
        point.starts_at,
        point.starts_basis,
        point.status,
        point.cause,
        point.revision_id,
        point.claim_id,
    )


def _evidence(claim_id: int, meter: str) -> Evidence:
    claim = claim_behind(claim_id)
    return evidence_of(claim, _quotes(claim, meter))


def claim_evidence(claim_id: int) -> Evidence:
    """What one claim says, all its quotes, and what it rests on; raises `NotHeld`."""
    try:
        claim = claim_behind(claim_id)
    except Claim.DoesNotExist:
        raise NotHeld("claim", claim_id) from None
    return evidence_of(claim, _quotes(claim) if "quotes" in claim.content else ())


def claim_behind(claim_id: int) -> Claim:
    """A claim with its run, source and snapshot, and whether the bytes are held. One statement."""
    return (
        Claim.objects.select_related("source", "first_run__snapshot")
        .defer("first_run__snapshot__content")
        .annotate(held=Q(first_run__snapshot__content__isnull=False))
        .get(pk=claim_id)
    )


def evidence_of(claim: Claim, quotes: tuple[QuotedFigure, ...] = ()) -> Evidence:
    """What a claim of `claim_behind` rests on."""
    run, source = claim.first_run, claim.source
    snapshot: Snapshot | None = run.snapshot
    return Evidence(
        claim_id=claim.pk,
        entry_key=claim.entry_key,
        provider_name=claim.provider_name,
        model_id=claim.model_id,
        page=claim.page,
        digest=claim.digest,
        first_seen_at=claim.first_seen_at,
        quotes=quotes,
        sha256=None if snapshot is None else snapshot.sha256,
        size=None if snapshot is None else snapshot.size,
        media_type="" if snapshot is None else snapshot.media_type,
        held=bool(getattr(claim, "held", False)),
        run_at=run.at,
        run_slot=run.slot,
        run_outcome=run.outcome,
        address=run.address,
        source=source.slug,
        source_name=source.name,
        source_homepage=source.homepage,
        source_trust=source.trust,
        source_licence=source.licence,
    )


def _quotes(claim: Claim, meter: str | None = None) -> tuple[QuotedFigure, ...]:
    content: dict[str, Any] = claim.content
    said = from_content(
        content, provider=claim.provider_name, model_id=claim.model_id, page=claim.page or None
    )
    undated = [QuotedFigure(quote, None) for quote in said.quotes]
    dated = [QuotedFigure(q, card.starts_at) for card in said.scheduled for q in card.quotes]
    return tuple(one for one in (*undated, *dated) if meter in (None, one.quote.meter))
