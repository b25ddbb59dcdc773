"""Scores in few words."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from registry.benchmarks.models import Benchmark
from registry.catalog.models import Model
from registry.ledger.models import ScorePoint
from registry.ledger.record import NewScore
from registry.scoring.setups import Setup
from tests.ledger.saying import day

State = ScorePoint.State


def score(
    model: Model | int,
    benchmark: Benchmark | int,
    value: str | None = "80.6",
    *,
    starts: datetime | None = None,
    setup: str = "",
    low: str | None = None,
    high: str | None = None,
    **fields: Any,
) -> NewScore:
    """A score from the 24th on; without a value say the state."""
    scored = value is not None
    said = {
        "starts_basis": ScorePoint.Basis.STATED,
        "state": State.SCORED,
        "qualifier": "exact" if scored else "",
        "evaluator": "independent" if scored else "",
        "status": ScorePoint.Status.SINGLE,
        "cause": ScorePoint.Cause.FIRST_SEEN,
    } | fields
    return NewScore(
        model_id=model if isinstance(model, int) else model.pk,
        benchmark_id=benchmark if isinstance(benchmark, int) else benchmark.pk,
        setup=Setup.parse(setup),
        starts_at=starts or day(24),
        value=None if value is None else Decimal(value),
        low=None if low is None else Decimal(low),
        high=None if high is None else Decimal(high),
        **said,
    )
