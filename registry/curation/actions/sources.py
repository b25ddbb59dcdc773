"""What persons decide of a source, and ask of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import partial

from django.db import transaction
from django.dispatch import Signal

from registry.curation.actions.answers import Answered
from registry.curation.actions.audit import ASK, DISTRUST, Person, take_hand, write_event
from registry.curation.actions.by_hand import publish_by, publish_decided_by
from registry.curation.actions.deciding import decide_offers, retraction
from registry.curation.actions.refusals import ActionRefused, refuse_to_come
from registry.curation.actions.telling import told_starts
from registry.curation.models import AuditEvent, Ruling
from registry.curation.rulings import STAFF
from registry.curation.scores.points import score_retraction, standing_scores
from registry.curation.signals import ask_wanted, reread_wanted
from registry.ingest.models import Claim, Source
from registry.ingest.naming import Subject, subjects_of
from registry.ledger.asof import rates_at
from registry.ledger.points import NewPoint, NewStart
from registry.ledger.scores import NewScore
from registry.ledger.turns import take_turn


@transaction.atomic
def distrust(
    source_id: int, *, since: datetime, by: Person, note: str, page: str, at: datetime
) -> Answered:
    """Stops hearing a source from a moment on.

    What stands on its word alone since then is taken back, and every offer that it speaks of is
    decided on what the others say. Raises `ActionRefused` for a moment to come, `NotAllowed`.
    """
    hand = take_hand(by, DISTRUST, note=note, page=page, at=at)
    take_turn()
    source = _source(source_id)
    refuse_to_come("since", since, at=at)
    ruling = Ruling.objects.create(
        kind=Ruling.Kind.DISTRUST,
        source=source,
        since=since,
        made_at=at,
        by=hand.by,
        note=hand.note,
    )
    spoken_of = Claim.objects.filter(entries__source=source).exclude(offer=None)
    offers = set(spoken_of.values_list("offer_id", flat=True).distinct())
    subjects = subjects_of(Claim.objects.filter(entries__source=source))
    takes_back: list[NewStart] = [
        *_prices_since(source, offers, since, at),
        *_scores_since(source, subjects, since, at),
    ]
    first = publish_by(hand, takes_back)
    decided = decide_offers(offers, at=at, subjects=subjects)
    published = publish_decided_by(hand, decided)
    event = write_event(
        AuditEvent.Action.DISTRUST,
        source.slug,
        hand,
        changed=[
            f"{source.slug} is not heard from {since:%Y-%m-%d %H:%M}",
            *told_starts([*takes_back, *decided.starts]),
        ],
        revisions=[first, published.revision],
        rulings=[ruling.pk],
        offers=sorted(offers),
        subjects=sorted(subjects),
        rows=published.rows,
    )
    return Answered(event, published.revision or first, 0)


@transaction.atomic
def ask_now(source_id: int, *, by: Person, note: str, page: str, at: datetime) -> AuditEvent:
    """Asks a source for what it says now, after the commit. Raises `NotAllowed`."""
    return _send(AuditEvent.Action.ASK, ask_wanted, source_id, by, note, page, at)


@transaction.atomic
def read_again(source_id: int, *, by: Person, note: str, page: str, at: datetime) -> AuditEvent:
    """Reads a source's kept bodies with today's parser, after the commit. Raises `NotAllowed`."""
    return _send(AuditEvent.Action.REREAD, reread_wanted, source_id, by, note, page, at)


def _prices_since(
    source: Source, offers: Collection[int], since: datetime, at: datetime
) -> list[NewPoint]:
    """Retractions of the prices that stand on a source's word alone since a moment."""
    claims = set(
        Claim.objects.filter(source=source, pricepoints__starts_at__gte=since).values_list(
            "pk", flat=True
        )
    )
    return [
        retraction(standing)
        for standings in rates_at(offers, at=at).values()
        for standing in standings
        if standing.claim_id in claims and standing.starts_at >= since
    ]


def _scores_since(
    source: Source, subjects: Collection[Subject], since: datetime, at: datetime
) -> list[NewScore]:
    """Retractions of the scores that stand on a source's word alone since a moment."""
    return [
        score_retraction(point)
        for point in standing_scores(subjects, at=at)
        if point.claim is not None
        and point.claim.source_id == source.pk
        and point.starts_at >= since
    ]


def _send(
    action: AuditEvent.Action,
    wish: Signal,
    source_id: int,
    by: Person,
    note: str,
    page: str,
    at: datetime,
) -> AuditEvent:
    hand = take_hand(by, ASK, note=note, page=page, at=at)
    source = _source(source_id)
    transaction.on_commit(partial(wish.send, Source, source_id=source.pk))
    return write_event(action, source.slug, hand)


def _source(pk: int) -> Source:
    source = Source.objects.filter(pk=pk).exclude(slug=STAFF).first()
    if source is None:
        raise ActionRefused("source", pk, "a source that is asked")
    return source
