"""The calculator: a month at many models, one request to the last digit, traffic that moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.http import HttpRequest, HttpResponse, QueryDict

from registry.pages import asking
from registry.pages.asking import Refused
from registry.pages.clock import Clock, read_moment
from registry.pages.showing import page, show
from registry.pages.workloads import Month
from registry.pricing.flavors import FLAVORS, read_usage
from registry.pricing.rate_card import STANDARD_TIER
from registry.pricing.terms import TIERS
from registry.pricing.usage import Usage, UsageError
from registry.selectors.costs import Billed, UsageAsked, bills
from registry.selectors.refusals import NotBilled, Refusal
from registry.selectors.resolving import Written
from registry.selectors.scenarios import BilledScenario, OptionAsked, RouteAsked, scenario_costs
from registry.selectors.workloads import Conditions, workload_costs
from scrapers.claims import PageError
from scrapers.json_text import JsonFault, read_json

MOST_MODELS = 60
USUAL_MODELS = (
    "openai/gpt-5.5",
    "openai/gpt-5.4",
    "anthropic/claude-opus-4-7",
    "deepseek/deepseek-v4-pro",
    "deepseek/deepseek-v4-flash",
    "moonshotai/kimi-k2.6",
    "qwen/qwen3.6-27b",
)
_WHOLE = Decimal(100)
_LONGEST_USAGE = 4_000
_SAMPLE = '{"input_tokens": 12000, "cache_read_tokens": 8000, "output_tokens": 900}'
CANONICAL = "canonical"


@page
def month(request: HttpRequest, clock: Clock) -> HttpResponse:
    """What a month's load costs at many models, the cheapest first."""
    load, models = Month.of(request.GET), _models(request.GET)
    written = tuple(map(Written, models))
    return show(
        request,
        "pages/calculator/month.html",
        clock,
        section="calculator",
        month=load,
        models=models,
        models_text="\n".join(models),
        costs=workload_costs(written, load.workload(), clock.as_of, Conditions()),
    )


@dataclass(frozen=True, slots=True)
class OneRequest:
    """One usage as a client, a log or a bill has it."""

    offer: str
    flavor: str
    written: str
    tier: str
    at: datetime | None
    fallback: bool

    @classmethod
    def of(cls, query: QueryDict) -> OneRequest:
        """Raises `Refused`."""
        when = query.get("when", "").strip()
        return cls(
            offer=asking.text(query, "offer") or USUAL_MODELS[0],
            flavor=asking.choice(query, "flavor", (CANONICAL, *FLAVORS), CANONICAL),
            written=query.get("usage", "").strip() or _SAMPLE,
            tier=asking.choice(query, "tier", ("", STANDARD_TIER, *sorted(TIERS)), ""),
            # A browser's field of date and time knows no zone; the page says that it is UTC.
            at=read_moment(f"{when}Z" if "T" in when else when, "when") if when else None,
            fallback=asking.choice(query, "fallback", ("", "standard"), "") == "standard",
        )

    def usage(self) -> Usage:
        """The counts; raises `Refused` with the place of the one at fault."""
        if len(self.written) > _LONGEST_USAGE:
            raise Refused("usage", self.written[:40], f"at most {_LONGEST_USAGE} characters")
        try:
            counts = read_json(self.written.encode())
            if not isinstance(counts, dict):
                raise Refused("usage", self.written[:40], "a JSON object")
            return Usage.of(counts) if self.flavor == CANONICAL else read_usage(self.flavor, counts)
        except UsageError as error:
            raise Refused(f"usage.{error.field}", str(error.value), error.expected) from error
        except PageError as error:
            raise Refused("usage", error.found, error.expected) from error
        except JsonFault as error:
            raise Refused(f"usage.{error.field}", error.value, error.expected) from error

    def asked(self) -> UsageAsked:
        """The usage as it is billed."""
        return UsageAsked(
            Written(self.offer),
            self.usage(),
            at=self.at,
            tier=self.tier or None,
            fallback="standard" if self.fallback else None,
        )


@page
def one_request(request: HttpRequest, clock: Clock) -> HttpResponse:
    """The bill of one usage, each line with its receipt."""
    asked = OneRequest.of(request.GET)
    bill: Billed | None = None
    refused: Sequence[Refusal] = ()
    try:
        [bill] = bills([asked.asked()], clock.as_of)
    except NotBilled as error:
        refused = error.refusals
    return show(
        request,
        "pages/calculator/request.html",
        clock,
        section="calculator",
        asked=asked,
        flavors=(CANONICAL, *FLAVORS),
        tiers=(STANDARD_TIER, *sorted(TIERS)),
        bill=bill,
        refused=refused,
    )


@dataclass(frozen=True, slots=True)
class Move:
    """Traffic that goes from one model to another, and a part of it that may stay."""

    today: str
    target: str
    share: Decimal
    output_multiplier: Decimal

    @classmethod
    def of(cls, query: QueryDict) -> Move:
        """Raises `Refused`."""
        return cls(
            today=asking.text(query, "today") or USUAL_MODELS[0],
            target=asking.text(query, "target") or "deepseek/deepseek-v4-pro",
            share=asking.amount(query, "share", most=_WHOLE, default=Decimal(80)),
            output_multiplier=asking.amount(
                query, "multiplier", most=Decimal(100), default=Decimal(1)
            ),
        )

    def options(self) -> tuple[OptionAsked, ...]:
        """All of it moved, and a part of it, where it is a part."""
        moved = Written(self.target)
        everything = OptionAsked(
            "migrate", (RouteAsked(moved, Decimal(1), self.output_multiplier),)
        )
        part = self.share / _WHOLE
        if not 0 < part < 1:
            return (everything,)
        split = (
            RouteAsked(moved, part, self.output_multiplier),
            RouteAsked(Written(self.today), 1 - part),
        )
        return (everything, OptionAsked("hybrid", split))


@page
def scenario(request: HttpRequest, clock: Clock) -> HttpResponse:
    """What a month would cost if its traffic went elsewhere, wholly or in part."""
    load, move = Month.of(request.GET), Move.of(request.GET)
    if not move.output_multiplier:
        raise Refused("multiplier", "0", "a number above 0")
    baseline = OptionAsked("today", (RouteAsked(Written(move.today)),))
    found: BilledScenario | None = None
    refused: Sequence[Refusal] = ()
    try:
        found = scenario_costs(load.workload(), baseline, move.options(), clock.as_of, Conditions())
    except NotBilled as error:
        refused = error.refusals
    return show(
        request,
        "pages/calculator/scenario.html",
        clock,
        section="calculator",
        month=load,
        move=move,
        options=() if found is None else (found.baseline, *found.options),
        currency=None if found is None else found.currency,
        refused=refused,
    )


def _models(query: QueryDict) -> tuple[str, ...]:
    """Ids by lines or commas, each once, in their order; raises `Refused`."""
    given = query.get("models", "").replace(",", "\n").splitlines()
    names = tuple(dict.fromkeys(filter(None, map(str.strip, given))))
    if len(names) > MOST_MODELS:
        raise Refused("models", f"{len(names)} models", f"at most {MOST_MODELS}")
    long = next((name for name in names if len(name) > asking.LONGEST_TEXT), None)
    if long is not None:
        raise Refused("models", long[:40], f"at most {asking.LONGEST_TEXT} characters each")
    return names or USUAL_MODELS
