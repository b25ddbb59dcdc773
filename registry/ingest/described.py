"""What all current claims say of offers beside their prices, handed to the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from registry.catalog.describe import apply_facts
from registry.catalog.facts import FactsSaid
from registry.ingest.content import from_content
from registry.ingest.models import Claim

_BATCH = 500


def describe(offer_ids: Iterable[int]) -> int:
    """Brings the facts of these offers, and of their models, up to what sources say now."""
    pks = sorted(offer_ids)
    return apply_facts(
        said
        for start in range(0, len(pks), _BATCH)
        for said in _said_of(pks[start : start + _BATCH])
    )


def _said_of(offer_ids: list[int]) -> Iterator[FactsSaid]:
    current = (
        Claim.objects.filter(offer__in=offer_ids, entries__missed_runs=0, content__has_key="facts")
        .distinct()
        .values_list("offer_id", "provider_name", "model_id", "content", "source__trust")
    )
    for offer, provider, model_id, content, trust in current:
        claim = from_content(content, provider=provider, model_id=model_id, page=None)
        if offer is not None:
            yield FactsSaid(offer, trust, claim.facts)
