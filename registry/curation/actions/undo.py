"""An action taken back by a new revision: what was published stays readable, and ends there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction

from registry.catalog.facts import value_of
from registry.catalog.models import Offer
from registry.curation.actions.answers import Answered
from registry.curation.actions.audit import (
    CORRECT,
    DECIDE,
    DESCRIBE,
    DISTRUST,
    NAME,
    Hand,
    Person,
    take_hand,
    write_event,
)
from registry.curation.actions.by_hand import publish_by, publish_decided_by
from registry.curation.actions.deciding import decide_offers
from registry.curation.actions.descriptions import describe_again
from registry.curation.actions.endings import key_of_series
from registry.curation.actions.merges import restore_names
from registry.curation.actions.refusals import ActionRefused, Outdated
from registry.curation.actions.telling import told_starts
from registry.curation.facts.shown import show_again
from registry.curation.models import AuditEvent, Review, Ruling
from registry.curation.scores.points import score_again
from registry.ledger.facts import NewFact, Subject
from registry.ledger.facts_asof import facts_at
from registry.ledger.models import FactPoint, PricePoint, ScorePoint
from registry.ledger.points import NewPoint, NewStart
from registry.ledger.turns import take_turn

_Action = AuditEvent.Action
_Point = TypeVar("_Point", PricePoint, ScorePoint, FactPoint)
NEEDED = {
    _Action.APPROVE: DECIDE,
    _Action.REJECT: DECIDE,
    _Action.EDIT: DECIDE,
    _Action.CORRECT: CORRECT,
    _Action.RETRACT: CORRECT,
    _Action.WITHDRAW: CORRECT,
    _Action.PIN: CORRECT,
    _Action.LINK: NAME,
    _Action.MERGE_OFFERS: NAME,
    _Action.MERGE_MODELS: NAME,
    _Action.DISTRUST: DISTRUST,
    _Action.DESCRIBE: DESCRIBE,
}
"""What can be undone, with the permission that it takes."""


@transaction.atomic
def undo(event_id: int, *, by: Person, note: str, page: str, at: datetime) -> Answered:
    """Takes an action back: its rulings are lifted, its items open again, its points reversed.

    Each start that it published says again what it said before, or never was. Raises
    `ActionRefused` for what cannot be undone or was already, `Outdated` where a later revision
    has spoken of the same start, `NotAllowed`.
    """
    event = AuditEvent.objects.filter(pk=event_id).first()
    if event is None or _Action(event.action) not in NEEDED:
        raise ActionRefused("event", event or event_id, "an action that can be undone")
    hand = take_hand(by, NEEDED[_Action(event.action)], note=note, page=page, at=at)
    take_turn()
    if AuditEvent.objects.filter(undoes=event.pk).exists():
        raise ActionRefused("event", event, "one that is not undone already")
    points = list(_reversals(event))
    reversal = publish_by(hand, points)
    _lift(event, hand)
    restore_names(event.handles)
    describe_again(event.handles)
    rows = event.handles.get("rows", ())
    known = facts_at([_row_subject(row) for row in rows], at=at)
    show_again(
        rows, {of: {name: one.value for name, one in facts.items()} for of, facts in known.items()}
    )
    decided = decide_offers(
        event.handles.get("offers", ()),
        at=at,
        subjects={(model, benchmark) for model, benchmark in event.handles.get("subjects", ())},
    )
    second = publish_decided_by(hand, decided).revision
    told = write_event(
        _Action.UNDO,
        event.subject,
        hand,
        changed=[str(event), *told_starts((*points, *decided.starts))],
        revisions=[reversal, second],
        undoes=event.pk,
    )
    return Answered(told, reversal or second, 0)


def _row_subject(row: Sequence[Any]) -> Subject:
    kind, pk, _ = row
    return Subject.offer(pk) if kind == "offer" else Subject.model(pk)


def _reversals(event: AuditEvent) -> Iterator[NewStart]:
    """By start of the event's revisions, the point that says what was said before them."""
    for price, before in _said_before(event, PricePoint):
        told = before or price
        yield NewPoint(
            price.series.offer_id,
            key_of_series(price.series),
            price.starts_at,
            PricePoint.Basis(told.starts_basis),
            PricePoint.State(before.state) if before else PricePoint.State.RETRACTED,
            before.amount if before else None,
            PricePoint.Status(told.status),
            PricePoint.Cause.CORRECTED,
            told.claim_id,
        )
    for score, told_before in _said_before(event, ScorePoint):
        yield score_again(score, told_before, model_id=score.series.model_id)
    for fact, was in _said_before(event, FactPoint):
        stated = was is not None and was.state == FactPoint.State.STATED
        series = fact.series
        yield NewFact(
            _subject(fact),
            series.name,
            value_of(series.name, was.value) if was is not None and stated else None,
            fact.starts_at,
            FactPoint.Basis((was or fact).starts_basis),
            FactPoint.State.STATED if stated else FactPoint.State.RETRACTED,
            FactPoint.Status((was or fact).status),
            FactPoint.Cause.CORRECTED,
            (was or fact).claim_id,
        )


def _subject(fact: FactPoint) -> Subject:
    if fact.series.offer_id is not None:
        return Subject.offer(fact.series.offer_id)
    return Subject.model(fact.series.model_id or 0)


def _said_before(event: AuditEvent, points: type[_Point]) -> Iterator[tuple[_Point, _Point | None]]:
    """Each start that an event published, with what was said of it before, if anything."""
    ours = set(event.revisions)
    said = points._default_manager.filter(revision__in=ours).select_related("series")
    first = {
        (point.series_id, point.starts_at): point
        for point in said.order_by("series_id", "starts_at", "-revision_id")
    }
    for point in first.values():
        others = points._default_manager.filter(series=point.series, starts_at=point.starts_at)
        later = others.filter(revision__gt=max(ours)).select_related("revision").first()
        if later is not None:
            number, revision = later.revision_id, later.revision
            raise Outdated(event.subject, number, revision.author, revision.published_at)
        yield point, others.filter(revision__lt=min(ours)).order_by("-revision_id").first()


def _lift(event: AuditEvent, hand: Hand) -> None:
    """Ends the event's rulings, revives those that it ended, and opens its items again."""
    handles = event.handles
    Ruling.objects.filter(pk__in=handles.get("rulings", ())).update(lifted_at=hand.at)
    Ruling.objects.filter(pk__in=handles.get("lifted", ())).update(lifted_at=None)
    Review.objects.filter(pk__in=handles.get("reviews", ())).update(
        state=Review.State.OPEN, closed_at=None, answered_by="", answer_note=""
    )
    withdrawn = Offer.objects.filter(series__points__revision__in=event.revisions)
    if event.action in (_Action.WITHDRAW, _Action.MERGE_OFFERS):
        withdrawn.filter(status=Offer.Status.WITHDRAWN).update(status=Offer.Status.LIVE)
