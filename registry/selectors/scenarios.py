"""What a month would cost if its traffic went elsewhere: a baseline and options, with receipts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from registry.pricing import scenario as pure
from registry.pricing.cost import NotBillable
from registry.pricing.exchange import Converted
from registry.pricing.rate_card import NotOnCard
from registry.pricing.scenario import Option, Route, Scenario
from registry.pricing.workload import Workload, WorkloadError
from registry.selectors.clocks import AsOf
from registry.selectors.costs import card_of
from registry.selectors.exchange import in_currency
from registry.selectors.rate_cards import StandingRate, told_rates
from registry.selectors.refusals import NotBilled, Refusal, refusal_of
from registry.selectors.resolving import Written
from registry.selectors.standard_offers import StandardOffer, offers_of_ids
from registry.selectors.workloads import BilledMonth, Conditions, billed_month


@dataclass(frozen=True, slots=True)
class RouteAsked:
    """A share of the traffic to one offer or model; ``output_multiplier``: output for output."""

    offer: Written
    share: Decimal = Decimal(1)
    output_multiplier: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class OptionAsked:
    """One way to serve the whole workload."""

    name: str
    routes: tuple[RouteAsked, ...]


@dataclass(frozen=True, slots=True)
class BilledRoute:
    """A route, the offer that serves it and its part of the month."""

    asked: RouteAsked
    offer: StandardOffer
    month: BilledMonth


@dataclass(frozen=True, slots=True)
class BilledOption:
    """An option's outcome beside the baseline, as `registry.pricing.scenario.Outcome` has it."""

    outcome: pure.Outcome
    routes: tuple[BilledRoute, ...]
    converted: Converted | None


@dataclass(frozen=True, slots=True)
class BilledScenario:
    """The baseline's own outcome, and one for every option in its order."""

    baseline: BilledOption
    options: tuple[BilledOption, ...]
    currency: str


def scenario_costs(
    workload: Workload,
    baseline: OptionAsked,
    options: Sequence[OptionAsked],
    as_of: AsOf,
    conditions: Conditions,
) -> BilledScenario:
    """Bills the baseline and every option; raises `NotBilled` with all that cannot be.

    At most ten statements.
    """
    asked = {"baseline": baseline, **{f"options[{n}]": one for n, one in enumerate(options)}}
    offers = _offers(asked, as_of)
    told = told_rates([one for row in offers.values() for o in row for one in o.standings], as_of)
    try:
        made = [_option(path, one, offers[path]) for path, one in asked.items()]
        compared = pure.compare(
            Scenario(workload, made[0], tuple(made[1:])),
            at=as_of.at,
            region=conditions.region,
            currency=conditions.currency,
            fallback=conditions.fallback,
        )
    except (NotOnCard, NotBillable) as error:
        raise NotBilled([refusal_of(error)]) from error
    outcomes = zip(
        asked.values(), offers.values(), (compared.baseline, *compared.options), strict=True
    )
    billed = [
        _billed(one, chosen, outcome, told, as_of, conditions) for one, chosen, outcome in outcomes
    ]
    return BilledScenario(billed[0], tuple(billed[1:]), compared.currency)


def _offers(asked: Mapping[str, OptionAsked], as_of: AsOf) -> dict[str, tuple[StandardOffer, ...]]:
    """The offers of every option's routes; raises `NotBilled` where a route has none."""
    places = [
        (path, f"{path}.routes[{n}].offer", route.offer)
        for path, option in asked.items()
        for n, route in enumerate(option.routes)
    ]
    found = offers_of_ids([written for _, _, written in places], as_of)
    refusals = [
        Refusal(place, one.value, one.expected, one.nearest)
        for (_, place, _), one in zip(places, found, strict=True)
        if isinstance(one, Refusal)
    ]
    if refusals:
        raise NotBilled(refusals)
    rows: dict[str, list[StandardOffer]] = {path: [] for path in asked}
    for (path, _, _), one in zip(places, found, strict=True):
        if isinstance(one, StandardOffer):
            rows[path].append(one)
    return {path: tuple(row) for path, row in rows.items()}


def _option(path: str, asked: OptionAsked, offers: Sequence[StandardOffer]) -> Option:
    try:
        return Option(asked.name, tuple(_routes(asked, offers)))
    except WorkloadError as error:
        refusal = Refusal(f"{path}.routes", str(error.value), error.expected)
        raise NotBilled([refusal]) from error


def _routes(asked: OptionAsked, offers: Sequence[StandardOffer]) -> Iterator[Route]:
    for route, offer in zip(asked.routes, offers, strict=True):
        yield Route(offer.ref, card_of(offer.standings), route.share, route.output_multiplier)


def _billed(
    asked: OptionAsked,
    offers: Sequence[StandardOffer],
    outcome: pure.Outcome,
    told: Mapping[int, StandingRate],
    as_of: AsOf,
    conditions: Conditions,
) -> BilledOption:
    routes = tuple(
        BilledRoute(route, offer, billed_month(month, offer, told, as_of, conditions))
        for route, offer, month in zip(asked.routes, offers, outcome.routes, strict=True)
    )
    beside = in_currency(outcome.total, conditions.currency, conditions.convert_to, as_of.at.date())
    return BilledOption(outcome, routes, beside)
