"""Review items of facts: one a word that waits, closed when it waits no more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from registry.catalog.facts import text_of
from registry.curation.facts.resolving import ResolvedFacts
from registry.curation.models import Review
from registry.curation.policy.facts.deciding import KeptFact
from registry.curation.policy.reasons import OF_FACTS
from registry.curation.reviews import digest_of, open_again
from registry.ingest.models import Run

_BATCH = 2_000


def write_fact_reviews(
    resolved: ResolvedFacts,
    decided: Collection[int],
    sources: Mapping[str, int],
    *,
    at: datetime,
    run: Run | None = None,
) -> int:
    """Opens an item for each word that waits and closes the others of the decided offers.

    A word on a model belongs to the offer that it was said of. ``sources``: the ids of sources by
    slug. Returns how many items are new.
    """
    wanted = {item.digest: item for item in _items(resolved.kept, sources, at, run)}
    known = set(Review.objects.filter(digest__in=wanted).values_list("digest", flat=True))
    _close_others(resolved, decided, wanted.keys(), at)
    open_again(Review.objects.filter(digest__in=known))
    fresh = [item for key, item in wanted.items() if key not in known]
    Review.objects.bulk_create(fresh, batch_size=_BATCH)
    return len(fresh)


def _items(
    kept: Iterable[KeptFact], sources: Mapping[str, int], at: datetime, run: Run | None
) -> Iterable[Review]:
    for one in kept:
        voice, finding = one.voice, one.finding
        told = [[finding.reason, finding.field, finding.value, finding.expected]]
        yield Review(
            digest=digest_of([voice.source, voice.offer_id, told, []]),
            source_id=sources[voice.source],
            run=run,
            offer_id=voice.offer_id,
            claim_id=voice.claim_id,
            outcome=Review.Outcome(finding.outcome.value),
            reason=finding.reason,
            findings=told,
            seen_at=at,
        )


def _close_others(
    resolved: ResolvedFacts, decided: Collection[int], wanted: Collection[str], at: datetime
) -> None:
    """Items that wait no more, those whose value is published now told apart."""
    published = {(p.name, text_of(p.value)) for p in resolved.points if p.value is not None}
    closing: dict[str, list[int]] = defaultdict(list)
    items = Review.objects.filter(state=Review.State.OPEN, reason__in=OF_FACTS)
    for pk, key, offer_id, findings in items.values_list("pk", "digest", "offer_id", "findings"):
        if offer_id in decided and key not in wanted:
            steps = {(field, value.rpartition("-> ")[2]) for _, field, value, _ in findings}
            state = Review.State.PUBLISHED if steps & published else Review.State.SUPERSEDED
            closing[state].append(pk)
    for closed, ids in closing.items():
        Review.objects.filter(pk__in=ids).update(state=closed, closed_at=at)
