"""``/api/v1/compare`` and ``/api/v1/frontier``"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from rest_framework.request import Request

from registry.api import kinds, kinds_of_prices, kinds_of_scores
from registry.api.operations import Answer, ReadView, operation
from registry.api.queries import BadQuery, Fault, parameter, required
from registry.api.v1 import asking, sending
from registry.api.v1 import examples_of_comparisons as examples
from registry.api.v1.shapes.comparisons import Comparison
from registry.api.v1.shapes.frontiers import Frontier
from registry.pricing.workload import Workload, WorkloadError
from registry.scoring.setups import Setup
from registry.selectors.compare import compare
from registry.selectors.comparison import Question
from registry.selectors.price_and_score import BLENDED, PRICES, PlotQuestion, price_and_score
from registry.selectors.resolving import Written
from registry.selectors.workloads import Conditions

_EQUAL, _ANY = "equal", "any"
_NONE = Decimal(0)
_SETUPS = "equal: only readings under the same known conditions. any: each model's best."


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareQuery(asking.Dated):
    """Which models, beside which, over what work."""

    models: tuple[str, ...] = required(
        kinds.between_commas(2, 12),
        "The models, each priced at its lab's own offer, or offers; in any certain spelling.",
    )
    baseline: str | None = parameter(kinds.TEXT, "One of them; else the first.")
    workload: dict[str, int] | None = parameter(
        kinds_of_prices.COUNTS, "A month of use to be priced."
    )
    cache_hit_share: Decimal = parameter(
        kinds_of_prices.SHARE, "The share of its input that is read from a cache.", _NONE
    )
    batch_share: Decimal = parameter(
        kinds_of_prices.SHARE, "The share of everything that waits for a batch.", _NONE
    )
    tasks: int | None = parameter(kinds_of_scores.TASKS, "How many tasks the workload serves.")
    setups: str = parameter(kinds.one_of((_EQUAL, _ANY)), _SETUPS, _EQUAL)
    convert_to: str | None = parameter(
        kinds_of_prices.CONVERTIBLE, "Tell the month in this currency too."
    )

    def question(self) -> Question:
        """What to compare; raises `BadQuery`."""
        return Question(
            models=tuple(map(Written, self.models)),
            baseline=self.baseline,
            workload=None if self.workload is None else self._workload(self.workload),
            tasks=self.tasks,
            any_setup=self.setups == _ANY,
            conditions=Conditions(convert_to=self.convert_to),
        )

    def _workload(self, counts: dict[str, int]) -> Workload:
        usage = sending.usage_of(counts, sending.CANONICAL, "workload")
        try:
            return Workload(usage, self.cache_hit_share, self.batch_share)
        except WorkloadError as error:
            raise BadQuery(Fault(error.field, str(error.value), error.expected)) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontierQuery(asking.Dated):
    """Which benchmark, against which price."""

    benchmark: str = required(kinds.SLUG, "The benchmark's id.")
    x: str = parameter(kinds.one_of(PRICES), "The price, of the models' own offers.", BLENDED)
    ratio: Decimal = parameter(kinds_of_prices.RATIO, "The blend's.", Decimal(3))
    setup: Setup | None = parameter(
        kinds_of_scores.SETUP, "Only readings under exactly these conditions; else the commonest."
    )
    setups: str = parameter(kinds.one_of((_EQUAL, _ANY)), _SETUPS, _EQUAL)


class CompareView(ReadView):
    """Models side by side."""

    @operation(
        "compare",
        "Models beside a baseline",
        query=CompareQuery,
        answer=Comparison,
        example=examples.COMPARISON,
    )
    def get(self, request: Request, query: CompareQuery) -> Answer:
        """Prices and ratios by meter, a workload's cost, scores and whether their gaps are real.

        Also what each model is, and who beats whom. Readings stand side by side only under equal
        known conditions unless ``setups=any`` asks for each model's best.
        """
        moment = query.as_of()
        return Answer(Comparison.of(compare(query.question(), moment), moment, query.setups))


class FrontierView(ReadView):
    """Price against score."""

    @operation(
        "frontier",
        "Which models nobody beats",
        query=FrontierQuery,
        answer=Frontier,
        example=examples.FRONTIER,
        finds=True,
    )
    def get(self, request: Request, query: FrontierQuery) -> Answer:
        """The Pareto set of price and score at any date, and everyone else as dominated.

        Scores are those of one setup: the one asked for, else the one with most models.
        """
        moment = query.as_of()
        question = PlotQuestion(
            query.benchmark, query.x, query.ratio, query.setup, query.setups == _ANY
        )
        return Answer(Frontier.of(price_and_score(question, moment), question, moment))
