"""Every offer that has a price at a moment, with what other registries' formats tell of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, QuerySet

from registry.catalog.declarations import declarations
from registry.catalog.models import Offer, Provider
from registry.ledger.asof import rates_at
from registry.ledger.effective import effective
from registry.ledger.models import PricePoint
from registry.pricing.quotes import plain
from registry.pricing.rate_card import RateCard
from registry.pricing.rates import PriceState, Rate, RateKey, in_card_order
from registry.pricing.terms import Terms
from registry.selectors.clocks import AsOf

# Cards read in one statement: far below the parameters that either engine takes.
_CARDS_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Seller:
    """A provider as other registries know it.

    ``names``: its names by source, the first being the usual one; ``families``: how the names of
    its own lab's models begin.
    """

    slug: str
    name: str
    kind: str
    homepage: str
    pricing_page: str
    names: Mapping[str, tuple[str, ...]]
    families: tuple[str, ...]

    @property
    def is_first_party(self) -> bool:
        """Whether the provider sells what its own lab makes."""
        return self.kind == Provider.Kind.FIRST_PARTY

    def name_in(self, source: str) -> str | None:
        """How a source names the provider; None where it does not know it."""
        return self.names.get(source, (None,))[0]


@dataclass(frozen=True, slots=True)
class ExportRow:
    """An offer, its facts and its rates in the card's order; None and empty are unknown."""

    seller: Seller
    model_id: str
    name: str
    mode: str
    context_tokens: int | None
    max_output_tokens: int | None
    input_modalities: tuple[str, ...]
    output_modalities: tuple[str, ...]
    reasoning: bool | None
    tool_calls: bool | None
    deprecated_on: date | None
    retires_on: date | None
    released_on: date | None
    knowledge_cutoff: str
    open_weights: bool | None
    rates: tuple[Rate, ...]

    @property
    def ref(self) -> str:
        """The readable id, ``provider/provider_model_id``."""
        return f"{self.seller.slug}/{self.model_id}"

    @property
    def card(self) -> RateCard:
        """The rates as a card that bills."""
        return RateCard(self.rates)


@dataclass(frozen=True, slots=True)
class DatedCard:
    """All rates of an offer from a moment on, until the next such card."""

    starts_at: datetime
    rates: tuple[Rate, ...]


_COLUMNS = (
    "pk",
    "provider__slug",
    "provider_model_id",
    "name",
    "model__name",
    "mode",
    "context_tokens",
    "max_output_tokens",
    "input_modalities",
    "output_modalities",
    "reasoning",
    "tool_calls",
    "deprecated_on",
    "retires_on",
    "model__released_on",
    "model__knowledge_cutoff",
    "model__open_weights",
)


def export_rows(as_of: AsOf, *, provider: str | None = None) -> Iterator[ExportRow]:
    """The offers with a price, by provider, then the provider's own id; one provider's or all.

    Two statements, and one more a thousand offers.
    """
    sellers = _sellers()
    found = _offers() if provider is None else _offers().filter(provider__slug=provider)
    for offers in _in_batches(found):
        yield from _priced(offers, sellers, as_of)


def export_histories(
    as_of: AsOf, *, known_to: str
) -> Iterator[tuple[ExportRow, tuple[DatedCard, ...]]]:
    """The offers of the providers that a source knows, each with its cards so far.

    An offer that has no price any more is among them; the rows themselves are without rates. In
    the order of `export_rows`; two statements, and one more a thousand offers.
    """
    sellers = _sellers()
    known = [slug for slug, seller in sellers.items() if seller.name_in(known_to) is not None]
    for offers in _in_batches(_offers().filter(provider__slug__in=known)):
        cards = _cards_so_far([offer[0] for offer in offers], as_of)
        for offer in offers:
            if cards[offer[0]]:
                yield _row(offer, sellers, ()), cards[offer[0]]


def announced_cards(as_of: AsOf) -> dict[str, tuple[DatedCard, ...]]:
    """The cards to come of every offer that has any, by its readable id, soonest first.

    Only of a read about now: who asks for the prices of a moment means that moment's. Three
    statements.
    """
    if not as_of.is_about_now:
        return {}
    points = effective(PricePoint, revision=None).filter(starts_at__gt=as_of.at)
    names = {
        pk: f"{provider}/{model_id}"
        for pk, provider, model_id in points.values_list(
            "series__offer_id",
            "series__offer__provider__slug",
            "series__offer__provider_model_id",
        ).distinct()
    }
    standing = {
        pk: {found.key: found.rate for found in card}
        for pk, card in rates_at(names, at=as_of.at).items()
    }
    return {names[pk]: cards for pk, cards in _replayed(points, standing).items()}


