"""A row of a claim as what its source said."""

from __future__ import annotations

from registry.ingest.content import from_content
from registry.ingest.models import Claim
from registry.ingest.reading_content import reading_in
from scrapers.claims import Claim as Said


def said_in(claim: Claim) -> Said:
    """The claim of a price or of a score, as its parser read it."""
    if claim.model_name_id is not None:
        return reading_in(
            claim.content,
            organisation=claim.provider_name,
            written=claim.model_id,
            page=claim.page,
        )
    return from_content(
        claim.content,
        provider=claim.provider_name,
        model_id=claim.model_id,
        page=claim.page or None,
    )
