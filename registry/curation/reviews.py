"""Review items: written from what the policy kept back, closed when it is said no more."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import orjson
from django.db.models import QuerySet

from registry.curation.models import Review
from registry.curation.policy.decisions import Decision, Kept
from registry.curation.policy.reasons import OF_FACTS, Finding, Outcome, Reason
from registry.curation.policy.starts import Pending
from registry.curation.policy.thresholds import SETTLED_AFTER
from registry.curation.policy.voices import Slot
from registry.curation.rows import row_of, rows_of, weeks_in
from registry.ingest.models import Claim, Run, Snapshot

_BATCH = 2_000
_LARGEST_FACTOR = Decimal(99_999_999)
_PLACES = Decimal("0.0001")


def pending_weeks(offer_ids: Iterable[int]) -> dict[int, dict[Slot, tuple[Pending, ...]]]:
    """By offer and slot, what is held, since when and on whose trust."""
    pending: dict[int, dict[Slot, list[Pending]]] = defaultdict(lambda: defaultdict(list))
    rows = Review.objects.filter(state=Review.State.OPEN, offer_id__in=list(offer_ids))
    for offer_id, proposal, seen_at, source, trust in rows.values_list(
        "offer_id", "proposal", "seen_at", "source__slug", "source__trust"
    ):
        for slot, week in weeks_in(proposal).items():
            pending[offer_id][slot].append(Pending(week, seen_at, source, trust))
    return {
        offer_id: {slot: tuple(items) for slot, items in slots.items()}
        for offer_id, slots in pending.items()
    }


def write_reviews(
    decisions: Mapping[int, Decision],
    sources: Mapping[str, int],
    *,
    at: datetime,
    run: Run | None = None,
) -> int:
    """Opens an item for whatever was kept back of the decided offers and closes the rest of theirs.

    ``sources``: the ids of sources by slug. ``run``: what brought it up, where that was a run.
    What a person has answered stays answered. Returns how many items are new.
    """
    wanted = {
        review.digest: review
        for offer_id, decision in decisions.items()
        for review in (_item(offer_id, kept, sources, at, run) for kept in decision.kept)
    }
    known = set(Review.objects.filter(digest__in=wanted).values_list("digest", flat=True))
    _close_others(decisions, wanted, at)
    open_again(Review.objects.filter(digest__in=known))
    fresh = [review for digest, review in wanted.items() if digest not in known]
    Review.objects.bulk_create(fresh, batch_size=_BATCH)
    return len(fresh)


def is_released(run: Run, snapshot: Snapshot) -> bool:
    """Whether a person has looked at this very body of the source and believed it."""
    return _answers(run, snapshot).filter(state=Review.State.APPROVED).exists()


def _answers(run: Run, snapshot: Snapshot | None) -> QuerySet[Review]:
    """What persons have answered about a body of that address as a whole."""
    return Review.objects.filter(
        source=run.source,
        run__part=run.part,
        run__snapshot=snapshot,
        offer=None,
        claim=None,
        state__in=Review.ANSWERED,
    )


def ripe_offers(run: Run) -> set[int]:
    """Offers of whose open items a run's source has now said the same for long enough.

    Each comes up with the first run that is late enough, and once in as long a time again: what
    its other prices, or other offers, have come to meanwhile may be what it waited for.
    """
    if run.previous_at is None:
        return set()
    items = Review.objects.filter(
        state=Review.State.OPEN,
        source=run.source,
        offer__isnull=False,
        seen_at__lte=run.at - SETTLED_AFTER,
    )
    return {
        pk
        for pk, seen_at in items.values_list("offer_id", "seen_at")
        if (run.at - seen_at) // SETTLED_AFTER > (run.previous_at - seen_at) // SETTLED_AFTER
    }


def hold_run(run: Run, findings: Sequence[Finding]) -> None:
    """One item for a whole run that was not believed; none where its body was answered before."""
    if run.snapshot is not None and _answers(run, run.snapshot).exists():
        return
    told = [[f.reason, f.field, f.value, f.expected] for f in findings]
    body = run.snapshot.sha256 if run.snapshot else run.slot
    digest = digest_of([run.source.slug, run.part, body, told])
    review, created = Review.objects.get_or_create(
        digest=digest,
        defaults={
            "source": run.source,
            "run": run,
            "outcome": Review.Outcome.HOLD,
            "reason": findings[0].reason,
            "findings": told,
            "seen_at": run.at,
        },
    )
    if not created:
        open_again(Review.objects.filter(pk=review.pk))


def release_runs(run: Run) -> None:
    """Closes the items of whole runs that were held before: their source was believed again."""
    held = Review.objects.filter(source=run.source, run__part=run.part, offer=None, claim=None)
    held.filter(state=Review.State.OPEN).update(state=Review.State.SUPERSEDED, closed_at=run.at)


def write_nameless(run: Run, changed: Mapping[str, Sequence[Claim]], gone: Collection[str]) -> int:
    """Opens an item for each claim whose names lead to no offer, and closes those of other words.

    ``changed``: what the entries that were read now say, by key; ``gone``: keys that are missing.
    Returns how many items are new.
    """
    claims = (claim for said in changed.values() for claim in said if claim.model_name_id is None)
    items = (_nameless(run, claim) for claim in claims if claim.offer_id is None)
    wanted = {review.digest: review for review in items}
    known = set(Review.objects.filter(digest__in=wanted).values_list("digest", flat=True))
    open_items = Review.objects.filter(
        source=run.source, offer=None, claim__model_name=None, state=Review.State.OPEN
    )
    for pk, digest, key in open_items.exclude(claim=None).values_list(
        "pk", "digest", "claim__entry_key"
    ):
        if digest not in wanted and (key in changed or key in gone):
            Review.objects.filter(pk=pk).update(state=Review.State.SUPERSEDED, closed_at=run.at)
    open_again(Review.objects.filter(digest__in=known))
    fresh = [review for digest, review in wanted.items() if digest not in known]
    Review.objects.bulk_create(fresh, batch_size=_BATCH)
    return len(fresh)


def _nameless(run: Run, claim: Claim) -> Review:
    remarks = claim.content.get("remarks", ())
    told = [remark for remark in remarks if remark[0] == Reason.BAD_NAME] or [
        [Reason.BAD_NAME, "name", f"{claim.provider_name}/{claim.model_id}", "a name to be kept"]
    ]
    return Review(
        digest=digest_of([run.source.slug, claim.entry_key, claim.model_id, told]),
        source=run.source,
        run=run,
        claim=claim,
        outcome=Review.Outcome.REJECT,
        reason=Reason.BAD_NAME,
        findings=told,
        seen_at=run.at,
    )


def open_again(items: QuerySet[Review]) -> None:
    """What is said again is open again, unless a person has answered it."""
    items.exclude(state__in=(Review.State.OPEN, *Review.ANSWERED)).update(
        state=Review.State.OPEN, closed_at=None
    )


def _item(
    offer_id: int, kept: Kept, sources: Mapping[str, int], at: datetime, run: Run | None
) -> Review:
    told = [[f.reason, f.field, f.value, f.expected] for f in kept.findings]
    proposal = rows_of(kept.weeks)
    rejected = any(finding.outcome is Outcome.REJECT for finding in kept.findings)
    return Review(
        digest=digest_of([kept.voice.source, offer_id, told, proposal]),
        source_id=sources[kept.voice.source],
        run=run,
        offer_id=offer_id,
        claim_id=kept.voice.claim_id,
        outcome=Review.Outcome.REJECT if rejected else Review.Outcome.HOLD,
        reason=kept.findings[0].reason,
        findings=told,
        proposal=proposal,
        factor=None if kept.factor is None else min(kept.factor, _LARGEST_FACTOR).quantize(_PLACES),
        seen_at=at,
    )


def _close_others(
    decisions: Mapping[int, Decision], wanted: Mapping[str, Review], at: datetime
) -> None:
    """Open items that nobody says any more, told apart from those that are published now."""
    closing: dict[str, list[int]] = defaultdict(list)
    items = Review.objects.filter(state=Review.State.OPEN, offer_id__in=list(decisions))
    items = items.exclude(reason__in=OF_FACTS)
    fields = ("pk", "digest", "offer_id", "claim_id", "proposal")
    for pk, digest, offer_id, claim_id, proposal in items.values_list(*fields):
        if digest in wanted:
            continue
        decision = decisions[offer_id]
        published = [row_of(p.key, p.price) for p in decision.points if p.price]
        if proposal and all(row in published for row in proposal):
            closing[Review.State.PUBLISHED].append(pk)
        elif claim_id not in decision.unheard:
            closing[Review.State.SUPERSEDED].append(pk)
    for state, ids in closing.items():
        Review.objects.filter(pk__in=ids).update(state=state, closed_at=at)


def digest_of(said: list[Any]) -> str:
    """What makes an item the same item however often it is said."""
    return hashlib.sha256(orjson.dumps(said)).hexdigest()
