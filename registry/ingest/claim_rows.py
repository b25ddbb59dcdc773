"""A claim as a row, beside what its entry said before: what it repeats is as old as it was."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from registry.ingest.content import added_prices, digest_of, restates, to_content
from registry.ingest.models import Claim, Run
from registry.ingest.storable import storable_content, storable_names
from scrapers.claims import OfferClaim


def claim_row(
    run: Run,
    key: str,
    claim: OfferClaim,
    offers: Mapping[tuple[str, str], int],
    before: Iterable[Claim],
) -> Claim:
    """The row of a claim: one of ``before`` where its entry still says the same, else a new one.

    ``offers``: by the names that claims use, as `registry.catalog.enrol.enrol` finds them.
    """
    offer_id = offers.get((claim.provider, claim.model_id))
    claim, content = storable_names(claim), storable_content(to_content(claim))
    row = Claim(
        source=run.source,
        digest=digest_of(key, claim, content),
        entry_key=key,
        provider_name=claim.provider,
        model_id=claim.model_id,
        content=content,
        page=claim.page or "",
        first_run=run,
        first_seen_at=run.at,
        priced_since=run.at,
        priced_otherwise_at=run.previous_at,
        offer_id=offer_id,
    )
    for earlier in before:
        if _names(earlier) != _names(row):
            continue
        if earlier.content == content and earlier.page == row.page:
            return earlier
        row.facts_since |= _older_facts(content, earlier)
        if restates(content, earlier.content):
            row.priced_since = earlier.priced_since
            row.priced_otherwise_at = earlier.priced_otherwise_at
            row.added_since = added_prices(content, earlier.content, earlier.added_since, at=run.at)
    return row


def digest_of_return(claim: Claim) -> str:
    """The digest of what is said again after something else was said: a claim of its own moment."""
    said = f"{claim.digest}@{claim.first_seen_at.isoformat()}"
    return hashlib.sha256(said.encode()).hexdigest()


def facts_since(claim: Claim) -> dict[str, datetime]:
    """Since when the facts have been stated that a claim repeats from the one before it."""
    return {name: datetime.fromisoformat(moment) for name, moment in claim.facts_since.items()}


def _older_facts(content: dict[str, Any], earlier: Claim) -> dict[str, str]:
    before = earlier.content.get("facts", {})
    return {
        name: earlier.facts_since.get(name, earlier.first_seen_at.isoformat())
        for name, value in content.get("facts", {}).items()
        if name in before and before[name] == value
    }


def _names(claim: Claim) -> tuple[str, str]:
    return claim.provider_name, claim.model_id
