"""What is said and known of facts at one moment, gathered in a few queries.

A model's facts are told by claims on any of its offers, so the offers that are decided bring in all
other offers of their models.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from django.db.models import Min

from registry.catalog.models import Model, Offer, Provider
from registry.curation.facts.rulings import NO_RULINGS, FactRulings, fact_rulings
from registry.curation.facts.voices import OfferNames, voices_now
from registry.curation.models import Ruling
from registry.curation.policy.facts.deciding import FactVoice
from registry.curation.policy.thresholds import HEARSAY_TRUST
from registry.curation.rulings import STAFF_TRUST
from registry.ingest.batches import batched
from registry.ingest.models import Claim
from registry.ledger.facts import Subject
from registry.ledger.facts_asof import FactStanding, facts_after, facts_at
from registry.ledger.models import PricePoint, Revision

Known = Mapping[Subject, Mapping[str, FactStanding]]


@dataclass(frozen=True, slots=True)
class FactEvidence:
    """What facts are decided on.

    ``decided``: the offers in question; ``offers`` holds them and every other offer of their
    models. ``voices`` is by offer. ``known`` is what the ledger holds at the moment, ``later`` what
    it holds from a later moment on. ``trust``: how far each claim that stands is trusted about its
    offer's model. ``on_sale_since``: by model, the day on which a price of it was first published,
    where a source states another release than the one that stands. ``head``: the newest revision
    that was published up to the moment. ``rulings``: what persons decided of models and offers.
    """

    at: datetime
    decided: Collection[int]
    offers: Mapping[int, Offer]
    models: Mapping[int, Model]
    voices: Mapping[int, list[FactVoice]]
    known: Known
    later: Collection[tuple[Subject, str]]
    trust: Mapping[int, int]
    on_sale_since: Mapping[int, date]
    head: int
    rulings: Mapping[Subject, FactRulings]

    def rulings_on(self, subject: Subject) -> FactRulings:
        """What persons decided of a model or offer."""
        return self.rulings.get(subject, NO_RULINGS)

    def offers_by_model(self) -> dict[int, list[Offer]]:
        """Every offer of each model."""
        grouped: dict[int, list[Offer]] = {pk: [] for pk in self.models}
        for offer in self.offers.values():
            if offer.model_id is not None:
                grouped[offer.model_id].append(offer)
        return grouped


def gather_facts(
    offer_ids: Collection[int],
    *,
    at: datetime,
    merged: Mapping[int, int],
    model_ids: Collection[int] = (),
    beside: Collection[Ruling] = (),
) -> FactEvidence:
    """What the sources say now of the offers and of their models' other offers, and what stands.

    ``model_ids``: models whose facts are decided beside. ``beside``: rulings not made yet.
    """
    models: dict[int, Model] = Model.objects.select_related("lab").in_bulk(model_ids)
    for batch in batched(offer_ids):
        found_models = Model.objects.filter(offers__in=batch).select_related("lab")
        models |= found_models.distinct().in_bulk()
    offers = _offers(offer_ids, models)
    names = {pk: _names(offer, models) for pk, offer in offers.items()}
    subjects = [*(Subject.model(pk) for pk in models), *(Subject.offer(pk) for pk in offers)]
    known = facts_at(subjects, at=at)
    voices = voices_now(names, at=at, merged=merged)
    return FactEvidence(
        at=at,
        decided=offer_ids,
        offers=offers,
        models=models,
        voices=voices,
        known=known,
        later=facts_after(subjects, at=at),
        trust=_trust(known.values()),
        on_sale_since=_on_sale_since(_dated_otherwise(offers, voices, known)),
        head=_head(at),
        rulings=fact_rulings(subjects, beside=beside),
    )


def _offers(offer_ids: Collection[int], models: Collection[int]) -> dict[int, Offer]:
    """Every offer of the models, and those in question that have none.

    Sellers are few and are read once, not with each offer.
    """
    sellers = Provider.objects.in_bulk()
    found = [
        *(Offer.objects.filter(model_id__in=batch) for batch in batched(models)),
        *(Offer.objects.filter(pk__in=batch, model=None) for batch in batched(offer_ids)),
    ]
    offers: dict[int, Offer] = {}
    for offer in chain.from_iterable(found):
        offer.provider = sellers[offer.provider_id]
        offers[offer.pk] = offer
    return offers


def _head(at: datetime) -> int:
    numbers = Revision.objects.filter(published_at__lte=at).values_list("number", flat=True)
    return numbers.order_by("-number").first() or 0


def _names(offer: Offer, models: Mapping[int, Model]) -> OfferNames:
    model = None if offer.model_id is None else models[offer.model_id]
    of_lab = model is not None and offer.provider.lab_id == model.lab_id
    return OfferNames(offer.provider.slug, of_lab)


def _trust(known: Iterable[Mapping[str, FactStanding]]) -> dict[int, int]:
    claims = {fact.claim_id for facts in known for fact in facts.values()} - {None}
    trust: dict[int, int] = {}
    for batch in batched([pk for pk in claims if pk is not None]):
        rows = Claim.objects.filter(pk__in=batch).values_list(
            "pk", "source__trust", "offer__provider__lab_id", "offer__model__lab_id"
        )
        for pk, of_source, sellers_lab, lab in rows:
            own = of_source == STAFF_TRUST or (lab is not None and sellers_lab == lab)
            trust[pk] = of_source if own else min(of_source, HEARSAY_TRUST)
    return trust


def _dated_otherwise(
    offers: Mapping[int, Offer], voices: Mapping[int, Iterable[FactVoice]], known: Known
) -> set[int]:
    """The models of which a source states another release than the one that stands."""
    found = set()
    for offer_id, said in voices.items():
        model_id = offers[offer_id].model_id
        if model_id is None or model_id in found:
            continue
        stands = known.get(Subject.model(model_id), {}).get("released_on")
        days = {voice.values["released_on"] for voice in said if "released_on" in voice.values}
        if days - ({stands.value} if stands else set()):
            found.add(model_id)
    return found


def _on_sale_since(model_ids: Collection[int]) -> dict[int, date]:
    since: dict[int, date] = {}
    for batch in batched(model_ids):
        rows = PricePoint.objects.filter(series__offer__model_id__in=batch)
        first = rows.values_list("series__offer__model_id").annotate(Min("revision__published_at"))
        since |= {model_id: moment.date() for model_id, moment in first}
    return since
