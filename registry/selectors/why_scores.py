"""Why a published score is what it is: every source's word on it over time, and its series."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time

from registry.curation.scores.series import setup_said
from registry.ingest.models import Claim
from registry.ingest.reading_content import reading_in
from registry.scoring.readings import ReadingError, read_reading
from registry.scoring.setups import Setup
from registry.selectors.ai_models import ModelRow, model
from registry.selectors.benchmarks import BenchmarkRow, benchmark
from registry.selectors.clocks import as_of
from registry.selectors.reading_history import ReadingPeriod, reading_history
from registry.selectors.readings import (
    ReadingFilter,
    ReadingRow,
    readings,
)
from registry.selectors.score_receipts import ScoreReceipt, score_receipt
from registry.selectors.scores_beside import official_items
from registry.selectors.why import Saying, still_said
from scrapers.claims import ReadingClaim

_CLAIMS = 200
_OTHERS = 200


@dataclass(frozen=True, slots=True)
class WhyScore:
    """The whole chain behind a score's point.

    ``sayings``: every claim on the series, the newest first. ``periods``: the series over time.
    ``others``: what the model reaches on the benchmark today under other setups, which are series
    of their own.
    """

    receipt: ScoreReceipt
    model: ModelRow
    benchmark: BenchmarkRow
    sayings: tuple[Saying, ...]
    periods: tuple[ReadingPeriod, ...]
    others: tuple[ReadingRow, ...]


def why_score(point_id: int) -> WhyScore:
    """The chain of a score's point; raises `NotHeld`. Nine statements."""
    found = score_receipt(point_id)
    now, of, measured = as_of(), model(found.lab, found.slug), benchmark(found.benchmark)
    series = reading_history(of.model_id, now, benchmark=measured.slug, setup=found.setup)
    wanted = ReadingFilter(model=(found.lab, found.slug), benchmark=measured.slug)
    beside = readings(wanted, now, limit=_OTHERS).rows
    return WhyScore(
        receipt=found,
        model=of,
        benchmark=measured,
        sayings=tuple(_sayings(found, of, measured)),
        periods=tuple(period for one in series for period in one.periods),
        others=tuple(row for row in beside if row.setup != found.setup),
    )


def _sayings(found: ScoreReceipt, of: ModelRow, measured: BenchmarkRow) -> Iterator[Saying]:
    claims = Claim.objects.filter(
        model_name__model_id=of.model_id, benchmark_name__benchmark_id=measured.benchmark_id
    ).select_related("source", "benchmark_name")
    newest = list(claims.order_by("-first_seen_at", "-pk")[:_CLAIMS])
    said_now = still_said([claim.pk for claim in newest])
    for claim in newest:
        said = reading_in(
            claim.content, organisation=claim.provider_name, written=claim.model_id, page=claim.page
        )
        if _setup(claim, said, measured) != found.setup:
            continue
        measured_on = said.quote.measured_on
        yield Saying(
            claim_id=claim.pk,
            source=claim.source.slug,
            trust=claim.source.trust,
            first_seen_at=claim.first_seen_at,
            quoted=f"{said.quote.field}: {said.quote.text}",
            read=_read(claim, said, measured, found.setup),
            starts_at=datetime.combine(measured_on, time.min, UTC) if measured_on else None,
            still=claim.pk in said_now,
            decided=found.evidence is not None and claim.pk == found.evidence.claim_id,
        )


def _setup(claim: Claim, said: ReadingClaim, measured: BenchmarkRow) -> Setup | None:
    name = claim.benchmark_name
    if name is None:
        return None
    return setup_said(said.setup, measured.slug, version=name.version, subset=name.subset)


def _read(claim: Claim, said: ReadingClaim, measured: BenchmarkRow, setup: Setup) -> str:
    """The figure on the benchmark's own scale, or why it is none."""
    items = official_items(measured, setup)
    try:
        read = read_reading(
            said.quote, measured.scale, items=items, seen_on=claim.first_seen_at.date()
        )
    except ReadingError as error:
        return f"refused: {error.fault.value}"
    return f"{read.value:f}"
