"""A receipt with the text around its figure, for whoever reads and does not decide."""

from __future__ import annotations

from collections.abc import Collection

from registry.ingest.models import Claim
from registry.selectors.excerpts import Excerpt
from registry.selectors.review_item import excerpt_of


def excerpt_of_claim(
    claim_id: int | None, figures: Collection[str] | None = None
) -> Excerpt | None:
    """Where the claim's figures stand in its body; None where its bytes are not held.

    ``figures``: what is looked for where it is not those. One statement.
    """
    if claim_id is None:
        return None
    found = Claim.objects.select_related("first_run__snapshot").get(pk=claim_id)
    return excerpt_of(found, figures)
