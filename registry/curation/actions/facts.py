"""What a person says a fact of an offer or model is, or what it is called."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from registry.catalog.facts import OF_MODEL, OF_OFFER, FactValue, text_of
from registry.catalog.models import Model, Offer
from registry.curation.actions.answers import Answered, close_items, open_items
from registry.curation.actions.audit import CORRECT, DECIDE, Hand, Person, take_hand, write_event
from registry.curation.actions.by_hand import lift_by, publish_by, publish_decided_by
from registry.curation.actions.deciding import decide_facts_of
from registry.curation.actions.fact_statements import read_fact, state_fact
from registry.curation.actions.in_turn import model_in_turn, offer_in_turn, refuse_outdated
from registry.curation.actions.refusals import ActionRefused, refuse_to_come
from registry.curation.actions.telling import told_starts
from registry.curation.facts.rulings import rows_of_fact
from registry.curation.facts.shown import ShownRow, show_facts
from registry.curation.facts.starts import fact_retraction
from registry.curation.models import AuditEvent, Review, Ruling
from registry.curation.policy.facts.doubts import contradictions
from registry.curation.policy.reasons import OF_FACTS
from registry.ledger.facts import Subject
from registry.ledger.facts_asof import FactStanding, fact_history, facts_at
from registry.ledger.models import FactPoint, Revision


@transaction.atomic
def correct_fact(
    of: Subject,
    name: str,
    text: str,
    *,
    since: datetime,
    address: str,
    by: Person,
    note: str,
    page: str,
    at: datetime,
    read_at: int | None = None,
) -> Answered:
    """States a fact of a model or offer from a moment on, as a claim that is trusted most.

    ``text``: as `read_fact` reads it. ``since`` is not in the future; starts between it and now are
    taken back. ``read_at``: the revision that the page showed. Raises `ActionRefused`, `Outdated`,
    `NotAllowed`.
    """
    hand = take_hand(by, CORRECT, note=note, page=page, at=at)
    row = _subject_in_turn(of, name, read_at)
    return _correct(of, row, name, text, since, address, hand)


@transaction.atomic
def approve_edited_fact(
    review_id: int,
    of: Subject,
    name: str,
    text: str,
    *,
    since: datetime | None = None,
    address: str,
    by: Person,
    note: str,
    page: str,
    at: datetime,
) -> Answered:
    """Answers an item of a fact with another value: a correction that closes it.

    ``of``: the item's offer, or the model that it is an offer of. Raises `AnsweredAlready`,
    `ActionRefused`, `NotAllowed`.
    """
    hand = take_hand(by, DECIDE, note=note, page=page, at=at)
    take_hand(by, CORRECT, note=note, page=page, at=at)
    [item] = items = open_items([review_id])
    if item.offer is None or item.reason not in OF_FACTS:
        raise ActionRefused("item", item, "one of a fact")
    if of not in (Subject.offer(item.offer.pk), Subject.model(item.offer.model_id or 0)):
        raise ActionRefused("of", of.kind, "the item's offer or its model")
    close_items(items, Review.State.CORRECTED, hand)
    row = _subject_in_turn(of, name, None)
    return _correct(of, row, name, text, since or item.seen_at, address, hand, item)


@transaction.atomic
def retract_fact(
    point_id: int, *, by: Person, note: str, page: str, at: datetime, read_at: int | None = None
) -> Answered:
    """Takes a published fact back: it never was so, and what stood before stands again.

    The value is not heard of that model or offer any more, whoever says it. Raises
    `ActionRefused`, `Outdated`, `NotAllowed`.
    """
    hand = take_hand(by, CORRECT, note=note, page=page, at=at)
    point = FactPoint.objects.select_related("series").filter(pk=point_id).first()
    if point is None:
        raise ActionRefused("point", point_id, "a published fact")
    series = point.series
    of = Subject.offer(series.offer_id) if series.offer_id else Subject.model(series.model_id or 0)
    row = _subject_in_turn(of, series.name, read_at)
    standing = _start_of(of, series.name, point.starts_at)
    if standing is None:
        raise ActionRefused("point", point, "a start that is not taken back already")
    refusal = _ruling(of, series.name, standing.value, Ruling.Kind.REFUSE, hand)
    lifted = _lift_statements(of, series.name, hand)
    takes_back = fact_retraction(standing)
    first = publish_by(hand, [takes_back])
    rows = _shown_without(row, of, series.name, at)
    decided = decide_facts_of([of], at=at)
    published = publish_decided_by(hand, decided)
    event = write_event(
        AuditEvent.Action.RETRACT,
        str(row),
        hand,
        changed=told_starts((takes_back, *decided.starts)),
        revisions=[first, published.revision],
        rulings=[refusal.pk],
        lifted=lifted,
        rows=[*rows, *published.rows],
    )
    return Answered(event, published.revision or first, 0)


def _correct(
    of: Subject,
    row: Offer | Model,
    name: str,
    text: str,
    since: datetime,
    address: str,
    hand: Hand,
    item: Review | None = None,
) -> Answered:
    refuse_to_come("since", since, at=hand.at)
    value = read_fact(name, text, at=hand.at)
    _refuse_contradiction(of, name, value, hand.at)
    claim = state_fact(row, name, value, since=since, address=address, hand=hand)
    lifted = _lift_statements(of, name, hand)
    ruling = _ruling(of, name, value, Ruling.Kind.STATE, hand, since=since, claim_id=claim.pk)
    decided = decide_facts_of([of], at=hand.at)
    published = publish_decided_by(hand, decided)
    event = write_event(
        AuditEvent.Action.CORRECT if item is None else AuditEvent.Action.EDIT,
        str(row),
        hand,
        changed=told_starts(decided.starts) or [f"{row}: {name} {text_of(value)} stays"],
        revisions=[published.revision],
        rulings=[ruling.pk],
        lifted=lifted,
        reviews=[] if item is None else [item.pk],
        rows=published.rows,
    )
    return Answered(event, published.revision, 0 if item is None else 1)


def _subject_in_turn(of: Subject, name: str, read_at: int | None) -> Offer | Model:
    """The row of a fact, while nobody else writes.

    Raises `ActionRefused` for a row that is not held or has no such fact, `Outdated` where the fact
    moved since the revision that the person has seen.
    """
    row = offer_in_turn(of.pk) if of.kind == "offer" else model_in_turn(of.pk)
    names = OF_OFFER if of.kind == "offer" else OF_MODEL
    if name not in names:
        raise ActionRefused("fact", name or "nothing", f"one of {', '.join(names)}")
    published = Revision.objects.filter(
        **{f"factpoints__series__{of.kind}_id": of.pk, "factpoints__series__name": name}
    )
    refuse_outdated(f"{row} {name}", published, read_at)
    return row


def _refuse_contradiction(of: Subject, name: str, value: FactValue, at: datetime) -> None:
    known = {key: one.value for key, one in facts_at([of], at=at).get(of, {}).items()}
    for low, high, doubt in contradictions(known | {name: value}):
        if name in (low, high):
            raise ActionRefused(name, doubt.value, doubt.expected)


def _ruling(
    of: Subject,
    name: str,
    value: FactValue,
    kind: Ruling.Kind,
    hand: Hand,
    *,
    since: datetime | None = None,
    claim_id: int | None = None,
) -> Ruling:
    return Ruling.objects.create(
        kind=kind,
        offer_id=of.pk if of.kind == "offer" else None,
        model_id=of.pk if of.kind == "model" else None,
        fact=name,
        claim_id=claim_id,
        rows=rows_of_fact(value),
        since=since,
        made_at=hand.at,
        by=hand.by,
        note=hand.note,
    )


def _lift_statements(of: Subject, name: str, hand: Hand) -> list[int]:
    """A correction that is replaced or taken back is in force no more; the ids of those lifted."""
    stated = Ruling.objects.filter(
        **{f"{of.kind}_id": of.pk}, fact=name, kind=Ruling.Kind.STATE, lifted_at=None
    )
    return lift_by(hand, stated)


def _start_of(of: Subject, name: str, moment: datetime) -> FactStanding | None:
    starts = fact_history(of, name).get(name, ())
    return next((start for start in starts if start.starts_at == moment), None)


def _shown_without(
    row: Offer | Model, of: Subject, name: str, at: datetime
) -> tuple[ShownRow, ...]:
    """The column of a fact that was taken back, as what stands again: an offer's is its model's."""
    owners = [of]
    if isinstance(row, Offer) and row.model_id is not None:
        owners.append(Subject.model(row.model_id))
    known = facts_at(owners, at=at)
    held = next((known[one][name].value for one in owners if name in known.get(one, {})), None)
    return show_facts(row, {name: held})
