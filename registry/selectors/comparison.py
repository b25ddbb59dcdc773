"""What a comparison of models is made of: prices, contexts, a month, scores, statements."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from registry.pricing.workload import Workload
from registry.selectors.ai_models import ModelRow
from registry.selectors.rate_cards import StandingRate
from registry.selectors.refusals import Refusal
from registry.selectors.resolving import Written
from registry.selectors.scores_beside import ScoreRow
from registry.selectors.standard_offers import StandardOffer
from registry.selectors.stated_beside import StatedBeside
from registry.selectors.workloads import BilledMonth, Conditions


@dataclass(frozen=True, slots=True)
class Question:
    """What to compare.

    ``models``: two or more; the first is the baseline unless ``baseline`` names another of them.
    ``tasks``: how many tasks the workload serves. ``any_setup``: as `scores_beside` has it.
    """

    models: tuple[Written, ...]
    baseline: str | None = None
    workload: Workload | None = None
    tasks: int | None = None
    any_setup: bool = False
    conditions: Conditions = field(default_factory=Conditions)


@dataclass(frozen=True, slots=True)
class Compared:
    """One of the models: what it is, who sells it at the prices that are compared.

    ``month``: the workload's cost, None where none was asked or it is refused.
    """

    asked: str
    model: ModelRow
    offer: StandardOffer
    month: BilledMonth | None
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class PriceBeside:
    """One model's everyday price of a meter, beside the baseline's.

    ``times``: it over the baseline's; ``times_cheaper``: the other way round; to 12 significant
    digits, None where either is not an amount.
    """

    model: str
    rate: StandingRate
    times: Decimal | None
    times_cheaper: Decimal | None


@dataclass(frozen=True, slots=True)
class ContextBeside:
    """How long a context a model takes, beside the baseline's; ``times`` as in `PriceBeside`."""

    model: str
    tokens: int
    times: Decimal | None


@dataclass(frozen=True, slots=True)
class MonthBeside:
    """One model's month beside the baseline's; ``difference`` negative: a saving."""

    model: str
    total: Decimal
    difference: Decimal
    times: Decimal | None
    times_cheaper: Decimal | None


@dataclass(frozen=True, slots=True)
class ExtraTask:
    """What each task costs that the better of two models solves more than the other.

    None where the better one is not the dearer one: then nothing is paid for it.
    """

    benchmark: str
    better: str
    than: str
    cost: Decimal | None


@dataclass(frozen=True, slots=True)
class Dominance:
    """A model that another beats: better ``by`` these measures, and by none of the shared worse."""

    model: str
    beats: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything side by side, as of both clocks; ``stated``: what sources say of it themselves."""

    baseline: str
    models: tuple[Compared, ...]
    prices: dict[str, tuple[PriceBeside, ...]]
    contexts: tuple[ContextBeside, ...]
    months: tuple[MonthBeside, ...]
    scores: tuple[ScoreRow, ...]
    extra_tasks: tuple[ExtraTask, ...]
    dominance: tuple[Dominance, ...]
    stated: tuple[StatedBeside, ...]
