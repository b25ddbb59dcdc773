"""What is published in a line each, for the audit trail."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from registry.benchmarks.models import Benchmark
from registry.catalog.facts import text_of
from registry.catalog.models import Model, Offer
from registry.ledger.facts import NewFact, Subject
from registry.ledger.models import PricePoint
from registry.ledger.points import NewPoint, NewStart
from registry.ledger.scores import NewScore
from registry.pricing.quotes import plain


def told_starts(starts: Iterable[NewStart]) -> list[str]:
    """Prices, then scores, then facts: of what, which, and from when."""
    told = list(starts)
    prices = [one for one in told if isinstance(one, NewPoint)]
    scores = [one for one in told if isinstance(one, NewScore)]
    facts = [one for one in told if isinstance(one, NewFact)]
    return [*_prices(prices), *_scores(scores), *_facts(facts)]


def told_score(point: NewScore) -> str:
    """What a score says: a value, or a state in words."""
    return point.state.value if point.value is None else f"{plain(point.value):f}"


def told_fact(point: NewFact) -> str:
    """What a fact says: its text, or a state in words."""
    return point.state.value if point.value is None else text_of(point.value)


def _prices(points: Sequence[NewPoint]) -> list[str]:
    names = _offers({point.offer_id for point in points})
    return [
        _line(
            f"{names.get(point.offer_id, '')}:", point.key.meter, point.key.terms.key,
            _price(point), _since(point),
        )
        for point in points
    ]  # fmt: skip


def _scores(points: Sequence[NewScore]) -> list[str]:
    models = _models({point.model_id for point in points})
    slugs = dict(
        Benchmark.objects.filter(pk__in={point.benchmark_id for point in points}).values_list(
            "pk", "slug"
        )
    )
    return [
        _line(
            f"{models.get(point.model_id, '')}:", slugs.get(point.benchmark_id, ""),
            point.setup.key, told_score(point), _since(point),
        )
        for point in points
    ]  # fmt: skip


def _facts(points: Sequence[NewFact]) -> list[str]:
    offers = _offers({point.of.pk for point in points if point.of.kind == "offer"})
    models = _models({point.of.pk for point in points if point.of.kind == "model"})
    names: dict[Subject, str] = {Subject.offer(pk): name for pk, name in offers.items()}
    names |= {Subject.model(pk): name for pk, name in models.items()}
    return [
        _line(f"{names.get(point.of, '')}:", point.name, told_fact(point), _since(point))
        for point in points
    ]


def _line(*words: str) -> str:
    return " ".join(filter(None, words))


def _since(point: NewStart) -> str:
    return f"from {point.starts_at:%Y-%m-%d %H:%M}"


def _price(point: NewPoint) -> str:
    if point.amount is None:
        return PricePoint.State(point.state).value
    return f"{plain(point.amount):f} {point.key.currency}"


def _offers(ids: Iterable[int]) -> dict[int, str]:
    found = Offer.objects.filter(pk__in=list(ids)).select_related("provider")
    return {offer.pk: str(offer) for offer in found}


def _models(ids: Iterable[int]) -> dict[int, str]:
    found = Model.objects.filter(pk__in=list(ids)).select_related("lab")
    return {model.pk: model.ref for model in found}
