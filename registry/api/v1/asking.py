"""What may be asked of version 1: parameters that several endpoints share, and the path's parts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from registry.api import cursors, kinds, kinds_of_prices
from registry.api.operations import PathPart
from registry.api.queries import parameter
from registry.selectors.clocks import AsOf, as_of
from registry.selectors.ordering import Key
from registry.selectors.rate_cards import RateFilter
from registry.selectors.words import Words, words_on

DEFAULT_LIMIT = 100

PROVIDER = PathPart("provider", "The provider's id.", "deepseek")
PROVIDER_MODEL_ID = PathPart(
    "provider_model_id",
    "The provider's own id of the model, slashes, colons and @ included; they may be written "
    "plainly or percent-encoded.",
    "deepseek-v4-pro",
)
LAB = PathPart("lab", "The lab's id.", "deepseek")
MODEL_SLUG = PathPart("slug", "The model's name within its lab.", "deepseek-v4-pro")
SOURCE = PathPart("source", "The source's id.", "litellm")
REVISION = PathPart("number", "The revision's number.", 1)
RECEIPT = PathPart("number", "The number of the point, as a rate's receipt address has it.", 1)
SCORE_RECEIPT = PathPart(
    "number", "The number of the point, as a reading's receipt address has it.", 1
)
CLAIM_RECEIPT = PathPart("number", "The number of the claim, as a word's receipt has it.", 1)
FACT_RECEIPT = PathPart("number", "The number of the point, as a fact's receipt address has it.", 1)
BENCHMARK = PathPart("benchmark", "The benchmark's id.", "swe-bench-verified")
SHA256 = PathPart("sha256", "The snapshot's sha256 in hex.", "0" * 64)


def sorted_by(names: Sequence[str], default: str) -> Any:
    """The parameter of a list that names one of its orders."""
    meaning = f"The order, else {default}; - is from the greatest. What is not known comes last."
    return parameter(kinds.one_of(names), meaning, default)


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of a list."""

    limit: int = parameter(kinds.LIMIT, "How many at most.", DEFAULT_LIMIT)
    cursor: Key | None = parameter(cursors.CURSOR, "Where to go on.")


@dataclass(frozen=True, slots=True)
class Dated:
    """The two clocks: when a price holds, and what was known."""

    at: datetime | None = parameter(kinds.MOMENT, "The moment whose prices are meant; else now.")
    revision: int | None = parameter(
        kinds.REVISION, "What the registry had published by then; else the newest."
    )

    def as_of(self) -> AsOf:
        """Both clocks settled; raises `RevisionNotOut`."""
        return as_of(self.at, self.revision)


@dataclass(frozen=True, slots=True)
class Evidenced(Dated):
    """Whether every source's word on each rate is told too."""

    include: frozenset[str] = parameter(
        kinds.several_of("claims"),
        "claims: with every source's word on each rate.",
        frozenset(),
    )

    def words(self, offer_ids: Collection[int], moment: AsOf) -> Words | None:
        """What is said of the offers, None where it is not asked for."""
        return words_on(offer_ids, moment) if "claims" in self.include else None


@dataclass(frozen=True, slots=True)
class Rated(Evidenced):
    """Which rates of a card are meant."""

    tier: str | None = parameter(kinds_of_prices.TIER, "Only rates of this service tier.")
    region: str | None = parameter(kinds_of_prices.REGION, "Only rates of this region.")
    variant: str | None = parameter(kinds_of_prices.VARIANT, "Only rates of this size or quality.")
    currency: str | None = parameter(kinds_of_prices.CURRENCY, "Only rates in this currency.")
    context_over: int | None = parameter(
        kinds_of_prices.CONTEXT, "Only rates for requests of more input tokens than this."
    )

    def rates(self) -> RateFilter:
        """The filter of a card."""
        return RateFilter(
            tier=self.tier,
            region=self.region,
            variant=self.variant,
            currency=self.currency,
            context_over=self.context_over,
        )
