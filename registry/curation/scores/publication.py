"""Scores decided on all that is known, as points for the ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from registry.curation.models import Ruling
from registry.curation.policy.scores.deciding import Decision, ScoreStart, decide
from registry.curation.scores.evidence import gather_scores
from registry.curation.scores.series import SeriesName
from registry.ingest.naming import Subject
from registry.ledger.models import ScorePoint
from registry.ledger.scores import NewScore


def decide_scores(
    subjects: Collection[Subject],
    *,
    at: datetime,
    beside: Collection[Ruling] = (),
    late: bool = False,
) -> dict[SeriesName, Decision]:
    """The decision on every series of the subjects.

    ``beside``: rulings that are not made yet. ``late``: more was published since, at later moments.
    """
    cases = gather_scores(subjects, at=at, beside=beside, late=late)
    return {name: decide(case) for name, case in cases.items()}


def new_scores(decisions: Mapping[SeriesName, Decision]) -> Iterator[NewScore]:
    """A point for every series that has a next start."""
    for name, decision in decisions.items():
        if decision.start is not None:
            yield _new_score(name, decision.start)


def _new_score(name: SeriesName, start: ScoreStart) -> NewScore:
    score = start.score
    return NewScore(
        model_id=name.model_id,
        benchmark_id=name.benchmark_id,
        setup=name.setup,
        starts_at=start.starts_at,
        starts_basis=ScorePoint.Basis.STATED if start.stated else ScorePoint.Basis.OBSERVED,
        state=ScorePoint.State.WITHDRAWN if score is None else ScorePoint.State.SCORED,
        value=None if score is None else score.value,
        qualifier="" if score is None else score.qualifier.value,
        evaluator="" if score is None else score.evaluator.value,
        low=None if score is None else score.low,
        high=None if score is None else score.high,
        items=None if score is None else score.items,
        status=ScorePoint.Status(start.status.value),
        cause=ScorePoint.Cause(start.cause.value),
        claim_id=None if score is None else score.claim_id,
    )
