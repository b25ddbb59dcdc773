"""What a person says an offer costs: other figures, or that it stays as it is for a while."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from registry.catalog.models import Offer
from registry.curation.actions.answers import Answered, close_items, open_items
from registry.curation.actions.audit import CORRECT, DECIDE, Hand, Person, take_hand, write_event
from registry.curation.actions.by_hand import publish_decided_by
from registry.curation.actions.deciding import decide_offers
from registry.curation.actions.in_turn import offer_in_turn
from registry.curation.actions.refusals import ActionRefused, refuse_past, refuse_to_come
from registry.curation.actions.statements import read_rows, state_claim, whole_weeks
from registry.curation.actions.telling import told_starts
from registry.curation.models import AuditEvent, Review, Ruling
from registry.curation.policy.voices import weeks_of
from registry.curation.rows import Row, rows_of
from registry.ledger.asof import rates_at


@transaction.atomic
def correct(
    offer_id: int,
    rows: Collection[Row],
    *,
    since: datetime,
    address: str,
    by: Person,
    note: str,
    page: str,
    at: datetime,
    read_at: int | None = None,
) -> Answered:
    """States what an offer costs from a moment on, as a claim of its own that is trusted most.

    ``rows``: meter, terms, currency, state and amount of each price; other windows of the same slot
    stay as they are. ``since`` is not in the future; starts between it and now are taken back.
    ``address``: where a person can check it. ``read_at``: the revision that the page showed. Raises
    `ActionRefused`, `Outdated`, `NotAllowed`.
    """
    hand = take_hand(by, CORRECT, note=note, page=page, at=at)
    return _correct(offer_in_turn(offer_id, read_at), rows, since, address, hand)


@transaction.atomic
def approve_edited(
    review_id: int,
    rows: Collection[Row],
    *,
    since: datetime | None = None,
    address: str,
    by: Person,
    note: str,
    page: str,
    at: datetime,
) -> Answered:
    """Answers an item with other figures than it proposes: a correction that closes it.

    ``since``: from when they hold; None is when the item was first seen. Raises `AnsweredAlready`,
    `ActionRefused`, `NotAllowed`.
    """
    hand = take_hand(by, DECIDE, note=note, page=page, at=at)
    take_hand(by, CORRECT, note=note, page=page, at=at)
    [item] = items = open_items([review_id])
    if item.offer is None:
        raise ActionRefused("item", item, "one of an offer")
    close_items(items, Review.State.CORRECTED, hand)
    return _correct(item.offer, rows, since or item.seen_at, address, hand, item)


@transaction.atomic
def pin(
    offer_id: int, *, until: datetime, by: Person, note: str, page: str, at: datetime
) -> Answered:
    """Keeps an offer's prices as they are until a moment, whatever sources say meanwhile.

    Raises `ActionRefused` for a moment that is past, `NotAllowed`.
    """
    hand = take_hand(by, CORRECT, note=note, page=page, at=at)
    offer = offer_in_turn(offer_id)
    refuse_past("until", until, at=at)
    ruling = Ruling.objects.create(
        kind=Ruling.Kind.PIN, offer=offer, until=until, made_at=at, by=hand.by, note=hand.note
    )
    event = write_event(
        AuditEvent.Action.PIN,
        str(offer),
        hand,
        changed=[f"nothing is published before {until:%Y-%m-%d %H:%M}"],
        rulings=[ruling.pk],
        offers=[offer.pk],
    )
    return Answered(event, None, 0)


def _correct(
    offer: Offer,
    rows: Collection[Row],
    since: datetime,
    address: str,
    hand: Hand,
    item: Review | None = None,
) -> Answered:
    refuse_to_come("since", since, at=hand.at)
    standing = weeks_of(one.rate for one in rates_at([offer.pk], at=hand.at)[offer.pk])
    weeks = whole_weeks(read_rows(rows), standing)
    claim = state_claim(offer, weeks, since=since, address=address, hand=hand)
    ruling = Ruling.objects.create(
        kind=Ruling.Kind.STATE,
        offer=offer,
        claim=claim,
        rows=rows_of(weeks),
        since=since,
        made_at=hand.at,
        by=hand.by,
        note=hand.note,
    )
    decided = decide_offers([offer.pk], at=hand.at)
    published = publish_decided_by(hand, decided)
    event = write_event(
        AuditEvent.Action.CORRECT if item is None else AuditEvent.Action.EDIT,
        str(offer),
        hand,
        changed=told_starts(decided.starts),
        revisions=[published.revision],
        rulings=[ruling.pk],
        reviews=[] if item is None else [item.pk],
        rows=published.rows,
    )
    return Answered(event, published.revision, 0 if item is None else 1)
