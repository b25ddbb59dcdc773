"""Held items answered: approved or rejected, once; and what readers report."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import orjson
from django.db import transaction

from registry.catalog.models import Offer
from registry.curation.actions.audit import (
    DECIDE,
    Hand,
    Person,
    take_hand,
    told_points,
    write_event,
)
from registry.curation.actions.deciding import decide_offers, publish_decided
from registry.curation.actions.refusals import ActionRefused, AnsweredAlready
from registry.curation.evidence import gather
from registry.curation.models import AuditEvent, Review, Ruling
from registry.curation.policy.rulings import Refusal
from registry.curation.rows import weeks_in
from registry.curation.signals import run_released
from registry.ingest.models import Source
from registry.ledger.models import Revision
from registry.ledger.turns import take_turn

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
    for item in items:
        if item.outcome != Review.Outcome.HOLD or item.reason == Review.REPORTED:
            expected = "a held item; this one can be rejected, or approved with other figures"
            raise ActionRefused("item", item, expected)
        if item.offer_id is None and item.claim_id is not None:
            raise ActionRefused("item", item, "a price, a fact or a run; a score can be rejected")
    rulings = Ruling.objects.bulk_create(
        (_ruling(item, Ruling.Kind.ACCEPT, hand) for item in items if item.offer_id),
        batch_size=_BATCH,
    )
    for item in items:
        if item.offer_id is None and item.run_id is not None:
            transaction.on_commit(partial(run_released.send, Review, run_id=item.run_id))
    return _answer(items, Review.State.APPROVED, AuditEvent.Action.APPROVE, rulings, hand)


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
    rulings = [_ruling(item, Ruling.Kind.REFUSE, hand) for item in items if item.offer_id]
    rulings += _also_said(rulings, hand)
    Ruling.objects.bulk_create(rulings, batch_size=_BATCH)
    return _answer(items, Review.State.REFUSED, AuditEvent.Action.REJECT, rulings, hand)


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


def names_of(offer_ids: Collection[int]) -> dict[int, str]:
    """Offers by id, as ``provider/id``."""
    offers = Offer.objects.filter(pk__in=list(offer_ids)).select_related("provider")
    return {offer.pk: str(offer) for offer in offers}


def _subject(items: Sequence[Review]) -> str:
    if len(items) > 1:
        return f"{len(items)} items"
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
    state: Review.State,
    action: AuditEvent.Action,
    rulings: Sequence[Ruling],
    hand: Hand,
) -> Answered:
    """Decides the offers of answered items anew and writes it all down."""
    # Before the items close: a held price begins when it was first seen, which they remember.
    decided = decide_offers({item.offer_id for item in items if item.offer_id}, at=hand.at)
    close_items(items, state, hand)
    revision, _ = publish_decided(
        decided, kind=Revision.Kind.CURATION, at=hand.at, author=hand.by, note=hand.note
    )
    event = write_event(
        action,
        _subject(items),
        hand,
        changed=[*map(str, items), *told_points(decided.points, names_of(decided.cases))],
        revisions=[revision],
        reviews=[item.pk for item in items],
        rulings=[ruling.pk for ruling in rulings],
    )
    return Answered(event, revision, len(items))
