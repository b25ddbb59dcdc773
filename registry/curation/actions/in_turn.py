"""What a person decides on, read while nobody else writes."""

from __future__ import annotations

from django.db.models import QuerySet

from registry.catalog.models import Model, Offer
from registry.curation.actions.refusals import ActionRefused, Outdated
from registry.ledger.models import Revision
from registry.ledger.turns import take_turn


def offer_in_turn(offer_id: int, read_at: int | None = None) -> Offer:
    """The offer; raises `ActionRefused` for one that is not held.

    ``read_at``: the revision that the person has seen; raises `Outdated` where something was
    published of its prices since.
    """
    take_turn()
    offer = Offer.objects.select_related("provider").filter(pk=offer_id).first()
    if offer is None:
        raise ActionRefused("offer", offer_id, "an offer of the catalogue")
    refuse_outdated(offer, Revision.objects.filter(pricepoints__series__offer=offer), read_at)
    return offer


def model_in_turn(model_id: int) -> Model:
    """The model; raises `ActionRefused` for one that is not held, or is another one."""
    take_turn()
    model = Model.objects.select_related("lab").filter(pk=model_id, merged_into=None).first()
    if model is None:
        raise ActionRefused("model", model_id, "a model of the catalogue")
    return model


def refuse_outdated(of: object, published: QuerySet[Revision], read_at: int | None) -> None:
    """Raises `Outdated` where one of the revisions came after the one that a person has seen."""
    if read_at is None:
        return
    newest = published.filter(number__gt=read_at).order_by("-number").first()
    if newest is not None:
        raise Outdated(str(of), newest.number, newest.author, newest.published_at)
