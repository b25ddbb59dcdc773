"""Workloads: what a month of use costs at many models, and if its traffic went elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from registry.api.queries import Fault
from registry.api.shape import Shape, meaning
from registry.api.v1 import addresses
from registry.api.v1.shapes.bills import BillLine, Conversion, Total, lines_of, money
from registry.api.v1.shapes.rate_cards import Moment
from registry.api.v1.shapes.revisions import RevisionRef
from registry.selectors.clocks import AsOf
from registry.selectors.scenarios import BilledOption, BilledRoute, BilledScenario
from registry.selectors.standard_offers import Chosen, StandardOffer
from registry.selectors.workloads import BilledMonth, BilledPart, WorkloadCost

Proportion = Annotated[
    str | None, meaning("To 12 significant digits; null where there is nothing to divide by.")
]


@dataclass(frozen=True, slots=True)
class Seller(Shape):
    """The offer whose prices are taken, and why it is this one."""

    id: str
    model: str | None
    chosen: Annotated[
        str,
        meaning(
            "named: it was asked for. own: the lab's own. cheapest: its lab sells none, and this "
            "has the lowest blended price.",
            among=tuple(Chosen),
        ),
    ]
    address: str

    @classmethod
    def of(cls, offer: StandardOffer) -> Seller:
        """The offer as the API tells it."""
        return cls(offer.ref, offer.model, offer.chosen.value, addresses.offer(offer.ref))


@dataclass(frozen=True, slots=True)
class Part(Shape):
    """The bill of one part of a month."""

    lines: tuple[BillLine, ...]
    total: Total

    @classmethod
    def of(cls, part: BilledPart | None) -> Part | None:
        """The part as the API tells it; None where its share is zero."""
        return None if part is None else cls(lines_of(part.lines), money(part.bill.total))


@dataclass(frozen=True, slots=True)
class Month(Shape):
    """A month's bill: what is sent at once, what waits for a batch, and both."""

    standard: Part | None
    batch: Part | None
    total: Total
    currency: str
    converted: Conversion | None

    @classmethod
    def of(cls, month: BilledMonth) -> Month:
        """The month as the API tells it."""
        return cls(
            standard=Part.of(month.standard),
            batch=Part.of(month.batch),
            total=money(month.total),
            currency=month.currency,
            converted=Conversion.of(month.converted),
        )


@dataclass(frozen=True, slots=True)
class ModelMonth(Shape):
    """The month at one model; ``refused`` says why there is no bill."""

    asked: str
    offer: Seller | None
    month: Month | None
    times_cheapest: Proportion
    refused: Fault | None

    @classmethod
    def of(cls, cost: WorkloadCost) -> ModelMonth:
        """The cost as the API tells it."""
        no = cost.refusal
        return cls(
            asked=cost.asked,
            offer=None if cost.offer is None else Seller.of(cost.offer),
            month=None if cost.month is None else Month.of(cost.month),
            times_cheapest=ratio(cost.times_cheapest),
            refused=None if no is None else Fault(no.path, no.value, no.expected, no.nearest),
        )


@dataclass(frozen=True, slots=True)
class WorkloadCosts(Shape):
    """The month at every model, the cheapest first; what cannot be billed stands last."""

    revision: RevisionRef
    at: Moment
    items: tuple[ModelMonth, ...]

    @classmethod
    def of(cls, costs: Sequence[WorkloadCost], as_of: AsOf) -> WorkloadCosts:
        """The costs as the API tells them."""
        at = as_of.at if as_of.at_given else None
        return cls(RevisionRef.of(as_of), at, tuple(map(ModelMonth.of, costs)))


@dataclass(frozen=True, slots=True)
class RouteCost(Shape):
    """One route's part of the month."""

    offer: Seller
    share: str
    output_multiplier: str
    month: Month

    @classmethod
    def of(cls, route: BilledRoute) -> RouteCost:
        """The route as the API tells it."""
        return cls(
            offer=Seller.of(route.offer),
            share=money(route.asked.share),
            output_multiplier=money(route.asked.output_multiplier),
            month=Month.of(route.month),
        )


@dataclass(frozen=True, slots=True)
class OptionCost(Shape):
    """What one way of serving the month costs, beside the baseline."""

    name: str
    routes: tuple[RouteCost, ...]
    total: Total
    difference: Annotated[str, meaning("From the baseline; negative is a saving.")]
    percent: Proportion
    times_cheaper: Proportion
    converted: Conversion | None

    @classmethod
    def of(cls, option: BilledOption) -> OptionCost:
        """The option as the API tells it."""
        outcome = option.outcome
        return cls(
            name=outcome.name,
            routes=tuple(map(RouteCost.of, option.routes)),
            total=money(outcome.total),
            difference=money(outcome.difference),
            percent=ratio(outcome.percent),
            times_cheaper=ratio(outcome.times_cheaper),
            converted=Conversion.of(option.converted),
        )


@dataclass(frozen=True, slots=True)
class ScenarioCosts(Shape):
    """A month as it is served today, and as it might be."""

    revision: RevisionRef
    at: Moment
    currency: str
    baseline: OptionCost
    options: tuple[OptionCost, ...]

    @classmethod
    def of(cls, scenario: BilledScenario, as_of: AsOf) -> ScenarioCosts:
        """The scenario as the API tells it."""
        return cls(
            revision=RevisionRef.of(as_of),
            at=as_of.at if as_of.at_given else None,
            currency=scenario.currency,
            baseline=OptionCost.of(scenario.baseline),
            options=tuple(map(OptionCost.of, scenario.options)),
        )


def ratio(figure: Decimal | None) -> str | None:
    """A proportion as text."""
    return None if figure is None else money(figure)
