"""The way from a published fact back to the bytes it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from registry.catalog.facts import FactValue, read_facts, value_of
from registry.ledger.models import FactPoint
from registry.selectors.paging import NotHeld
from registry.selectors.receipts import Evidence, claim_behind, evidence_of, published_in
from registry.selectors.revisions import RevisionRow


@dataclass(frozen=True, slots=True)
class FactReceipt:
    """A fact's point, its publication, and on whose word (None: a curator's).

    ``of``: model or offer; ``ref``: its readable id. ``said``: the source's own value, which the
    point repeats.
    """

    of: str
    ref: str
    name: str
    state: str
    value: FactValue | None
    starts_at: datetime
    starts_basis: str
    status: str
    cause: str
    revision: RevisionRow
    evidence: Evidence | None
    said: FactValue | None


def fact_receipt(point_id: int) -> FactReceipt:
    """The receipt of a fact's point; raises `NotHeld`. Two statements."""
    point = (
        FactPoint.objects.select_related(
            "series__model__lab", "series__offer__provider", "revision"
        )
        .filter(pk=point_id)
        .first()
    )
    if point is None:
        raise NotHeld("receipt of a fact", point_id)
    claim = None if point.claim_id is None else claim_behind(point.claim_id)
    series = point.series
    said = {} if claim is None else read_facts(claim.content.get("facts", {}))
    return FactReceipt(
        of="offer" if series.model is None else "model",
        ref=str(series.offer if series.model is None else series.model),
        name=series.name,
        state=point.state,
        value=value_of(series.name, point.value) if point.value else None,
        starts_at=point.starts_at,
        starts_basis=point.starts_basis,
        status=point.status,
        cause=point.cause,
        revision=published_in(point.revision),
        evidence=None if claim is None else evidence_of(claim),
        said=said.get(series.name),
    )
