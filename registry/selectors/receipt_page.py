"""A receipt with the text around its figure, for whoever reads and does not decide."""

from __future__ import annotations

from registry.ingest.models import Claim
from registry.selectors.excerpts import Excerpt
from registry.selectors.review_item import excerpt_of


def excerpt_of_claim(claim_id: int | None) -> Excerpt | None:
    """Where the claim's figures stand in its body; None where its bytes are not held."""
    if claim_id is None:
        return None
    found = Claim.objects.select_related("first_run__snapshot").get(pk=claim_id)
    return excerpt_of(found)
