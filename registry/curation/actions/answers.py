"""Held items answered: approved or rejected, once; and what readers report."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import orjson
from django.db import transaction

from registry.catalog.models import Offer
from registry.curation.actions.audit import DECIDE, Hand, Person, take_hand, write_event
from registry.curation.actions.by_hand import publish_decided_by
from registry.curation.actions.deciding import decide_offers
from registry.curation.actions.refusals import ActionRefused, AnsweredAlready
from registry.curation.actions.score_answers import accepted_scores, refused_scores
from registry.curation.actions.telling import told_starts
from registry.curation.evidence import gather
from registry.curation.models import AuditEvent, Review, Ruling
from registry.curation.policy.rulings import Refusal
from registry.curation.rows import weeks_in
from registry.curation.scores.series import SeriesName, named, series_of_claims, subjects_in
from registry.curation.signals import run_released
from registry.ingest.models import Source
from registry.ledger.models import Revision
from registry.ledger.turns import take_turn

_CLOSED_AS = {
    AuditEvent.Action.APPROVE: Review.State.APPROVED,
    AuditEvent.Action.REJECT: Review.State.REFUSED,
}
_REPORT_LENGTH = 2_000
_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Answered:
    """What answering came to: the event of it, and what was published (None: nothing changed)."""

    event: AuditEvent
    revision: Revision | None
    items: int


@transaction.atomic
def approve(
    review_ids: Collection[int], *, by: Person, note: str, page: str, at: datetime
) -> Answered:
    """Takes held items as right: what was found in them holds nothing any more, now or later.

    One revision, however many items. Sources are still chosen between: a word that a more trusted
    one contradicts is approved and not published. A held run is taken after the commit. Raises
    `AnsweredAlready`, `ActionRefused` for what cannot be published as it stands, `NotAllowed`.
    """
    hand = take_hand(by, DECIDE, note=note, page=page, at=at)
    items = open_items(review_ids)
    series = series_of_items(items)
    for item in items:
        if item.outcome != Review.Outcome.HOLD or item.reason == Review.REPORTED:
            expected = "a held item; this one can be rejected, or approved with other figures"
            raise ActionRefused("item", item, expected)
        if item.offer_id is None and item.claim_id is not None and item.pk not in series:
            raise ActionRefused("item", item, "names that are known; they are an open question")
    rulings = [_ruling(item, Ruling.Kind.ACCEPT, hand) for item in items if item.offer_id]
    for ruling in accepted_scores([item for item in items if item.pk in series], series, at):
        ruling.by, ruling.note = hand.by, hand.note
        rulings.append(ruling)
    Ruling.objects.bulk_create(rulings, batch_size=_BATCH)
    for item in items:
        if item.offer_id is None and item.claim_id is None and item.run_id is not None:
            transaction.on_commit(partial(run_released.send, Review, run_id=item.run_id))
    return _answer(items, series, AuditEvent.Action.APPROVE, rulings, hand)


@transaction.atomic
def reject(
    review_ids: Collection[int], *, by: Person, note: str, page: str, at: datetime
) -> Answered:
    """Takes items as wrong: while a source says the same of the offer, it is not heard there.

    That holds for every source that says so at this moment, not only for the one whose item it is.
    Raises `AnsweredAlready`, `NotAllowed`.
    """
    hand = take_hand(by, DECIDE, note=note, page=page, at=at)
    items = open_items(review_ids)
    series = series_of_items(items)
    rulings = [_ruling(item, Ruling.Kind.REFUSE, hand) for item in items if item.offer_id]
    rulings += _also_said(rulings, hand)
    rulings += refused_scores(items, series, hand)
    Ruling.objects.bulk_create(rulings, batch_size=_BATCH)
    return _answer(items, series, AuditEvent.Action.REJECT, rulings, hand)


@transaction.atomic
def report_error(
    *, offer_id: int | None, subject: str, message: str, page: str, at: datetime
) -> Review | None:
    """Takes down what a reader finds wrong, as an item that claims nothing.

    ``subject``: the figure meant, in words. None where the same was reported before. Raises
    `ActionRefused` for an empty or overlong message or an offer that is not held. Who may report
    how often is the caller's affair.
    """
    message, subject = message.strip(), subject.strip()[:200]
    if not 0 < len(message) <= _REPORT_LENGTH or "\0" in message + subject:
        raise ActionRefused("message", message[:40] or "nothing", f"1 to {_REPORT_LENGTH} letters")
    if offer_id is not None and not Offer.objects.filter(pk=offer_id).exists():
        raise ActionRefused("offer", offer_id, "an offer of the catalogue")
    said = [Review.REPORTED, offer_id, subject, message]
    review, created = Review.objects.get_or_create(
        digest=hashlib.sha256(orjson.dumps(said)).hexdigest(),
        defaults={
            "offer_id": offer_id,
            "outcome": Review.Outcome.HOLD,
            "reason": Review.REPORTED,
            "findings": [[Review.REPORTED, subject or "page", message, page[:500]]],
            "seen_at": at,
        },
    )
    return review if created else None


def open_items(review_ids: Collection[int]) -> list[Review]:
    """The items, locked for this transaction; raises `AnsweredAlready` unless all are open."""
    take_turn()
    found = (
        Review.objects.select_for_update(of=("self",))
        .filter(pk__in=review_ids)
        .select_related("offer__provider", "source")
        .order_by("pk")
    )
    items = list(found)
    closed = [item for item in items if item.state != Review.State.OPEN]
    if closed or len(items) != len(set(review_ids)) or not items:
        raise AnsweredAlready(closed)
    return items


def close_items(items: Sequence[Review], state: Review.State, hand: Hand) -> None:
    """Writes the answer on the items."""
    Review.objects.filter(pk__in=[item.pk for item in items]).update(
        state=state, closed_at=hand.at, answered_by=hand.by, answer_note=hand.note
    )


def series_of_items(items: Iterable[Review]) -> dict[int, SeriesName]:
    """The series of scores that items are of, by item; nothing of the other items."""
    claims = {item.pk: item.claim_id for item in items if item.claim_id and item.offer_id is None}
    series = series_of_claims(set(claims.values()))
    return {pk: series[claim] for pk, claim in claims.items() if claim in series}


def _subject(items: Sequence[Review], series: Mapping[int, SeriesName]) -> str:
    if len(items) > 1:
        return f"{len(items)} items"
    if (name := series.get(items[0].pk)) is not None:
        return named([name])[name]
    return str(items[0].offer or items[0].source or items[0])


def _ruling(item: Review, kind: Ruling.Kind, hand: Hand) -> Ruling:
    return Ruling(
        kind=kind,
        offer_id=item.offer_id,
        source=item.source,
        rows=item.proposal,
        findings=[finding[:3] for finding in item.findings],
        made_at=hand.at,
        by=hand.by,
        note=hand.note,
    )


def _also_said(rulings: Sequence[Ruling], hand: Hand) -> list[Ruling]:
    """The same refusals for the other sources that say the same now."""
    cases = gather({r.offer_id for r in rulings if r.offer_id}, at=hand.at)
    said = {
        (ruling.offer_id, voice.source): ruling
        for ruling in rulings
        for voice in cases[ruling.offer_id or 0].voices
        if Refusal(None, weeks_in(ruling.rows)).concerns(voice)
    }
    sources = Source.objects.in_bulk({slug for _, slug in said}, field_name="slug")
    return [
        Ruling(
            kind=Ruling.Kind.REFUSE,
            offer_id=offer_id,
            source=sources[slug],
            rows=ruling.rows,
            made_at=hand.at,
            by=hand.by,
            note=hand.note,
        )
        for (offer_id, slug), ruling in said.items()
        if ruling.source is None or ruling.source.slug != slug
    ]


def _answer(
    items: Sequence[Review],
    series: Mapping[int, SeriesName],
    action: AuditEvent.Action,
    rulings: Sequence[Ruling],
    hand: Hand,
) -> Answered:
    """Decides what the answered items are of anew and writes it all down."""
    # Before the items close: a held price begins when it was first seen, which they remember.
    decided = decide_offers(
        {item.offer_id for item in items if item.offer_id},
        at=hand.at,
        subjects=subjects_in(series.values()),
    )
    close_items(items, _CLOSED_AS[action], hand)
    published = publish_decided_by(hand, decided)
    event = write_event(
        action,
        _subject(items, series),
        hand,
        changed=[*map(str, items), *told_starts(decided.starts)],
        revisions=[published.revision],
        reviews=[item.pk for item in items],
        rulings=[ruling.pk for ruling in rulings],
        rows=published.rows,
    )
    return Answered(event, published.revision, len(items))
