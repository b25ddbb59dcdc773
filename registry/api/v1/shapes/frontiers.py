"""Price against score: which models nobody beats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from registry.api.shape import Shape, meaning
from registry.api.v1 import addresses
from registry.api.v1.shapes.bills import Total, money
from registry.api.v1.shapes.rate_cards import Moment
from registry.api.v1.shapes.revisions import RevisionRef
from registry.api.v1.shapes.scores_beside import Measured, Score, SetupMap
from registry.api.v1.shapes.workloads import Seller
from registry.selectors.clocks import AsOf
from registry.selectors.price_and_score import PRICES, Plot, PlotQuestion, Plotted


@dataclass(frozen=True, slots=True)
class PlottedModel(Shape):
    """A model with its price in dollars a million tokens and its score, each with receipts."""

    model: str
    offer: Seller
    price: Total
    price_receipts: tuple[str, ...]
    score: Score
    beaten_by: Annotated[
        tuple[str, ...], meaning("Those of the frontier that are no dearer and no worse.")
    ]

    @classmethod
    def of(cls, one: Plotted) -> PlottedModel:
        """The model as the API tells it."""
        return cls(
            model=one.model,
            offer=Seller.of(one.offer),
            price=money(one.price),
            price_receipts=tuple(addresses.receipt(p.point_id) for p in one.price_points),
            score=Score.of(one.reading),
            beaten_by=one.beaten_by,
        )


@dataclass(frozen=True, slots=True)
class Frontier(Shape):
    """The models that no other beats in price or score without losing in the other."""

    revision: RevisionRef
    at: Moment
    benchmark: Measured
    x: Annotated[str, meaning("Which price.", among=PRICES)]
    ratio: Annotated[str, meaning("Input tokens an output token, where it is blended.")]
    setup: Annotated[SetupMap | None, meaning("Whose readings are shown; null: each model's best.")]
    setups: Annotated[tuple[SetupMap, ...], meaning("All setups that have readings.")]
    frontier: tuple[PlottedModel, ...]
    dominated: tuple[PlottedModel, ...]
    unpriced: Annotated[tuple[str, ...], meaning("Models with a reading and no such price.")]

    @classmethod
    def of(cls, plot: Plot, question: PlotQuestion, as_of: AsOf) -> Frontier:
        """The plot as the API tells it."""
        return cls(
            revision=RevisionRef.of(as_of),
            at=as_of.at if as_of.at_given else None,
            benchmark=Measured.of(plot.benchmark),
            x=question.price,
            ratio=money(question.ratio),
            setup=None if plot.setup is None else plot.setup.as_dict(),
            setups=tuple(setup.as_dict() for setup in plot.setups),
            frontier=tuple(map(PlottedModel.of, plot.frontier)),
            dominated=tuple(map(PlottedModel.of, plot.dominated)),
            unpriced=plot.unpriced,
        )
