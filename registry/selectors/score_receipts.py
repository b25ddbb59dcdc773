"""The way from a published score back to the bytes it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from registry.ingest.reading_content import reading_in
from registry.ledger.models import ScorePoint
from registry.pricing.quotes import plain
from registry.scoring.setups import Setup
from registry.selectors.paging import NotHeld
from registry.selectors.receipts import Evidence, claim_behind, evidence_of, published_in
from registry.selectors.revisions import RevisionRow
from scrapers.claims import ReadingClaim


@dataclass(frozen=True, slots=True)
class ScoreReceipt:
    """A score's point, its publication, and on whose word (None: a curator's).

    ``value`` is None where the score was withdrawn or retracted. ``said``: what the source says in
    its own words.
    """

    point_id: int
    lab: str
    slug: str
    benchmark: str
    setup: Setup
    state: str
    value: Decimal | None
    qualifier: str
    low: Decimal | None
    high: Decimal | None
    items: int | None
    evaluator: str
    starts_at: datetime
    starts_basis: str
    status: str
    cause: str
    revision: RevisionRow
    evidence: Evidence | None
    said: ReadingClaim | None

    @property
    def model(self) -> str:
        """The readable id of the model, ``lab/slug``."""
        return f"{self.lab}/{self.slug}"


def score_receipt(point_id: int) -> ScoreReceipt:
    """The receipt of a score's point; raises `NotHeld`. Two statements."""
    point = (
        ScorePoint.objects.select_related("series__model__lab", "series__benchmark", "revision")
        .filter(pk=point_id)
        .first()
    )
    if point is None:
        raise NotHeld("receipt of a score", point_id)
    claim = None if point.claim_id is None else claim_behind(point.claim_id)
    series = point.series
    return ScoreReceipt(
        point_id=point.pk,
        lab=series.model.lab.slug,
        slug=series.model.slug,
        benchmark=series.benchmark.slug,
        setup=Setup.parse(series.setup),
        state=point.state,
        value=_plain(point.value),
        qualifier=point.qualifier,
        low=_plain(point.low),
        high=_plain(point.high),
        items=point.items,
        evaluator=point.evaluator,
        starts_at=point.starts_at,
        starts_basis=point.starts_basis,
        status=point.status,
        cause=point.cause,
        revision=published_in(point.revision),
        evidence=None if claim is None else evidence_of(claim),
        said=None
        if claim is None
        else reading_in(
            claim.content,
            organisation=claim.provider_name,
            written=claim.model_id,
            page=claim.page,
        ),
    )


def _plain(figure: Decimal | None) -> Decimal | None:
    return None if figure is None else plain(figure)
