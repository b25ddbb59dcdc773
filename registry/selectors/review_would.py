"""What approving an item would publish, and what would still hold it then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from registry.curation.actions import ActionRefused
from registry.curation.actions.deciding import Decided, decide_offers
from registry.curation.actions.score_answers import accepted_scores
from registry.curation.actions.telling import told_starts
from registry.curation.models import Review, Ruling
from registry.curation.policy.reasons import HELD, REJECTED
from registry.curation.scores.publication import decide_scores, new_scores
from registry.curation.scores.series import SeriesName
from registry.ledger.points import NewPoint


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in words, with the row of the bad-input table behind it."""

    reason: str
    row: int | None
    field: str
    value: str
    expected: str


def would_publish(
    review: Review, series: SeriesName | None, at: datetime
) -> tuple[tuple[NewPoint, ...] | None, tuple[str, ...], tuple[Told, ...]]:
    """What approving would publish, and what would still hold the offer then."""
    if (
        review.state != Review.State.OPEN
        or review.outcome != Review.Outcome.HOLD
        or (review.offer_id is None and series is None)
        or review.reason == Review.REPORTED
    ):
        return None, (), ()
    if series is not None:
        return _would_score(review, series, at)
    ruling = Ruling(
        kind=Ruling.Kind.ACCEPT,
        offer_id=review.offer_id,
        source=review.source,
        findings=[finding[:3] for finding in review.findings],
        made_at=at,
    )
    decided = decide_offers([review.offer_id or 0], at=at, beside=[ruling])
    return decided.points, tuple(told_starts(decided.facts.points)), _still_held(decided)


def _would_score(
    review: Review, series: SeriesName, at: datetime
) -> tuple[tuple[NewPoint, ...] | None, tuple[str, ...], tuple[Told, ...]]:
    try:
        rulings = accepted_scores([review], {review.pk: series}, at)
    except ActionRefused:
        return None, (), ()
    verdicts = decide_scores({series.subject}, at=at, beside=rulings)
    return (), tuple(told_starts(new_scores(verdicts))), ()


def _still_held(decided: Decided) -> tuple[Told, ...]:
    return tuple(
        told(f.reason.value, f.field, f.value, f.expected)
        for decision in decided.decisions.values()
        for kept in decision.kept
        for f in kept.findings
    )


def told(reason: str, field: str, value: str, expected: str) -> Told:
    """A finding with the row of the bad-input table that its reason has, if any."""
    rows: dict[str, int] = {one.value: row for one, row in (HELD | REJECTED).items()}
    return Told(reason, rows.get(reason), field, value, expected)
