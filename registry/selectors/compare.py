"""Models beside a baseline: prices, a workload's cost, scores, what they are, who beats whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import permutations

from registry.pricing.cost import NotBillable
from registry.pricing.exact import EXACT, proportion
from registry.pricing.rate_card import NotOnCard
from registry.pricing.terms import STANDARD
from registry.pricing.workload import MonthlyCost, Workload
from registry.scoring.gaps import cost_of_one_more, dominates
from registry.scoring.scales import Direction
from registry.selectors.ai_models import ModelRow, models_of
from registry.selectors.card_order import place
from registry.selectors.clocks import AsOf
from registry.selectors.rate_cards import StandingRate, told_rates
from registry.selectors.refusals import NotBilled, Refusal, refusal_of
from registry.selectors.resolving import Written
from registry.selectors.scores_beside import ScoreRow, scores_beside
from registry.selectors.standard_offers import CURRENCY, StandardOffer, offers_of_ids
from registry.selectors.workloads import BilledMonth, Conditions, billed_month, month_at

_PRICES = ("input_tokens", "output_tokens")


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
    """Everything side by side: prices and scores as of both clocks, facts of the models today's."""

    baseline: str
    models: tuple[Compared, ...]
    prices: dict[str, tuple[PriceBeside, ...]]
    months: tuple[MonthBeside, ...]
    scores: tuple[ScoreRow, ...]
    extra_tasks: tuple[ExtraTask, ...]
    dominance: tuple[Dominance, ...]


def compare(question: Question, as_of: AsOf) -> Comparison:
    """The models beside their baseline; raises `NotBilled` naming every id that means no model.

    Seven statements, whatever is compared, while no name changes.
    """
    offers = _offers(question, as_of)
    rows = models_of([offer.model for _, offer in offers if offer.model])
    told = told_rates([one for _, offer in offers for one in offer.standings], as_of)
    compared = tuple(
        _compared(asked, offer, rows[str(offer.model)], question, told, as_of)
        for asked, offer in offers
    )
    base = _baseline(question, compared)
    scores = scores_beside(
        [one.model.model_id for one in compared],
        base.model.model_id,
        as_of,
        any_setup=question.any_setup,
    )
    prices = _prices(compared, base, told)
    return Comparison(
        baseline=base.model.ref,
        models=compared,
        prices=prices,
        months=tuple(_months(compared, base)),
        scores=scores,
        extra_tasks=tuple(_extra_tasks(compared, scores, question.tasks)),
        dominance=tuple(_dominance(compared, prices, scores)),
    )


def _offers(question: Question, as_of: AsOf) -> list[tuple[str, StandardOffer]]:
    found = offers_of_ids(question.models, as_of)
    refusals = [one for one in found if isinstance(one, Refusal)]
    offers: list[tuple[str, StandardOffer]] = []
    for position, (asked, one) in enumerate(zip(question.models, found, strict=True)):
        if isinstance(one, Refusal):
            continue
        if one.model is None:
            expected = "an offer whose model is known"
            refusals.append(Refusal(f"models[{position}]", asked.id, expected))
        elif any(one.model == other.model for _, other in offers):
            refusals.append(Refusal(f"models[{position}]", asked.id, "each model once"))
        offers.append((asked.id, one))
    if refusals:
        raise NotBilled(refusals)
    return offers


def _compared(
    asked: str,
    offer: StandardOffer,
    model: ModelRow,
    question: Question,
    told: Mapping[int, StandingRate],
    as_of: AsOf,
) -> Compared:
    month: BilledMonth | None = None
    refusal: Refusal | None = None
    if question.workload is not None:
        try:
            cost: MonthlyCost = month_at(offer, question.workload, as_of, question.conditions)
            month = billed_month(cost, offer, told, as_of, question.conditions)
        except (NotOnCard, NotBillable) as error:
            refusal = refusal_of(error)
    return Compared(asked, model, offer, month, refusal)


def _baseline(question: Question, compared: Sequence[Compared]) -> Compared:
    if question.baseline is None:
        return compared[0]
    for one in compared:
        if question.baseline in (one.asked, one.model.ref, one.offer.ref):
            return one
    names = ", ".join(one.asked for one in compared)
    raise NotBilled([Refusal("baseline", question.baseline, f"one of the models: {names}")])


def _prices(
    compared: Iterable[Compared], base: Compared, told: Mapping[int, StandingRate]
) -> dict[str, tuple[PriceBeside, ...]]:
    """Everyday dollar prices by meter, in the order of a card."""
    everyday = {
        one.model.ref: [
            standing
            for standing in one.offer.standings
            if standing.terms == STANDARD and standing.currency == CURRENCY
        ]
        for one in compared
    }
    amounts = {standing.meter: standing.amount for standing in everyday[base.model.ref]}
    keys = sorted({one.key for found in everyday.values() for one in found}, key=place)
    return {
        key.meter: tuple(
            PriceBeside(
                ref,
                told[standing.point_id],
                _over(standing.amount, amounts.get(key.meter)),
                _over(amounts.get(key.meter), standing.amount),
            )
            for ref, found in everyday.items()
            for standing in found
            if standing.meter == key.meter
        )
        for key in keys
    }


def _months(compared: Iterable[Compared], base: Compared) -> Iterator[MonthBeside]:
    if base.month is None:
        return
    for one in compared:
        if one.month is not None:
            yield MonthBeside(
                one.model.ref,
                one.month.total,
                EXACT.subtract(one.month.total, base.month.total),
                _over(one.month.total, base.month.total),
                _over(base.month.total, one.month.total),
            )


def _extra_tasks(
    compared: Iterable[Compared], scores: Iterable[ScoreRow], tasks: int | None
) -> Iterator[ExtraTask]:
    """For every gap to the baseline, from the worse of the two to the better one."""
    totals = {one.model.ref: one.month.total for one in compared if one.month is not None}
    for row in scores:
        base = next((one.reading for one in row.scores if one.gap is None), None)
        for one in row.scores:
            gap = one.gap
            if gap is None or base is None or gap.failures_in_100 is None or not tasks:
                continue
            better, worse = (one.reading, base) if gap.ahead else (base, one.reading)
            if gap.ahead is None or not {better.model, worse.model} <= totals.keys():
                continue
            extra = EXACT.subtract(totals[better.model], totals[worse.model])
            cost = cost_of_one_more(extra, abs(gap.failures_in_100), tasks)
            yield ExtraTask(row.benchmark.slug, better.model, worse.model, cost)


def _dominance(
    compared: Sequence[Compared],
    prices: Mapping[str, Iterable[PriceBeside]],
    scores: Iterable[ScoreRow],
) -> Iterator[Dominance]:
    """Over the prices of input and output and every comparable score, where both have of each."""
    measures: dict[str, dict[str, Decimal]] = {one.model.ref: {} for one in compared}
    directions = dict.fromkeys(_PRICES, Direction.LOWER)
    for meter in _PRICES:
        for price in prices.get(meter, ()):
            if (amount := price.rate.standing.amount) is not None:
                measures[price.model][meter] = amount
    for row in scores:
        if row.comparable:
            name = ";".join(filter(None, (row.benchmark.slug, row.setup.key if row.setup else "")))
            directions[name] = row.benchmark.direction
            for one in row.scores:
                measures[one.reading.model][name] = one.reading.value
    for first, second in permutations(measures, 2):
        shared = measures[first].keys() & measures[second].keys()
        by = dominates(measures[first], measures[second], directions)
        if by and shared & set(_PRICES) and shared - set(_PRICES):
            yield Dominance(first, second, by)


def _over(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    return proportion(part, whole) if part is not None and whole else None
