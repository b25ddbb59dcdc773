"""What only a person can settle: names, meters, disagreements."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count

from registry.catalog.knowledge import identity_index
from registry.catalog.likeness import ranked
from registry.catalog.matches import Unmatched
from registry.catalog.models import Model, Offer
from registry.curation.models import Review
from registry.curation.policy.reasons import Reason
from registry.curation.voices import current_cards
from registry.ingest.questions import OpenName, open_names
from registry.ledger.models import PricePoint
from registry.pricing.rates import Rate, RateKey

PAGE = 25
_SUGGESTIONS = 3
_UNKNOWN = (Reason.UNKNOWN_FIELD, Reason.UNKNOWN_UNIT)
_DISPUTED = 400
_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A model that an offer may be; ``named`` where a rule names it among others."""

    model_id: int
    ref: str
    percent: int
    named: bool


@dataclass(frozen=True, slots=True)
class Nameless:
    """An offer that no rule links: why, and which models it is most like."""

    offer_id: int
    provider: str
    model_id: str
    reason: str
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class NamelessPage:
    """Some of the offers without a model."""

    rows: tuple[Nameless, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A name of a source that the vocabulary lacks: how often it waits, and an item of it."""

    reason: str
    name: str
    source: str
    items: int
    review_id: int


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A series on which the sources differ: lowest and highest word, and how many times apart."""

    offer_id: int
    offer: str
    key: RateKey
    low: Decimal
    high: Decimal
    factor: Decimal


def nameless_offers(*, provider: str = "", page: int = 1) -> NamelessPage:
    """Offers without a model, by provider and id, with ranked suggestions. Five statements."""
    found = Offer.objects.filter(model=None).order_by("provider__slug", "provider_model_id")
    if provider:
        found = found.filter(provider__slug=provider)
    total = found.count()
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    index = identity_index()
    models = {f"{lab}/{slug}": pk for pk, lab, slug in _models()}
    rows = []
    shown = found.values_list("pk", "provider__slug", "provider_model_id")
    for pk, seller, model_id in shown[(page - 1) * PAGE : page * PAGE]:
        link = index.link(seller, model_id)
        named = link.candidates if isinstance(link, Unmatched) else (link.model_ref,)
        reason = link.reason.value if isinstance(link, Unmatched) else "known since"
        suggestions = tuple(_suggestions(model_id, named, models))
        rows.append(Nameless(pk, seller, model_id, reason, suggestions))
    return NamelessPage(tuple(rows), total, page, pages)


def sellers_of_nameless() -> list[tuple[str, int]]:
    """The providers of offers without a model, with how many they have."""
    counted = Offer.objects.filter(model=None).values_list("provider__slug")
    return list(counted.annotate(n=Count("pk")).order_by("-n", "provider__slug"))


def unknown_names() -> tuple[UnknownName, ...]:
    """The fields and units that sources use and the vocabulary lacks, the most frequent first."""
    items = Review.objects.filter(state=Review.State.OPEN, reason__in=_UNKNOWN)
    counts: Counter[tuple[str, str, str]] = Counter()
    first: dict[tuple[str, str, str], int] = {}
    for pk, source, findings in items.values_list("pk", "source__slug", "findings"):
        for reason, field, _, _ in findings:
            if reason in _UNKNOWN:
                name = (reason, field, source or "")
                counts[name] += 1
                first.setdefault(name, pk)
    return tuple(
        UnknownName(*name, number, first[name]) for name, number in counts.most_common(_SHOWN)
    )


def score_names() -> tuple[OpenName, ...]:
    """Names of models and benchmarks on leaderboards that mean nothing yet, the most waited for."""
    waiting = sorted(open_names(), key=lambda one: (-one.claims, one.source, one.name))
    return tuple(waiting[:_SHOWN])


def disagreements() -> tuple[Disagreement, ...]:
    """Disputed prices by how far the sources are apart, over the offers disputed most lately."""
    disputed = PricePoint.objects.filter(status=PricePoint.Status.DISPUTED).order_by("-revision_id")
    lately = disputed.values_list("series__offer_id", flat=True)[: 5 * _DISPUTED]
    offer_ids = list(dict.fromkeys(lately))[:_DISPUTED]
    names = {
        pk: f"{provider}/{model_id}"
        for pk, provider, model_id in Offer.objects.filter(pk__in=offer_ids).values_list(
            "pk", "provider__slug", "provider_model_id"
        )
    }
    found = [
        apart
        for offer_id, cards in current_cards(offer_ids).items()
        for apart in _apart(offer_id, names[offer_id], (card.rates for card in cards.values()))
    ]
    return tuple(sorted(found, key=lambda one: (-one.factor, one.offer))[:_SHOWN])


def _apart(offer_id: int, name: str, cards: Iterable[Iterable[Rate]]) -> Iterable[Disagreement]:
    said: dict[RateKey, list[Decimal]] = defaultdict(list)
    for rates in cards:
        for rate in rates:
            if rate.amount is not None:
                said[rate.key].append(rate.amount)
    for key, amounts in said.items():
        low, high = min(amounts), max(amounts)
        if high > low:
            yield Disagreement(offer_id, name, key, low, high, high / low)


def _models() -> Iterable[tuple[int, str, str]]:
    held = Model.objects.filter(merged_into=None)
    return held.values_list("pk", "lab__slug", "slug")


def _suggestions(
    model_id: str, named: Iterable[str], models: dict[str, int]
) -> Iterable[Suggestion]:
    """Those that a rule names first, then those that are most alike."""
    known = [ref for ref in named if ref in models]
    for ref in known[:_SUGGESTIONS]:
        yield Suggestion(models[ref], ref, 100, named=True)
    name = model_id.rpartition("/")[2]
    for ref, rated in ranked(name, models, most=_SUGGESTIONS):
        if ref not in known:
            yield Suggestion(models[ref], ref, round(100 * rated), named=False)


def model_id_of(ref: str) -> int | None:
    """The id of a model by its reference, ``lab/name``; of none that is another's second name."""
    lab, _, slug = ref.partition("/")
    held = Model.objects.filter(lab__slug=lab, slug=slug, merged_into=None)
    return held.values_list("pk", flat=True).first()
