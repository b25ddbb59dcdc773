"""Published scores as points that a later revision says otherwise of."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from registry.ingest.batches import batched
from registry.ingest.naming import Subject
from registry.ledger.effective import effective, standing_points
from registry.ledger.models import ScorePoint, ScoreSeries
from registry.ledger.scores import NewScore
from registry.scoring.setups import Setup


def standing_scores(subjects: Collection[Subject], *, at: datetime) -> Iterator[ScorePoint]:
    """What is published of models on benchmarks at a moment, with series and claim."""
    benchmarks = {benchmark for _, benchmark in subjects}
    for batch in batched({model for model, _ in subjects}):
        series = ScoreSeries.objects.filter(model_id__in=batch, benchmark_id__in=benchmarks)
        points = standing_points(ScorePoint, series, at=at, revision=None)
        for point in points.filter(state=ScorePoint.State.SCORED).select_related("series", "claim"):
            if (point.series.model_id, point.series.benchmark_id) in subjects:
                yield point


def scores_of_model(model_id: int) -> list[ScorePoint]:
    """Every start that counts of a model's scores, withdrawals too."""
    points = effective(ScorePoint, revision=None).filter(series__model_id=model_id)
    return list(points.select_related("series").order_by("series_id", "starts_at"))


def score_retraction(point: ScorePoint) -> NewScore:
    """Takes back one start: it never happened, and the one before it stands again."""
    return score_again(point, None, model_id=point.series.model_id)


def score_again(start: ScorePoint, said: ScorePoint | None, *, model_id: int) -> NewScore:
    """A start of a series that says what another point says, or (None) that it never was.

    ``model_id``: whose score it is from now on.
    """
    told = said or start
    scored = said is not None and said.state == ScorePoint.State.SCORED
    state = ScorePoint.State.RETRACTED if said is None else ScorePoint.State(said.state)
    return NewScore(
        model_id=model_id,
        benchmark_id=start.series.benchmark_id,
        setup=Setup.parse(start.series.setup),
        starts_at=start.starts_at,
        starts_basis=ScorePoint.Basis(told.starts_basis),
        state=state,
        value=told.value if scored else None,
        qualifier=told.qualifier if scored else "",
        evaluator=told.evaluator if scored else "",
        status=ScorePoint.Status(told.status),
        cause=ScorePoint.Cause.CORRECTED,
        low=told.low if scored else None,
        high=told.high if scored else None,
        items=told.items if scored else None,
        claim_id=told.claim_id,
    )
