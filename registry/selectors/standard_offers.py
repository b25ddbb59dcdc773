"""The one offer whose price stands for a model's where a model is compared and no seller is named.

It is the lab's own, at its main provider and under the plainest id: the one that is the model's
name, else the shortest; one with plain dollar prices of input and output comes before any other. A
model that its lab does not sell is priced at the seller whose blended price (three tokens in for
one out, in dollars) is lowest at the moment; that is a choice, so every answer says which it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from registry.catalog.models import Offer, Provider
from registry.catalog.names import key_of
from registry.ledger.asof import rates_at
from registry.ledger.standings import Standing
from registry.pricing.cost import blended
from registry.pricing.terms import STANDARD
from registry.selectors.clocks import AsOf
from registry.selectors.refusals import Refusal, not_certain
from registry.selectors.resolving import Written, resolve_models

CURRENCY = "USD"


class Chosen(StrEnum):
    """Why this offer's price is taken for the model's."""

    NAMED = "named"  # the asker named the offer
    OWN = "own"  # the lab's own
    CHEAPEST = "cheapest"  # the lab sells none: the lowest blended price


@dataclass(frozen=True, slots=True)
class StandardOffer:
    """An offer, and why it was chosen; ``standings`` is what it costs at the moment.

    ``model`` is None where a named offer's model is an open question.
    """

    model: str | None
    offer_id: int
    ref: str
    chosen: Chosen
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class _Sold:
    offer_id: int
    ref: str
    model_id: str
    own: bool


def standard_offers(models: Collection[str], as_of: AsOf) -> dict[str, StandardOffer]:
    """The standard offer of each model by its ``lab/slug``; none where nobody prices it.

    Two statements.
    """
    wanted = _wanted(models)
    cards = _cards(_ids(wanted), as_of)
    return _chosen(wanted, cards)


# What an offer costs at the moment, by its row's id.
_Cards = Mapping[int, tuple[Standing, ...]]


def _wanted(models: Collection[str]) -> dict[str, list[_Sold]]:
    """The offers of each model that its price may be taken from, the first choice first."""
    return {ref: _own(ref, offers) or offers for ref, offers in _sold(models).items()}


def _ids(wanted: Mapping[str, Iterable[_Sold]]) -> list[int]:
    return [one.offer_id for offers in wanted.values() for one in offers]


def _cards(offer_ids: Collection[int], as_of: AsOf) -> _Cards:
    return rates_at(offer_ids, at=as_of.at, revision=as_of.pinned_revision)


def _chosen(wanted: Mapping[str, list[_Sold]], cards: _Cards) -> dict[str, StandardOffer]:
    found: dict[str, StandardOffer] = {}
    for ref, offers in wanted.items():
        chosen = _first_priced(offers, cards) if offers[0].own else _cheapest(offers, cards)
        if chosen is not None:
            why = Chosen.OWN if chosen.own else Chosen.CHEAPEST
            standings = cards[chosen.offer_id]
            found[ref] = StandardOffer(ref, chosen.offer_id, chosen.ref, why, standings)
    return found


def offers_of_ids(
    written: Sequence[Written], as_of: AsOf, *, path: str = "models"
) -> tuple[StandardOffer | Refusal, ...]:
    """The offer that each id means, of a model or of an offer, in order.

    A model's own ``lab/slug`` is the model, whoever sells something under it. A refusal, under
    ``path[position]``, stands for an id that means nothing for certain or has no price at the
    moment. Three statements, while no name changes.
    """
    found = resolve_models(written)
    wanted = _wanted({one.model for one in found if one.model and not one.offer})
    named = [one.offer.offer_id for one in found if one.offer]
    cards = _cards([*named, *_ids(wanted)], as_of)
    standard = _chosen(wanted, cards)
    answers: list[StandardOffer | Refusal] = []
    for position, (said, one) in enumerate(zip(written, found, strict=True)):
        place = f"{path}[{position}]"
        offer = one.offer
        if offer is not None and cards[offer.offer_id]:
            standings = cards[offer.offer_id]
            answers.append(
                StandardOffer(one.model, offer.offer_id, offer.ref, Chosen.NAMED, standings)
            )
        elif offer is None and one.model in standard:
            answers.append(standard[one.model])
        elif offer is None and one.model is None:
            answers.append(not_certain(place, said, one))
        else:
            answers.append(Refusal(place, said.id, f"what is priced at {as_of.at:%Y-%m-%d}"))
    return tuple(answers)


def everyday_amount(standings: Iterable[Standing], meter: str) -> Standing | None:
    """The plain dollar price of a meter; None where there is none that is an amount."""
    return next(
        (
            one
            for one in standings
            if one.meter == meter
            and one.terms == STANDARD
            and one.currency == CURRENCY
            and one.amount is not None
        ),
        None,
    )


def blended_price(standings: Iterable[Standing], ratio: Decimal) -> Decimal | None:
    """``(ratio * input + output) / (ratio + 1)`` of everyday prices; None where one is missing."""
    standings = tuple(standings)
    sent = everyday_amount(standings, "input_tokens")
    written = everyday_amount(standings, "output_tokens")
    if sent is None or written is None or sent.amount is None or written.amount is None:
        return None
    return blended(sent.amount, written.amount, ratio)


def _sold(models: Collection[str]) -> dict[str, list[_Sold]]:
    """Every offer of the models, whether it is still sold or not; a plan has no prices."""
    slugs = [ref.partition("/")[2] for ref in models]
    rows = (
        Offer.objects.filter(model__slug__in=slugs)
        .exclude(provider__kind=Provider.Kind.PLAN)
        .order_by("provider__slug", "provider_model_id")
        .values_list(
            "pk",
            "provider__slug",
            "provider_model_id",
            "model__lab__slug",
            "model__slug",
            "provider__lab__slug",
            "provider__kind",
        )
    )
    asked, sold = frozenset(models), defaultdict(list)
    for pk, provider, model_id, lab, slug, seller_lab, kind in rows:
        own = seller_lab == lab and kind == Provider.Kind.FIRST_PARTY
        if (ref := f"{lab}/{slug}") in asked:
            sold[ref].append(_Sold(pk, f"{provider}/{model_id}", model_id, own))
    return sold


def _own(ref: str, offers: Sequence[_Sold]) -> list[_Sold]:
    """The lab's own: at the provider of its name before its others, the plainest id first."""
    lab, _, slug = ref.partition("/")

    def place(offer: _Sold) -> tuple[bool, bool, int, str]:
        plain = key_of(offer.model_id) == key_of(slug)
        return not offer.ref.startswith(f"{lab}/"), not plain, len(offer.model_id), offer.ref

    return sorted((offer for offer in offers if offer.own), key=place)


def _first_priced(offers: Iterable[_Sold], cards: Mapping[int, Sequence[Standing]]) -> _Sold | None:
    """The first with dollar prices of input and output, else the first with any."""
    priced = [offer for offer in offers if cards[offer.offer_id]]
    return next((offer for _, offer in _blended(priced, cards)), next(iter(priced), None))


def _cheapest(offers: Iterable[_Sold], cards: Mapping[int, Sequence[Standing]]) -> _Sold | None:
    priced = list(_blended(offers, cards))
    return min(priced, key=lambda pair: (pair[0], pair[1].ref))[1] if priced else None


def _blended(
    offers: Iterable[_Sold], cards: Mapping[int, Sequence[Standing]]
) -> Iterator[tuple[Decimal, _Sold]]:
    for offer in offers:
        price = blended_price(cards[offer.offer_id], Decimal(3))
        if price is not None:
            yield price, offer
