"""The one offer whose price stands for a model's where a model is compared and no seller is named.

It is the lab's own, at its main provider and under the plainest id: the one that is the model's
name, else the shortest; one with plain dollar prices of input and output comes before any other. A
model that its lab does not sell is priced at the seller whose blended price (three tokens in for
one out, in dollars) is lowest at the moment; that is a choice, so every answer says which it was.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from registry.catalog.names import key_of
from registry.catalog.resolving import KnownOffer, Resolution
from registry.ledger.asof import rates_at
from registry.ledger.standings import Standing
from registry.pricing.cost import blended
from registry.pricing.terms import STANDARD
from registry.selectors.clocks import AsOf
from registry.selectors.everyday import NOTHING, Everyday, everyday_prices
from registry.selectors.refusals import Refusal, not_certain
from registry.selectors.resolving import Names, Written, held_names

CURRENCY = "USD"
# Input tokens an output token, of the price by which sellers are compared.
_RATIO = Decimal(3)


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


# What an offer costs at the moment, by its row's id.
Cards = Mapping[int, tuple[Standing, ...]]


@dataclass(frozen=True, slots=True)
class Meant:
    """What written ids mean, before any price is read: offers, and models with their sellers.

    ``sellers``: of each model that is meant itself the offers that its price may be taken from, the
    first choice first.
    """

    written: tuple[Written, ...]
    found: tuple[Resolution, ...]
    sellers: Mapping[str, tuple[KnownOffer, ...]]

    @classmethod
    def by(cls, names: Names, written: Iterable[Written]) -> Meant:
        """What ids mean by the names that there are. No statement."""
        written = tuple(written)
        found = names.models_of(written)
        models = {one.model for one in found if one.model and not one.offer}
        return cls(written, found, _sellers(names, models))

    @property
    def offer_ids(self) -> frozenset[int]:
        """Every offer whose price may be asked for."""
        named = {one.offer.offer_id for one in self.found if one.offer}
        return frozenset(named).union(
            one.offer_id for offers in self.sellers.values() for one in offers
        )

    def priced(
        self, cards: Cards, as_of: AsOf, *, path: str = "models"
    ) -> tuple[StandardOffer | Refusal, ...]:
        """The offer that each id means at these prices, in order.

        A refusal, under ``path[position]``, stands for an id that means nothing for certain or has
        no price at the moment. No statement.
        """
        standard = _chosen(self.sellers, cards)
        answers: list[StandardOffer | Refusal] = []
        for position, (said, one) in enumerate(zip(self.written, self.found, strict=True)):
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


def standard_offers(models: Iterable[str], as_of: AsOf) -> dict[str, StandardOffer]:
    """The standard offer of each model by its ``lab/slug``; none where nobody prices it.

    Two statements, while no name and no price changes.
    """
    sellers = _sellers(held_names(), models)
    if not as_of.revision_given:
        # The newest prices are in memory, and a model has many sellers of whom one is chosen.
        everyday = everyday_prices(as_of).at(as_of.at)
        sellers = {ref: _eligible(offers, everyday) for ref, offers in sellers.items()}
    ids = {one.offer_id for offers in sellers.values() for one in offers}
    return _chosen(sellers, cards_at(ids, as_of))


def offers_of_ids(
    written: Sequence[Written], as_of: AsOf, *, path: str = "models"
) -> tuple[StandardOffer | Refusal, ...]:
    """The offer that each id means, of a model or of an offer, in order: see `Meant.priced`.

    A model's own ``lab/slug`` is the model, whoever sells something under it. Two statements, while
    no name changes; none of no ids.
    """
    if not written:
        return ()
    meant = Meant.by(held_names(), written)
    return meant.priced(cards_at(meant.offer_ids, as_of), as_of, path=path)


def cards_at(offer_ids: Collection[int], as_of: AsOf) -> Cards:
    """What offers cost at the moment; () where nothing is known. One statement."""
    return rates_at(offer_ids, at=as_of.at, revision=as_of.pinned_revision)


def _sellers(names: Names, models: Iterable[str]) -> dict[str, tuple[KnownOffer, ...]]:
    sold = {ref: names.sold[ref] for ref in models if ref in names.sold}
    return {ref: _own(ref, offers) or offers for ref, offers in sold.items()}


def _eligible(
    offers: tuple[KnownOffer, ...], everyday: Mapping[int, Everyday]
) -> tuple[KnownOffer, ...]:
    """Of a model's sellers the one that its blended price tells to choose, else all of them."""
    priced = [
        (price, offer)
        for offer in offers
        if (price := everyday.get(offer.offer_id, NOTHING).blended(_RATIO)) is not None
    ]
    if not priced:
        return offers
    if offers[0].own:
        return (priced[0][1],)
    return (min(priced, key=lambda pair: (pair[0], pair[1].ref))[1],)


def _chosen(
    sellers: Mapping[str, tuple[KnownOffer, ...]], cards: Cards
) -> dict[str, StandardOffer]:
    found: dict[str, StandardOffer] = {}
    for ref, offers in sellers.items():
        chosen = _first_priced(offers, cards) if offers[0].own else _cheapest(offers, cards)
        if chosen is not None:
            why = Chosen.OWN if chosen.own else Chosen.CHEAPEST
            standings = cards[chosen.offer_id]
            found[ref] = StandardOffer(ref, chosen.offer_id, chosen.ref, why, standings)
    return found


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


def _own(ref: str, offers: Sequence[KnownOffer]) -> tuple[KnownOffer, ...]:
    """The lab's own: at the provider of its name before its others, the plainest id first."""
    lab, _, slug = ref.partition("/")

    def place(offer: KnownOffer) -> tuple[bool, bool, int, str]:
        plain = key_of(offer.provider_model_id) == key_of(slug)
        return (
            not offer.ref.startswith(f"{lab}/"),
            not plain,
            len(offer.provider_model_id),
            offer.ref,
        )

    return tuple(sorted((offer for offer in offers if offer.own), key=place))


def _first_priced(
    offers: Iterable[KnownOffer], cards: Mapping[int, Sequence[Standing]]
) -> KnownOffer | None:
    """The first with dollar prices of input and output, else the first with any."""
    priced = [offer for offer in offers if cards[offer.offer_id]]
    return next((offer for _, offer in _blended(priced, cards)), next(iter(priced), None))


def _cheapest(
    offers: Iterable[KnownOffer], cards: Mapping[int, Sequence[Standing]]
) -> KnownOffer | None:
    priced = list(_blended(offers, cards))
    return min(priced, key=lambda pair: (pair[0], pair[1].ref))[1] if priced else None


def _blended(
    offers: Iterable[KnownOffer], cards: Mapping[int, Sequence[Standing]]
) -> Iterator[tuple[Decimal, KnownOffer]]:
    for offer in offers:
        price = blended_price(cards[offer.offer_id], _RATIO)
        if price is not None:
            yield price, offer
