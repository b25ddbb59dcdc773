"""A model with everybody who sells it, side by side at one moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from registry.catalog.models import ModelAlias, OfferAlias, Provider
from registry.pricing.cost import Bill, NotBillable
from registry.pricing.rate_card import NotOnCard
from registry.pricing.workload import MonthlyCost, Workload, monthly_cost
from registry.selectors.ai_models import ModelRow, model
from registry.selectors.clocks import AsOf
from registry.selectors.costs import card_of
from registry.selectors.everyday import NOTHING, Everyday, everyday_prices
from registry.selectors.freshness import stale_sources
from registry.selectors.labs import LabRow, lab
from registry.selectors.offers import OfferRow, offers_of
from registry.selectors.rate_cards import CardAt, rate_cards


@dataclass(frozen=True, slots=True)
class SoldOffer:
    """An offer with its everyday prices; ``first_party``: the model's lab sells it itself.

    ``cost``: what the asked month costs there; ``refusal`` says why it cannot be told.
    """

    offer: OfferRow
    provider_name: str
    kind: str
    first_party: bool
    prices: Everyday
    blended: Decimal | None
    cost: MonthlyCost | None = None
    refusal: str = ""

    @property
    def is_priced(self) -> bool:
        """Whether any price is known at the moment."""
        return self.prices != NOTHING

    @property
    def is_in_plan(self) -> bool:
        """Whether input comes with a subscription, whose own price is not told here."""
        return self.prices.input is not None and self.prices.input.state == "included"

    @property
    def bills(self) -> tuple[Bill, ...]:
        """The parts of the month's bill: at standard rates, and as a batch."""
        parts = (self.cost.standard, self.cost.batch) if self.cost else ()
        return tuple(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class AliasRow:
    """Another exact name, where it is used (None: anywhere), and who declared it."""

    text: str
    provider: str | None
    origin: str


@dataclass(frozen=True, slots=True)
class SoldModel:
    """A model, its lab, and its offers: the lab's own first, then from the cheapest on."""

    model: ModelRow
    lab: LabRow
    offers: tuple[SoldOffer, ...]

    @property
    def name(self) -> str:
        """The model's name, without the lab's before it that some sources put there."""
        return self.model.name.removeprefix(f"{self.lab.name}: ")

    @property
    def lead(self) -> SoldOffer | None:
        """The offer that stands for the model: its lab's own, else the cheapest with a price."""
        return next((one for one in self.offers if one.is_priced), None)


def sold_model(
    lab_slug: str,
    slug: str,
    as_of: AsOf,
    *,
    ratio: Decimal,
    workload: Workload | None = None,
) -> SoldModel:
    """Raises `NotHeld`. Six statements, and two more for a workload."""
    row = model(lab_slug, slug)
    offers = offers_of(row.model_id)
    sellers = _sellers(offers)
    standing = everyday_prices(as_of).at(as_of.at)
    stale = stale_sources(as_of.at) if as_of.is_about_now else frozenset()
    cards = rate_cards([one.offer_id for one in offers], as_of) if workload else {}
    sold = []
    for offer in offers:
        name, kind, own_lab = sellers[offer.provider]
        prices = standing.get(offer.offer_id, NOTHING)
        cost, refusal = _cost(cards.get(offer.offer_id), workload, as_of)
        sold.append(
            SoldOffer(
                offer=offer,
                provider_name=name,
                kind=kind,
                first_party=own_lab == lab_slug and kind != Provider.Kind.PLAN,
                prices=prices.as_of_today(stale),
                blended=prices.blended(ratio),
                cost=cost,
                refusal=refusal,
            )
        )
    return SoldModel(row, lab(lab_slug), tuple(sorted(sold, key=lambda one: _place(one, slug))))


def model_aliases(model_id: int) -> tuple[AliasRow, ...]:
    """Other names of a model, wherever it is sold. One statement."""
    rows = ModelAlias.objects.filter(model_id=model_id).order_by("text")
    return tuple(
        AliasRow(text, None, origin) for text, origin in rows.values_list("text", "origin")
    )


def offer_aliases(offer_id: int) -> tuple[AliasRow, ...]:
    """Other names of an offer at its provider. One statement."""
    rows = OfferAlias.objects.filter(offer_id=offer_id).order_by("text")
    return tuple(AliasRow(*row) for row in rows.values_list("text", "provider__slug", "origin"))


def _sellers(offers: Sequence[OfferRow]) -> Mapping[str, tuple[str, str, str | None]]:
    """Name, kind and lab of each provider by its id."""
    slugs = {offer.provider for offer in offers}
    rows = Provider.objects.filter(slug__in=slugs).values_list("slug", "name", "kind", "lab__slug")
    return {slug: (name, kind, own_lab) for slug, name, kind, own_lab in rows}


def _cost(
    card: CardAt | None, workload: Workload | None, as_of: AsOf
) -> tuple[MonthlyCost | None, str]:
    if workload is None:
        return None, ""
    if card is None or not card.rates:
        return None, "no price known"
    try:
        rates = card_of([rate.standing for rate in card.rates])
        return monthly_cost(rates, workload, at=as_of.at), ""
    except (NotOnCard, NotBillable) as error:
        return None, str(error)


def _place(sold: SoldOffer, slug: str) -> tuple[bool, bool, bool, Decimal, int, str]:
    """Without a workload by blend, with one by what the month costs; unknown last."""
    price = sold.cost.total if sold.cost else None if sold.refusal else sold.blended
    if sold.is_in_plan:
        price = None
    own_name = sold.offer.provider_model_id
    return (
        not (sold.first_party and sold.is_priced),
        price is None,
        not (sold.first_party and own_name == slug),
        Decimal(0) if price is None else price,
        len(own_name),
        sold.offer.ref,
    )
