"""Every offer that has a price at a moment, with what other registries' formats tell of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max

from registry.catalog.declarations import declarations
from registry.catalog.models import Offer, Provider
from registry.ledger.asof import rates_at
from registry.ledger.models import PricePoint
from registry.pricing.rate_card import RateCard
from registry.pricing.rates import Rate, in_card_order
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
    found = Offer.objects.order_by("provider__slug", "provider_model_id").values_list(*_COLUMNS)
    if provider is not None:
        found = found.filter(provider__slug=provider)
    offers = list(found)
    for start in range(0, len(offers), _CARDS_AT_ONCE):
        yield from _priced(offers[start : start + _CARDS_AT_ONCE], sellers, as_of)


def last_start(as_of: AsOf) -> datetime | None:
    """The newest start up to the moment asked for: until the next one, prices stay as they are.

    One statement.
    """
    points = PricePoint.objects.filter(starts_at__lte=as_of.at, revision_id__lte=as_of.number)
    last: datetime | None = points.aggregate(last=Max("starts_at"))["last"]
    return last


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
