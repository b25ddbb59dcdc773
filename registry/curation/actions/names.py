"""Identity decided by a person: aliases, and offers that are one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from registry.catalog.enrol import relink_unmatched
from registry.catalog.models import ModelAlias, Offer
from registry.catalog.names import is_fit, key_of
from registry.curation.actions.answers import Answered
from registry.curation.actions.audit import NAME, Person, take_hand, write_event
from registry.curation.actions.by_hand import publish_decided_by
from registry.curation.actions.deciding import decide_offers, ending
from registry.curation.actions.in_turn import model_in_turn, offer_in_turn
from registry.curation.actions.refusals import ActionRefused
from registry.curation.actions.telling import told_starts
from registry.curation.models import AuditEvent, Ruling
from registry.ledger.asof import rates_at


@transaction.atomic
def link_alias(
    text: str, model_id: int, *, by: Person, note: str, page: str, at: datetime
) -> Answered:
    """Makes a text a name of a model, and links every offer without a model that bears it.

    ``text``: an offer's whole id, or ``lab/name``. Raises `ActionRefused` for a text that is no
    name or that another model owns, `NotAllowed`.
    """
    hand = take_hand(by, NAME, note=note, page=page, at=at)
    model, text = model_in_turn(model_id), text.strip()
    if not is_fit(text):
        raise ActionRefused("alias", text[:40], "a printable name of at most 200 characters")
    owned = {key_of(alias.text): alias for alias in ModelAlias.objects.select_related("model__lab")}
    owner = owned.get(key_of(text))
    if owner is not None:
        raise ActionRefused("alias", text, f"a name that nobody has; it is {owner.model.ref}'s")
    alias = ModelAlias.objects.create(text=text, model=model, origin=hand.by[:60])
    unlinked = set(Offer.objects.filter(model=None).values_list("pk", flat=True))
    relink_unmatched()
    linked = Offer.objects.filter(pk__in=unlinked).exclude(model=None).select_related("provider")
    event = write_event(
        AuditEvent.Action.LINK,
        model.ref,
        hand,
        changed=[f"{text} is {model.ref}", *(f"{offer} is {model.ref}" for offer in linked)],
        aliases=[alias.pk],
        linked=[offer.pk for offer in linked],
    )
    return Answered(event, None, 0)


@transaction.atomic
def merge_offers(
    offer_id: int, into_id: int, *, by: Person, note: str, page: str, at: datetime
) -> Answered:
    """Makes an offer another name of a second one of the same provider.

    Its prices end now, and what sources say of it is from now on said of the other. Raises
    `ActionRefused`, `NotAllowed`.
    """
    hand = take_hand(by, NAME, note=note, page=page, at=at)
    offer, into = offer_in_turn(offer_id), offer_in_turn(into_id)
    if offer.pk == into.pk or offer.provider_id != into.provider_id:
        raise ActionRefused("into", into, f"another offer of {offer.provider.slug}")
    merges = Ruling.objects.filter(kind=Ruling.Kind.MERGE, lifted_at=None)
    if merges.filter(offer__in=(offer, into)).exists():
        raise ActionRefused("offer", offer, "two offers that are not merged already")
    ruling = Ruling.objects.create(
        kind=Ruling.Kind.MERGE, offer=offer, into=into, made_at=at, by=hand.by, note=hand.note
    )
    ends = [ending(one, at) for one in rates_at([offer.pk], at=at)[offer.pk]]
    decided = decide_offers([into.pk], at=at)
    published = publish_decided_by(hand, decided, beside=ends)
    Offer.objects.filter(pk=offer.pk).update(status=Offer.Status.WITHDRAWN)
    event = write_event(
        AuditEvent.Action.MERGE_OFFERS,
        str(offer),
        hand,
        changed=[f"{offer} is {into}", *told_starts((*decided.starts, *ends))],
        revisions=[published.revision],
        rulings=[ruling.pk],
        offers=[offer.pk, into.pk],
        rows=published.rows,
    )
    return Answered(event, published.revision, 0)
