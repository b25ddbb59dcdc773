"""What a month of use costs at each of many models."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from registry.pricing.cost import Bill, NotBillable
from registry.pricing.exact import proportion
from registry.pricing.exchange import Converted
from registry.pricing.rate_card import Fallback, NotOnCard
from registry.pricing.workload import MonthlyCost, Workload, monthly_cost
from registry.selectors.clocks import AsOf
from registry.selectors.costs import BilledLine, card_of, receipted
from registry.selectors.exchange import in_currency
from registry.selectors.rate_cards import StandingRate, told_rates
from registry.selectors.refusals import Refusal, refusal_of
from registry.selectors.resolving import Written
from registry.selectors.standard_offers import StandardOffer, offers_of_ids


@dataclass(frozen=True, slots=True)
class Conditions:
    """Under which conditions everything in one question is billed; those of `cost`."""

    region: str | None = None
    currency: str = "USD"
    fallback: Fallback | None = None
    convert_to: str | None = None


@dataclass(frozen=True, slots=True)
class BilledPart:
    """The bill of one part of a month, each line with its receipt."""

    bill: Bill
    lines: tuple[BilledLine, ...]


@dataclass(frozen=True, slots=True)
class BilledMonth:
    """A month's two parts, either of them None where its share is zero, and what they make."""

    standard: BilledPart | None
    batch: BilledPart | None
    total: Decimal
    currency: str
    converted: Converted | None


@dataclass(frozen=True, slots=True)
class WorkloadCost:
    """What the month costs at one model; a ``refusal`` where it cannot be billed as asked.

    ``times_cheapest``: the total over the least one, to 12 significant digits; None at no cost.
    """

    asked: str
    offer: StandardOffer | None
    month: BilledMonth | None
    refusal: Refusal | None
    times_cheapest: Decimal | None = None


def workload_costs(
    models: Sequence[Written], workload: Workload, as_of: AsOf, conditions: Conditions
) -> tuple[WorkloadCost, ...]:
    """The month at every model, the cheapest first; what cannot be billed stands last, and why.

    At most ten statements.
    """
    costs: list[WorkloadCost] = []
    months: list[tuple[str, StandardOffer, MonthlyCost]] = []
    for asked, offer in zip(models, offers_of_ids(models, as_of), strict=True):
        if isinstance(offer, Refusal):
            costs.append(WorkloadCost(asked.id, None, None, offer))
            continue
        try:
            months.append((asked.id, offer, month_at(offer, workload, as_of, conditions)))
        except (NotOnCard, NotBillable) as error:
            costs.append(WorkloadCost(asked.id, offer, None, refusal_of(error)))
    told = told_rates([one for _, offer, _ in months for one in offer.standings], as_of)
    least = min((month.total for _, _, month in months), default=Decimal(0))
    for asked_id, offer, month in months:
        billed = billed_month(month, offer, told, as_of, conditions)
        times = proportion(month.total, least) if least else None
        costs.append(WorkloadCost(asked_id, offer, billed, None, times))
    return tuple(sorted(costs, key=_cheapest_first))


def month_at(
    offer: StandardOffer, workload: Workload, as_of: AsOf, conditions: Conditions
) -> MonthlyCost:
    """A month at an offer's prices of the moment; raises what `monthly_cost` raises."""
    return monthly_cost(
        card_of(offer.standings),
        workload,
        at=as_of.at,
        region=conditions.region,
        currency=conditions.currency,
        fallback=conditions.fallback,
    )


def billed_month(
    month: MonthlyCost,
    offer: StandardOffer,
    told: Mapping[int, StandingRate],
    as_of: AsOf,
    conditions: Conditions,
) -> BilledMonth:
    """The month with its receipts, in another currency beside where that is asked.

    Raises `NotBilled` for a conversion that cannot be made.
    """

    def part(bill: Bill | None) -> BilledPart | None:
        return None if bill is None else BilledPart(bill, receipted(bill, offer.standings, told))

    return BilledMonth(
        standard=part(month.standard),
        batch=part(month.batch),
        total=month.total,
        currency=month.currency,
        converted=in_currency(month.total, month.currency, conditions.convert_to, as_of.at.date()),
    )


def _cheapest_first(cost: WorkloadCost) -> tuple[bool, Decimal, str]:
    return cost.month is None, cost.month.total if cost.month else Decimal(0), cost.asked
