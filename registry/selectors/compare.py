"""Models beside a baseline: prices, a workload's cost, scores, what they are, who beats whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import permutations

from registry.pricing.cost import NotBillable
from registry.pricing.exact import EXACT, proportion
from registry.pricing.rate_card import NotOnCard
from registry.pricing.terms import STANDARD
from registry.pricing.workload import MonthlyCost
from registry.scoring.gaps import cost_of_one_more, dominates
from registry.scoring.scales import Direction
from registry.selectors.ai_models import ModelRow, models_at
from registry.selectors.card_order import place
from registry.selectors.clocks import AsOf
from registry.selectors.comparison import (
    Compared,
    Comparison,
    ContextBeside,
    Dominance,
    ExtraTask,
    MonthBeside,
    PriceBeside,
    Question,
)
from registry.selectors.rate_cards import StandingRate, told_rates
from registry.selectors.refusals import NotBilled, Refusal, refusal_of
from registry.selectors.resolving import Written, held_names
from registry.selectors.scores_beside import ScoreRow, scores_beside
from registry.selectors.standard_offers import CURRENCY, Meant, StandardOffer, cards_at
from registry.selectors.stated_beside import stated_beside
from registry.selectors.statements import Claimed, Stated
from registry.selectors.workloads import BilledMonth, billed_month, month_at

_PRICES = ("input_tokens", "output_tokens")


def compare(question: Question, as_of: AsOf) -> Comparison:
    """The models beside their baseline; raises `NotBilled` naming every id that means no model.

    Seven statements, whatever is compared, while no name changes.
    """
    offers, said = _offers(question, as_of)
    spoken_of = [one.offer for one in said] + [one.baseline for one in said if one.baseline]
    rows = models_at({o.model for o in (*spoken_of, *(o for _, o in offers)) if o.model}, as_of)
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
        contexts=tuple(_contexts(compared, base)),
        months=tuple(_months(compared, base)),
        scores=scores,
        extra_tasks=tuple(_extra_tasks(compared, scores, question.tasks)),
        dominance=tuple(_dominance(compared, prices, scores)),
        stated=stated_beside(said, rows, scores, as_of),
    )


def _offers(
    question: Question, as_of: AsOf
) -> tuple[list[tuple[str, StandardOffer]], tuple[Stated, ...]]:
    """The offers that are asked for, and what is stated of them; all prices in one statement."""
    names = held_names()
    meant = Meant.by(names, question.models)
    claimed = Claimed.of(names, meant.offer_ids, as_of)
    beside = Meant.by(names, map(Written, claimed.baselines.values()))
    cards = cards_at(meant.offer_ids | beside.offer_ids, as_of)
    offers = _compared_offers(question, meant.priced(cards, as_of))
    said = claimed.told([offer for _, offer in offers], beside.priced(cards, as_of))
    return offers, said


def _compared_offers(
    question: Question, found: Sequence[StandardOffer | Refusal]
) -> list[tuple[str, StandardOffer]]:
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


def _contexts(compared: Iterable[Compared], base: Compared) -> Iterator[ContextBeside]:
    whole = base.model.context_tokens
    for one in compared:
        tokens = one.model.context_tokens
        if tokens is not None:
            times = None if whole is None else proportion(Decimal(tokens), Decimal(whole))
            yield ContextBeside(one.model.ref, tokens, times)


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
