"""Review items of scores: one for each claim that was kept back, closed when it is said no more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from registry.curation.models import Review
from registry.curation.policy.reasons import Outcome
from registry.curation.policy.scores.deciding import Decision
from registry.curation.policy.scores.saying import Kept
from registry.curation.reviews import digest_of, open_again
from registry.curation.scores.series import SeriesName, subjects_in
from registry.ingest.batches import batched
from registry.ingest.models import Claim, Run

_BATCH = 2_000


def write_score_reviews(
    decisions: Mapping[SeriesName, Decision], *, at: datetime, run: Run | None = None
) -> int:
    """Opens an item for whatever was kept back of the decided series and closes the rest of theirs.

    ``run``: what brought it up, where that was a run. Returns how many items are new.
    """
    if not decisions:
        return 0
    kept = {one.claim_id: one for decision in decisions.values() for one in decision.kept}
    claims: dict[int, Claim] = {}
    for batch in batched(kept):
        claims |= Claim.objects.in_bulk(batch)
    items = [_item(one, claims[claim_id], at, run) for claim_id, one in kept.items()]
    wanted = {review.digest: review for review in items}
    known = set(Review.objects.filter(digest__in=wanted).values_list("digest", flat=True))
    _close_others(decisions, set(wanted), at)
    open_again(Review.objects.filter(digest__in=known))
    fresh = [review for digest, review in wanted.items() if digest not in known]
    Review.objects.bulk_create(fresh, batch_size=_BATCH)
    return len(fresh)


def _item(kept: Kept, claim: Claim, at: datetime, run: Run | None) -> Review:
    told = [[f.reason, f.field, f.value, f.expected] for f in kept.findings]
    rejected = any(finding.outcome is Outcome.REJECT for finding in kept.findings)
    return Review(
        digest=digest_of([kept.source, claim.digest, told]),
        source_id=claim.source_id,
        run=run,
        claim=claim,
        outcome=Review.Outcome.REJECT if rejected else Review.Outcome.HOLD,
        reason=kept.findings[0].reason,
        findings=told,
        seen_at=at,
    )


def _close_others(decisions: Mapping[SeriesName, Decision], wanted: set[str], at: datetime) -> None:
    """Open items of the decided series whose claim says something else now, or is published.

    What no source had said at the moment that is decided stays open.
    """
    subjects = subjects_in(decisions)
    published = {
        decision.start.score.claim_id
        for decision in decisions.values()
        if decision.start is not None and decision.start.score is not None
    }
    unheard = {pk for decision in decisions.values() for pk in decision.unheard}
    items = Review.objects.filter(state=Review.State.OPEN, claim__model_name__model__isnull=False)
    columns = (
        "pk", "digest", "claim_id", "claim__model_name__model_id",
        "claim__benchmark_name__benchmark_id",
    )  # fmt: skip
    for pk, digest, claim_id, model, benchmark in items.values_list(*columns):
        if digest in wanted or claim_id in unheard or (model, benchmark) not in subjects:
            continue
        state = Review.State.PUBLISHED if claim_id in published else Review.State.SUPERSEDED
        Review.objects.filter(pk=pk).update(state=state, closed_at=at)
