"""A run beside the last good one of its source, for the policy to judge as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

from registry.curation.policy.breakers import ChangedRow, RunShape, slipped
from registry.curation.voices import card_of
from registry.ingest.intake import Intake
from registry.ingest.models import Claim, Run
from registry.ingest.saying import said_in
from registry.pricing.rates import RateKey
from scrapers.claims import OfferClaim


def shape_of(run: Run, intake: Intake) -> RunShape:
    """How many rows came, went and changed their price, and by which factors."""
    factors: list[Decimal] = []
    rows: list[ChangedRow] = []
    said = {key: _amounts(claims, run) for key, claims in (intake.before | intake.beside).items()}
    above = dict(pairwise(reversed(intake.order)))
    below = dict(pairwise(intake.order))
    for key, claims in intake.after.items():
        before, after = said.get(key, {}), _amounts(claims, run)
        steps = [
            amount / before[rate]
            for rate, amount in after.items()
            if rate in before and amount != before[rate]
        ]
        if steps:
            beside = [said.get(other.get(key, ""), {}) for other in (above, below)]
            rows.append(ChangedRow(before, after, *beside))
        factors += steps
    elapsed = run.at - run.previous_at if run.previous_at else timedelta()
    return RunShape(
        rows_before=intake.entries_before,
        rows_now=intake.entries_now,
        rows_kept=intake.entries_kept,
        rows_changed=len(rows),
        factors=tuple(factors),
        elapsed=elapsed - timedelta(hours=run.source.interval_hours),
        slipped=slipped(rows),
    )


def _amounts(claims: Iterable[Claim], run: Run) -> dict[RateKey, Decimal]:
    said = [one for one in map(said_in, claims) if isinstance(one, OfferClaim)]
    card = card_of(said, read_at=run.at)
    return {rate.key: rate.amount for rate in card.rates if rate.amount is not None}
