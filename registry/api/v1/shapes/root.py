"""The root: what is inside and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from registry.api.shape import Instant, Shape, meaning
from registry.api.v1 import addresses
from registry.api.v1.shapes.revisions import Hash
from registry.selectors.overview import Overview


@dataclass(frozen=True, slots=True)
class Head(Shape):
    """The newest revision; number 0 and no moment before the first."""

    number: int
    hash: Hash
    published_at: Instant | None


@dataclass(frozen=True, slots=True)
class Counts(Shape):
    """How much is held."""

    labs: int
    providers: int
    models: int
    offers: int
    points: Annotated[int, meaning("Every start of a price ever published.")]
    sources: int


@dataclass(frozen=True, slots=True)
class Resources(Shape):
    """Where to go on; what is in braces is to be filled in."""

    sources: str
    labs: str
    providers: str
    models: str
    offers: str
    rate_cards: str
    history: str
    benchmarks: str
    readings: str
    score_history: str
    receipts: str
    score_receipts: str
    fact_receipts: str
    claim_receipts: str
    snapshots: str
    revisions: str
    changes: str
    score_changes: str
    fact_changes: str
    resolve: str
    cost: str
    workloads: str
    scenarios: str
    prices: str
    disputes: str
    compare: str
    frontier: str
    schema: str
    docs: str


RESOURCES = Resources(
    sources=f"{addresses.ROOT}/sources",
    labs=f"{addresses.ROOT}/labs",
    providers=f"{addresses.ROOT}/providers",
    models=f"{addresses.ROOT}/models",
    offers=f"{addresses.ROOT}/offers",
    rate_cards=f"{addresses.ROOT}/rate-cards/{{provider}}/{{provider_model_id}}",
    history=f"{addresses.ROOT}/history/{{provider}}/{{provider_model_id}}",
    benchmarks=f"{addresses.ROOT}/benchmarks",
    readings=f"{addresses.ROOT}/readings",
    score_history=f"{addresses.ROOT}/score-history/{{lab}}/{{slug}}",
    receipts=f"{addresses.ROOT}/receipts/{{number}}",
    score_receipts=f"{addresses.ROOT}/receipts/scores/{{number}}",
    fact_receipts=f"{addresses.ROOT}/receipts/facts/{{number}}",
    claim_receipts=f"{addresses.ROOT}/receipts/claims/{{number}}",
    snapshots=f"{addresses.ROOT}/snapshots/{{sha256}}",
    revisions=f"{addresses.ROOT}/revisions",
    changes=addresses.CHANGES,
    score_changes=addresses.SCORE_CHANGES,
    fact_changes=addresses.FACT_CHANGES,
    resolve=f"{addresses.ROOT}/resolve?id={{id}}",
    cost=f"{addresses.ROOT}/cost",
    workloads=f"{addresses.ROOT}/workloads",
    scenarios=f"{addresses.ROOT}/scenarios",
    prices=f"{addresses.ROOT}/prices",
    disputes=f"{addresses.ROOT}/disputes",
    compare=f"{addresses.ROOT}/compare?models={{models}}",
    frontier=f"{addresses.ROOT}/frontier?benchmark={{benchmark}}",
    schema=f"{addresses.ROOT}/schema/",
    docs=f"{addresses.ROOT}/docs/",
)


@dataclass(frozen=True, slots=True)
class Root(Shape):
    """The registry as of its newest revision."""

    revision: Head
    holds: Counts
    resources: Resources

    @classmethod
    def of(cls, overview: Overview) -> Root:
        """The overview as the API tells it."""
        return cls(
            revision=Head(overview.revision or 0, overview.head_hash, overview.newest),
            holds=Counts(
                labs=overview.labs,
                providers=overview.providers,
                models=overview.models,
                offers=overview.offers,
                points=overview.points,
                sources=len(overview.sources),
            ),
            resources=RESOURCES,
        )
