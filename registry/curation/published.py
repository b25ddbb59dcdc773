"""What the ledger holds of offers, by slot: what stands, on whose word, and what starts later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from registry.curation.policy.announcements import Planned
from registry.curation.policy.changes import Standing
from registry.curation.policy.voices import Price, Slot, Window
from registry.ingest.batches import batched
from registry.ingest.models import Claim
from registry.ledger.standings import Outlook
from registry.ledger.standings import Standing as StandingPoint
from registry.pricing.rates import RateKey


def published(
    outlooks: Iterable[Outlook], sources: Mapping[int, str]
) -> tuple[dict[Slot, Standing], tuple[Planned, ...], dict[RateKey, datetime]]:
    """What stands by slot, what starts later, and which series stand withdrawn, since when."""
    weeks: dict[Slot, dict[Window, Price]] = defaultdict(dict)
    starts: dict[Slot, list[tuple[datetime, str]]] = defaultdict(list)
    planned, withdrawn = [], {}
    for series in outlooks:
        for point in series.coming:
            source = sources.get(point.claim_id or 0, "")
            planned.append(Planned(series.key, point.starts_at, _price(point), source))
        if series.standing is None:
            continue
        price = _price(series.standing)
        if price is None:
            withdrawn[series.key] = series.standing.starts_at
        else:
            slot = Slot.of(series.key)
            weeks[slot][Window.of(series.key)] = price
            source = sources.get(series.standing.claim_id or 0, "")
            starts[slot].append((series.standing.starts_at, source))
    standing = {slot: Standing(week, *max(starts[slot])) for slot, week in weeks.items()}
    return standing, tuple(planned), withdrawn


def _price(point: StandingPoint) -> Price | None:
    return None if point.is_withdrawn else Price(point.rate.state, point.amount)


def claim_sources(outlooks: Mapping[int, Iterable[Outlook]]) -> dict[int, str]:
    """By claim, the source on whose word something stands or is announced."""
    ids = {
        point.claim_id
        for group in outlooks.values()
        for series in group
        for point in (series.standing, *series.coming)
        if point is not None and point.claim_id is not None
    }
    found: dict[int, str] = {}
    for batch in batched(ids):
        found |= dict(Claim.objects.filter(pk__in=batch).values_list("pk", "source__slug"))
    return found
