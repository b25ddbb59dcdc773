"""What if the traffic went elsewhere: a baseline, and options compared with it.

An option splits a workload over routes. A route may need more or fewer output tokens for the same
work, which its output multiplier says.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from registry.pricing.exact import EXACT, exact_product, exact_sum, proportion
from registry.pricing.meters import METERS
from registry.pricing.rate_card import Fallback, RateCard
from registry.pricing.usage import outermost
from registry.pricing.workload import (
    MonthlyCost,
    Workload,
    WorkloadError,
    is_plain_factor,
    monthly_cost,
    require_share,
)

_OUTERMOST = frozenset(map(outermost, METERS))
_OUTPUTS = frozenset(name for name in _OUTERMOST if name.startswith("output_"))


@dataclass(frozen=True, slots=True)
class Route:
    """A share of the traffic to one offer; ``name`` is what a reader calls it."""

    name: str
    card: RateCard
    share: Decimal = Decimal(1)
    output_multiplier: Decimal = Decimal(1)

    def __post_init__(self) -> None:
        require_share(f"{self.name}: share", self.share)
        if not (is_plain_factor(self.output_multiplier) and self.output_multiplier > 0):
            raise WorkloadError(
                f"{self.name}: output_multiplier",
                self.output_multiplier,
                "a Decimal above zero, of at most 15 digits",
            )


@dataclass(frozen=True, slots=True)
class Option:
    """One way to serve the whole workload: the shares of its routes add up to exactly 1."""

    name: str
    routes: tuple[Route, ...]

    def __post_init__(self) -> None:
        shares = exact_sum(route.share for route in self.routes)
        if shares != 1:
            raise WorkloadError(
                f"{self.name}: shares", f"a sum of {shares:f}", "routes that add up to exactly 1"
            )


@dataclass(frozen=True, slots=True)
class Scenario:
    """A month's work, how it is served today, and how it might be."""

    workload: Workload
    baseline: Option
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an option costs a month, beside the baseline.

    ``routes``: each route's cost, in the option's order. ``difference``: negative is a saving.
    ``percent``: the difference in percent of the baseline, to 12 significant digits; None when the
    baseline costs nothing. ``times_cheaper``: baseline over total, likewise; None at no cost.
    """

    name: str
    routes: tuple[MonthlyCost, ...]
    total: Decimal
    difference: Decimal
    percent: Decimal | None
    times_cheaper: Decimal | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The baseline's own outcome (difference zero) and one for every option, in order."""

    baseline: Outcome
    options: tuple[Outcome, ...]
    currency: str


def compare(
    scenario: Scenario,
    *,
    at: datetime,
    region: str | None = None,
    currency: str = "USD",
    fallback: Fallback | None = None,
) -> Comparison:
    """Bills the baseline and every option at one moment; raises what `monthly_cost` raises."""

    def routes_of(option: Option) -> tuple[MonthlyCost, ...]:
        return tuple(
            monthly_cost(
                route.card,
                _routed(scenario.workload, route),
                at=at,
                region=region,
                currency=currency,
                fallback=fallback,
            )
            for route in option.routes
        )

    today = routes_of(scenario.baseline)
    baseline = _total(today)
    return Comparison(
        _outcome(scenario.baseline.name, today, baseline),
        tuple(_outcome(option.name, routes_of(option), baseline) for option in scenario.options),
        currency,
    )


def _routed(workload: Workload, route: Route) -> Workload:
    """The route's part of the work. Hits are counted first: the share must not find them twice."""
    stretched = exact_product(route.share, route.output_multiplier)
    factors = {name: stretched if name in _OUTPUTS else route.share for name in _OUTERMOST}
    return Workload(
        workload.expected_usage.scaled(factors),
        batch_share=workload.batch_share,
        request_input_tokens=workload.request_input_tokens,
    )


def _total(routes: Iterable[MonthlyCost]) -> Decimal:
    return exact_sum(route.total for route in routes)


def _outcome(name: str, routes: tuple[MonthlyCost, ...], baseline: Decimal) -> Outcome:
    total = _total(routes)
    difference = EXACT.subtract(total, baseline)
    return Outcome(
        name=name,
        routes=routes,
        total=total,
        difference=difference,
        percent=proportion(exact_product(difference, Decimal(100)), baseline) if baseline else None,
        times_cheaper=proportion(baseline, total) if total else None,
    )
