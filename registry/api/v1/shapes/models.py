"""Models, whoever sells them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from registry.api.shape import Shape, meaning
from registry.api.v1 import addresses
from registry.api.v1.shapes.facts import Facts, FactsById
from registry.api.v1.shapes.offers import Offer
from registry.api.v1.shapes.rate_cards import Moment
from registry.api.v1.shapes.revisions import RevisionRef
from registry.selectors.ai_models import ModelRow


@dataclass(frozen=True, slots=True)
class Model(Shape):
    """One model as its lab made it. Null is unknown."""

    id: Annotated[str, meaning("lab/slug", "deepseek/deepseek-v4-pro")]
    lab: str
    name: str
    released_on: date | None
    knowledge_cutoff: str | None
    open_weights: bool | None
    licence: str | None
    total_parameters: int | None
    active_parameters: int | None
    context_tokens: int | None
    max_output_tokens: int | None
    input_modalities: list[str]
    output_modalities: list[str]
    reasoning: bool | None
    tool_calls: bool | None
    offers: Annotated[int, meaning("How many offers of it are held.")]
    address: str

    @classmethod
    def of(cls, row: ModelRow) -> Model:
        """The model as the API tells it."""
        return cls(
            id=row.ref,
            lab=row.lab,
            name=row.name,
            released_on=row.released_on,
            knowledge_cutoff=row.knowledge_cutoff or None,
            open_weights=row.open_weights,
            licence=row.licence or None,
            total_parameters=row.total_parameters,
            active_parameters=row.active_parameters,
            context_tokens=row.context_tokens,
            max_output_tokens=row.max_output_tokens,
            input_modalities=row.input_modalities,
            output_modalities=row.output_modalities,
            reasoning=row.reasoning,
            tool_calls=row.tool_calls,
            offers=row.offers,
            address=addresses.model(row.ref),
        )


@dataclass(frozen=True, slots=True)
class ModelDetail(Shape):
    """One model and every offer of it.

    Each offer carries its everyday rates: those of no special tier, region, variant or context
    length. With expand=offers it carries the whole card. With expand=facts
    every fact of the model comes with its source, its receipt and all sides.
    """

    revision: RevisionRef
    at: Moment
    model: Model
    offers: tuple[Offer, ...]
    facts: Facts


@dataclass(frozen=True, slots=True)
class ModelList(Shape):
    """Models, by id unless sorted otherwise."""

    revision: RevisionRef
    at: Moment
    items: tuple[Model, ...]
    next: str | None
    facts: FactsById
