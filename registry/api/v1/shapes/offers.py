"""Offers: models as providers sell them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from registry.api.shape import Shape, meaning
from registry.api.v1 import addresses
from registry.api.v1.shapes.facts import Facts, FactsById
from registry.api.v1.shapes.rate_cards import Moment, Rate, rates_of
from registry.api.v1.shapes.revisions import RevisionRef
from registry.selectors.offers import OFFER_STATUSES, OfferRow
from registry.selectors.rate_cards import CardAt
from registry.selectors.words import Words

Rates = Annotated[
    tuple[Rate, ...] | None, meaning("The rate card; null unless expand=rate_card asks for it.")
]


@dataclass(frozen=True, slots=True)
class OfferLinks(Shape):
    """Where more about an offer is found."""

    self: str
    rate_card: str
    history: str


@dataclass(frozen=True, slots=True)
class Offer(Shape):
    """One model as one provider sells it, under the provider's own id. Null is unknown."""

    id: Annotated[str, meaning("provider/provider_model_id", "deepseek/deepseek-v4-pro")]
    provider: str
    provider_model_id: str
    model: Annotated[str | None, meaning("The model's id; null where it is an open question.")]
    matched_by: Annotated[str | None, meaning("The rule or alias that linked the model.")]
    name: str | None
    mode: Annotated[str | None, meaning("What it does: chat, embedding, image_generation …")]
    status: Annotated[str, meaning("Whether its sources still list it.", among=OFFER_STATUSES)]
    deprecated_on: date | None
    retires_on: date | None
    context_tokens: int | None
    max_output_tokens: int | None
    input_modalities: list[str]
    output_modalities: list[str]
    reasoning: bool | None
    tool_calls: bool | None
    rate_card: Rates
    links: OfferLinks

    @classmethod
    def of(cls, row: OfferRow, card: CardAt | None = None, words: Words | None = None) -> Offer:
        """The offer as the API tells it, with its card where one is given."""
        ref = row.ref
        return cls(
            id=ref,
            provider=row.provider,
            provider_model_id=row.provider_model_id,
            model=row.model,
            matched_by=row.matched_by or None,
            name=row.name or None,
            mode=row.mode or None,
            status=row.status,
            deprecated_on=row.deprecated_on,
            retires_on=row.retires_on,
            context_tokens=row.context_tokens,
            max_output_tokens=row.max_output_tokens,
            input_modalities=row.input_modalities,
            output_modalities=row.output_modalities,
            reasoning=row.reasoning,
            tool_calls=row.tool_calls,
            rate_card=None if card is None else rates_of(card, words),
            links=OfferLinks(
                addresses.offer(ref), addresses.rate_card(ref), addresses.history(ref)
            ),
        )


@dataclass(frozen=True, slots=True)
class OfferDetail(Shape):
    """One offer."""

    revision: RevisionRef
    at: Moment
    offer: Offer
    facts: Facts


@dataclass(frozen=True, slots=True)
class OfferList(Shape):
    """Offers, by provider and the provider's own id unless sorted otherwise."""

    revision: RevisionRef
    at: Moment
    items: tuple[Offer, ...]
    next: str | None
    facts: FactsById
