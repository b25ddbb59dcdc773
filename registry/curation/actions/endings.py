"""Prices that a person takes back as never having been, or ends."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime

from django.db import transaction

from registry.catalog.models import Offer
from registry.curation.actions.answers import Answered
from registry.curation.actions.audit import CORRECT, Hand, Person, take_hand, write_event
from registry.curation.actions.by_hand import lift_by, publish_by, publish_decided_by
from registry.curation.actions.deciding import decide_offers, ending, retraction
from registry.curation.actions.in_turn import offer_in_turn
from registry.curation.actions.refusals import ActionRefused
from registry.curation.actions.telling import told_starts
from registry.curation.facts.shown import ShownRow
from registry.curation.models import AuditEvent, Ruling
from registry.curation.policy.voices import Slot, Week, weeks_of
from registry.curation.rows import rows_of, weeks_in
from registry.ledger.asof import rates_at, starts_after
from registry.ledger.models import PricePoint, Revision, Series
from registry.ledger.points import NewStart
from registry.ledger.standings import Standing
from registry.pricing.rates import RateKey
from registry.pricing.terms import Terms

_EVER = datetime(1, 1, 1, tzinfo=UTC)


@transaction.atomic
def retract(
    point_id: int, *, by: Person, note: str, page: str, at: datetime, read_at: int | None = None
) -> Answered:
    """Takes a published start back: it never happened, and what stood before stands again.

    All that its slot began at that moment goes, whoever still says so: a price that comes from the
    same words would only come back. Raises `ActionRefused`, `Outdated`, `NotAllowed`.
    """
    hand = take_hand(by, CORRECT, note=note, page=page, at=at)
    point = PricePoint.objects.select_related("series__offer__provider").filter(pk=point_id).first()
    if point is None:
        raise ActionRefused("point", point_id, "a published start")
    offer = offer_in_turn(point.series.offer_id, read_at)
    slot = Slot.of(key_of_series(point.series))
    begun = _starts_of(offer, slot, point.starts_at)
    if not begun:
        raise ActionRefused("point", point, "a start that is not taken back already")
    stood = _weeks_at(offer, point.starts_at)
    refusals = [_refusal(offer, {slot: stood[slot]}, hand)] if slot in stood else []
    lifted = _lift_statements(offer, [slot], hand)
    takes_back = [retraction(standing) for standing in begun]
    first = publish_by(hand, takes_back)
    # What stands again may be what other sources say, or be overtaken by them.
    decided = decide_offers([offer.pk], at=at)
    published = publish_decided_by(hand, decided)
    points = [*takes_back, *decided.starts]
    revisions = [first, published.revision]
    return _noted(
        AuditEvent.Action.RETRACT, offer, hand, points, revisions, refusals, lifted, published.rows
    )


@transaction.atomic
def withdraw(
    offer_id: int,
    *,
    since: datetime,
    by: Person,
    note: str,
    page: str,
    at: datetime,
    read_at: int | None = None,
) -> Answered:
    """Ends every price of an offer from a moment on; sources that say the same are not heard.

    It returns when a source states another price. Raises `ActionRefused`, `Outdated`, `NotAllowed`.
    """
    hand = take_hand(by, CORRECT, note=note, page=page, at=at)
    offer = offer_in_turn(offer_id, read_at)
    standing = rates_at([offer.pk], at=at)[offer.pk]
    weeks = weeks_of(one.rate for one in standing)
    if not standing:
        raise ActionRefused("offer", offer, "one with a price")
    if since > at or any(since < one.starts_at for one in standing):
        raise ActionRefused("since", since, "a moment after its prices began, up to now")
    refusals = [_refusal(offer, {slot: week}, hand) for slot, week in weeks.items()]
    ends = [ending(one, since) for one in standing]
    lifted = _lift_statements(offer, weeks.keys(), hand)
    revision = publish_by(hand, ends)
    Offer.objects.filter(pk=offer.pk).update(status=Offer.Status.WITHDRAWN)
    return _noted(AuditEvent.Action.WITHDRAW, offer, hand, ends, [revision], refusals, lifted)


def key_of_series(series: Series) -> RateKey:
    """A series' key within its offer."""
    return RateKey(series.meter, Terms.parse(series.terms), series.currency)


def _weeks_at(offer: Offer, moment: datetime) -> dict[Slot, Week]:
    return weeks_of(one.rate for one in rates_at([offer.pk], at=moment)[offer.pk])


def _starts_of(offer: Offer, slot: Slot, moment: datetime) -> list[Standing]:
    """Everything that the series of a slot begin at a moment."""
    keys = (key_of_series(series) for series in Series.objects.filter(offer=offer))
    after = {key: _EVER for key in keys if Slot.of(key) == slot}
    found = starts_after(offer.pk, after, until=moment)
    return [standing for standing in found if standing.starts_at == moment]


def _refusal(offer: Offer, weeks: Mapping[Slot, Week], hand: Hand) -> Ruling:
    """Whoever says this of the offer is not heard."""
    return Ruling.objects.create(
        kind=Ruling.Kind.REFUSE,
        offer=offer,
        rows=rows_of(weeks),
        made_at=hand.at,
        by=hand.by,
        note=hand.note,
    )


def _lift_statements(offer: Offer, slots: Collection[Slot], hand: Hand) -> list[int]:
    """A correction that is taken back or ended is in force no more; the ids of those lifted."""
    stated = Ruling.objects.filter(offer=offer, kind=Ruling.Kind.STATE, lifted_at=None)
    return lift_by(hand, (one for one in stated if weeks_in(one.rows).keys() & set(slots)))


def _noted(
    action: AuditEvent.Action,
    offer: Offer,
    hand: Hand,
    points: Sequence[NewStart],
    revisions: Sequence[Revision | None],
    refusals: Sequence[Ruling],
    lifted: Sequence[int],
    rows: Sequence[ShownRow] = (),
) -> Answered:
    event = write_event(
        action,
        str(offer),
        hand,
        changed=told_starts(points),
        revisions=revisions,
        rulings=[ruling.pk for ruling in refusals],
        lifted=list(lifted),
        rows=rows,
    )
    return Answered(event, revisions[0], 0)