def last_start(as_of: AsOf) -> datetime | None:
    """The newest start up to the moment asked for: until the next one, prices stay as they are.

    One statement.
    """
    points = PricePoint.objects.filter(starts_at__lte=as_of.at, revision_id__lte=as_of.number)
    last: datetime | None = points.aggregate(last=Max("starts_at"))["last"]
    return last


def _offers() -> QuerySet[Offer, tuple[Any, ...]]:
    return Offer.objects.order_by("provider__slug", "provider_model_id").values_list(*_COLUMNS)


def _in_batches(
    found: QuerySet[Offer, tuple[Any, ...]],
) -> Iterator[Sequence[tuple[Any, ...]]]:
    offers = list(found)
    for start in range(0, len(offers), _CARDS_AT_ONCE):
        yield offers[start : start + _CARDS_AT_ONCE]


def _cards_so_far(offer_ids: list[int], as_of: AsOf) -> dict[int, tuple[DatedCard, ...]]:
    points = effective(PricePoint, revision=as_of.pinned_revision).filter(
        series__offer_id__in=offer_ids, starts_at__lte=as_of.at
    )
    return _replayed(points, {pk: {} for pk in offer_ids})


def _replayed(
    points: QuerySet[PricePoint], standing: dict[int, dict[RateKey, Rate]]
) -> dict[int, tuple[DatedCard, ...]]:
    """The card of each offer after each start, from the rates that stood before; one statement."""
    cards: dict[int, dict[datetime, tuple[Rate, ...]]] = {pk: {} for pk in standing}
    rows = points.order_by("starts_at", "pk").values_list(
        "series__offer_id",
        "series__meter",
        "series__terms",
        "series__currency",
        "state",
        "amount",
        "starts_at",
    )
    for pk, meter, terms, currency, state, amount, starts_at in rows:
        key = RateKey(meter, Terms.parse(terms), currency)
        standing[pk].pop(key, None)
        if state != PricePoint.State.WITHDRAWN:
            told = None if amount is None else plain(amount)
            standing[pk][key] = Rate(meter, key.terms, PriceState(state), told, currency)
        cards[pk][starts_at] = in_card_order(standing[pk].values())
    return {
        pk: tuple(DatedCard(start, rates) for start, rates in found.items())
        for pk, found in cards.items()
    }


def _priced(
    offers: Sequence[tuple[Any, ...]], sellers: Mapping[str, Seller], as_of: AsOf
) -> Iterator[ExportRow]:
    cards = rates_at([offer[0] for offer in offers], at=as_of.at, revision=as_of.pinned_revision)
    for offer in offers:
        rates = tuple(standing.rate for standing in cards[offer[0]])
        if rates:
            yield _row(offer, sellers, rates)


def _row(
    offer: tuple[Any, ...], sellers: Mapping[str, Seller], rates: tuple[Rate, ...]
) -> ExportRow:
    told = dict(zip(_COLUMNS, offer, strict=True))
    return ExportRow(
        seller=sellers[told["provider__slug"]],
        model_id=told["provider_model_id"],
        name=told["name"] or told["model__name"] or told["provider_model_id"],
        mode=told["mode"],
        context_tokens=told["context_tokens"],
        max_output_tokens=told["max_output_tokens"],
        input_modalities=tuple(told["input_modalities"]),
        output_modalities=tuple(told["output_modalities"]),
        reasoning=told["reasoning"],
        tool_calls=told["tool_calls"],
        deprecated_on=told["deprecated_on"],
        retires_on=told["retires_on"],
        released_on=told["model__released_on"],
        knowledge_cutoff=told["model__knowledge_cutoff"] or "",
        open_weights=told["model__open_weights"],
        rates=in_card_order(rates),
    )


def _sellers() -> dict[str, Seller]:
    declared = declarations()
    names = {one.slug: one.known_as for one in declared.providers}
    families = {one.slug: one.families for one in declared.labs}
    rows = Provider.objects.values_list(
        "slug", "name", "kind", "homepage", "pricing_page", "lab__slug"
    )
    return {
        slug: Seller(
            slug, name, kind, homepage, page, names.get(slug, {}), families.get(lab or "", ())
        )
        for slug, name, kind, homepage, page, lab in rows
    }
