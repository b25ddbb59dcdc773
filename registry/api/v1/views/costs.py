"""``/api/v1/cost``, ``/api/v1/workloads`` and ``/api/v1/scenarios``"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from rest_framework.request import Request

from registry.api import kinds, kinds_of_prices, values
from registry.api.bodies import Body, member, of
from registry.api.operations import Answer, ReadView, posted
from registry.api.queries import BadQuery, Fault
from registry.api.v1 import examples_of_sums as examples
from registry.api.v1 import sending
from registry.api.v1.shapes.bills import Costs
from registry.api.v1.shapes.workloads import ScenarioCosts, WorkloadCosts
from registry.pricing.rate_card import Fallback
from registry.selectors.costs import UsageAsked, bills
from registry.selectors.resolving import Written
from registry.selectors.scenarios import OptionAsked, RouteAsked, scenario_costs
from registry.selectors.workloads import workload_costs

_MOST_USAGES = 1_000
_MOST_MODELS = 100
_MOST_OPTIONS = _MOST_ROUTES = 20
_OFFER = values.text(kinds.TEXT)
_SPELLING = "An offer in any spelling that means just one, such as openai/gpt-5.5."
_PROVIDER = "Who sells it, where the id does not say so."


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageBody(Body):
    """One usage."""

    offer: str = member(_OFFER, _SPELLING)
    provider: str | None = member(values.text(kinds.SLUG), _PROVIDER, None)
    usage: Mapping[str, Any] = member(sending.USAGE, "What was used.")
    flavor: str = member(sending.FLAVOR, "In whose form the usage is.", sending.CANONICAL)
    at: datetime | None = member(
        values.text(kinds.MOMENT), "When it was used; else the moment of the whole question.", None
    )
    tier: str | None = member(values.text(kinds_of_prices.TIER), "The service tier.", None)
    region: str | None = member(
        values.text(kinds_of_prices.REGION), "Where it was processed.", None
    )
    variant: str | None = member(values.text(kinds_of_prices.VARIANT), "The size or quality.", None)
    currency: str = member(
        values.text(kinds_of_prices.CURRENCY), "In which of the card's currencies.", "USD"
    )
    fallback: Fallback | None = member(
        sending.STANDARD_ONLY, "standard: take that rate where the card lacks what is asked.", None
    )
    request_input_tokens: int | None = member(
        sending.TOKENS, "The input of one request, where the usage adds up many.", None
    )
    convert_to: str | None = member(
        values.text(kinds_of_prices.CONVERTIBLE), "Tell the total in this currency too.", None
    )

    def asked(self, path: str) -> UsageAsked:
        """The usage as selectors take it; raises `BadQuery`."""
        return UsageAsked(
            offer=Written(self.offer, self.provider),
            usage=sending.usage_of(self.usage, self.flavor, f"{path}.usage"),
            at=self.at,
            tier=self.tier,
            region=self.region,
            variant=self.variant,
            currency=self.currency,
            fallback=self.fallback,
            request_input_tokens=self.request_input_tokens,
            convert_to=self.convert_to,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CostBody(sending.DatedBody):
    """Usages to be billed."""

    usages: tuple[UsageBody, ...] = member(
        values.one_to(_MOST_USAGES, of(UsageBody)), "One usage, or up to 1,000."
    )

    def asked(self) -> tuple[UsageAsked, ...]:
        """The usages as selectors take them; raises `BadQuery` with the faults of all."""
        asked: list[UsageAsked] = []
        faults: list[Fault] = []
        for position, one in enumerate(self.usages):
            try:
                asked.append(one.asked(f"usages[{position}]"))
            except BadQuery as error:
                faults += error.faults
        if faults:
            raise BadQuery(*faults)
        return tuple(asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkloadBody(sending.MonthlyBody):
    """A month of use, and the models to price it at."""

    models: tuple[str, ...] = member(
        values.one_to(_MOST_MODELS, _OFFER),
        "Models, priced at their lab's own offer; or offers. In any certain spelling.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteBody(Body):
    """A share of the traffic."""

    offer: str = member(_OFFER, "The model or offer that serves it.")
    share: Decimal = member(sending.SHARE, "The share of all traffic.", Decimal(1))
    output_multiplier: Decimal = member(
        sending.FACTOR, "Output tokens that it needs for one of the workload's.", Decimal(1)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionBody(Body):
    """One way to serve the month."""

    name: str = member(values.text(kinds.TEXT), "What to call it.", "baseline")
    routes: tuple[RouteBody, ...] = member(
        values.one_to(_MOST_ROUTES, of(RouteBody)), "Its routes; their shares add up to 1."
    )

    def asked(self) -> OptionAsked:
        """The option as selectors take it."""
        return OptionAsked(self.name, tuple(self._routes()))

    def _routes(self) -> Iterator[RouteAsked]:
        for route in self.routes:
            yield RouteAsked(Written(route.offer), route.share, route.output_multiplier)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioBody(sending.MonthlyBody):
    """A month of use, how it is served today, and how it might be."""

    baseline: OptionBody = member(of(OptionBody), "How it is served today.")
    options: tuple[OptionBody, ...] = member(
        values.one_to(_MOST_OPTIONS, of(OptionBody)), "How it might be."
    )


class CostView(ReadView):
    """Bills."""

    @posted(
        "cost",
        "What usages cost",
        body=CostBody,
        sent=examples.COST_BODY,
        answer=Costs,
        example=examples.COSTS,
    )
    def post(self, request: Request, body: CostBody) -> Answer:
        """An itemised bill for each usage, exact to the last digit, each line with its receipt.

        A tier, region or variant that a card does not have is an error that names what exists,
        unless ``fallback`` allows the standard rate; whatever was taken in place of something else
        is said on the line. Nothing is left out: one usage that cannot be billed refuses all, and
        every fault is told.
        """
        asked, moment = body.asked(), body.as_of()
        billed = bills(asked, moment)
        return Answer(Costs.of([one.offer.id for one in asked], billed, moment))


class WorkloadsView(ReadView):
    """A month at many models."""

    @posted(
        "workloads",
        "What a month costs at many models",
        body=WorkloadBody,
        sent=examples.WORKLOAD_BODY,
        answer=WorkloadCosts,
        example=examples.WORKLOAD_COSTS,
    )
    def post(self, request: Request, body: WorkloadBody) -> Answer:
        """A monthly load at up to 100 models, the cheapest first.

        A model is priced at its lab's own offer, or, where its lab sells none, at the cheapest
        seller's. What cannot be billed as asked stands last, and why.
        """
        moment, models = body.as_of(), tuple(map(Written, body.models))
        costs = workload_costs(models, body.workload(), moment, body.conditions())
        return Answer(WorkloadCosts.of(costs, moment))


class ScenariosView(ReadView):
    """A month if its traffic went elsewhere."""

    @posted(
        "scenarios",
        "What a month would cost elsewhere",
        body=ScenarioBody,
        sent=examples.SCENARIO_BODY,
        answer=ScenarioCosts,
        example=examples.SCENARIO_COSTS,
    )
    def post(self, request: Request, body: ScenarioBody) -> Answer:
        """A baseline, and options of routes with shares of the traffic: upgrade, migrate, split.

        A route's output multiplier says how many output tokens it needs for the same work.
        """
        moment, options = body.as_of(), [one.asked() for one in body.options]
        found = scenario_costs(
            body.workload(), body.baseline.asked(), options, moment, body.conditions()
        )
        return Answer(ScenarioCosts.of(found, moment))
