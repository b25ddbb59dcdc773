"""The queue of what waits for a person: what there is, how much of each kind, a page at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from registry.catalog.models import Provider
from registry.curation.models import Review
from registry.ingest.models import Source

PAGE = 50

SIZES: dict[str, tuple[Decimal | None, Decimal | None]] = {
    "under 3x": (None, Decimal(3)),
    "3x to 10x": (Decimal(3), Decimal(10)),
    "10x and more": (Decimal(10), None),
}
"""By name, the factors of the largest step: from, and below."""

AGES: dict[str, tuple[timedelta | None, timedelta | None]] = {
    "today": (None, timedelta(days=1)),
    "this week": (timedelta(days=1), timedelta(days=7)),
    "this month": (timedelta(days=7), timedelta(days=30)),
    "older": (timedelta(days=30), None),
}
"""By name, the time since an item was first seen: at least, and less than."""

ORDERS: dict[str, tuple[Any, ...]] = {
    "newest": ("-seen_at", "-pk"),
    "oldest": ("seen_at", "pk"),
    "largest": (F("factor").desc(nulls_last=True), "-pk"),
    "smallest": (F("factor").asc(nulls_last=True), "pk"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person wants to see of the queue; empty is everything."""

    state: str = Review.State.OPEN
    reason: str = ""
    source: str = ""
    provider: str = ""
    size: str = ""
    age: str = ""
    order: str = "newest"
    page: int = 1


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One item of the queue; ``found`` is the value of its first finding, often old -> new."""

    pk: int
    seen_at: datetime
    source: str
    offer: str
    outcome: str
    reason: str
    field: str
    found: str
    findings: int
    factor: Decimal | None
    state: str
    answered_by: str
    answer_note: str


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of the queue.

    ``facets``: by filter, each value with how many items it would leave, the other filters given.
    ``pages`` is how many there are; one that is beyond the last shows the last.
    """

    rows: tuple[QueueRow, ...]
    total: int
    page: int
    pages: int
    facets: Mapping[str, list[tuple[str, int]]] = field(default_factory=dict)


def queue(asked: Asked, *, at: datetime) -> Queue:
    """The items that were asked for, in their order. Six statements at any length of the queue."""
    sources = dict(Source.objects.values_list("pk", "slug"))
    providers = dict(Provider.objects.values_list("pk", "slug"))
    found = Review.objects.filter(state=asked.state)
    of_provider = {pk for pk, slug in providers.items() if slug == asked.provider}
    of_source = {pk for pk, slug in sources.items() if slug == asked.source}
    if asked.provider:
        found = found.filter(offer__provider_id__in=of_provider)
    banded = _size(asked.size) & _age(asked.age, at)
    kinds = _kinds(found.filter(banded), sources)
    total = sum(n for kind, n in kinds if _fits(kind, (asked.reason, asked.source)))
    named = found
    if asked.reason:
        named = named.filter(reason=asked.reason)
    if asked.source:
        named = named.filter(source_id__in=of_source)
    pages = max(1, -(-total // PAGE))
    page = min(max(1, asked.page), pages)
    start = (page - 1) * PAGE
    order = ORDERS.get(asked.order, ORDERS["newest"])
    shown = tuple(_rows(named.filter(banded).order_by(*order)[start : start + PAGE]))
    facets = {
        "reason": _facet(0, kinds, ("", asked.source)),
        "source": _facet(1, kinds, (asked.reason, "")),
        "provider": _sellers(named.filter(banded), providers),
        **_bands(named, asked, at),
    }
    return Queue(shown, total, page, pages, facets)


def neighbours(pk: int) -> tuple[int | None, int | None]:
    """The open items before and after one in the order of the queue, newest first."""
    item = Review.objects.filter(pk=pk).values_list("seen_at", flat=True).first()
    if item is None:
        return None, None
    queue = Review.objects.filter(state=Review.State.OPEN)
    newer = queue.filter(Q(seen_at__gt=item) | Q(seen_at=item, pk__gt=pk))
    older = queue.filter(Q(seen_at__lt=item) | Q(seen_at=item, pk__lt=pk))
    return (
        newer.order_by("seen_at", "pk").values_list("pk", flat=True).first(),
        older.order_by("-seen_at", "-pk").values_list("pk", flat=True).first(),
    )


def open_items() -> int:
    """How many items wait."""
    return Review.objects.filter(state=Review.State.OPEN).count()


# A reason and a source, with how many items are of both.
_Kind = tuple[tuple[str, str], int]


def _kinds(found: QuerySet[Review], sources: Mapping[int, str]) -> list[_Kind]:
    """How many items there are of each kind, in the order of the index that holds them."""
    counted = found.order_by().values_list("reason", "source_id")
    return [
        ((reason, sources.get(source or 0, "")), number)
        for reason, source, number in counted.annotate(n=Count("pk"))
    ]


def _facet(place: int, kinds: Iterable[_Kind], others: tuple[str, str]) -> list[tuple[str, int]]:
    """Each reason (0) or source (1) with how many items it would leave, the most first."""
    counts: Counter[str] = Counter()
    for kind, number in kinds:
        if kind[place] and _fits(kind, others):
            counts[kind[place]] += number
    return counts.most_common()


def _fits(kind: tuple[str, str], chosen: tuple[str, str]) -> bool:
    return all(not value or own == value for own, value in zip(kind, chosen, strict=True))


def _sellers(found: QuerySet[Review], providers: Mapping[int, str]) -> list[tuple[str, int]]:
    """Each provider with how many items are on its offers; of the chosen one only, if any."""
    counted = found.exclude(offer=None).order_by().values_list("offer__provider_id")
    numbers = {providers.get(pk or 0, ""): n for pk, n in counted.annotate(n=Count("pk"))}
    return Counter(numbers).most_common()


def _bands(named: QuerySet[Review], asked: Asked, at: datetime) -> dict[str, list[tuple[str, int]]]:
    """How many items lie in each band of size, of the age that is asked for, and the reverse."""
    sizes = [_size(name) & _age(asked.age, at) for name in SIZES]
    ages = [_age(name, at) & _size(asked.size) for name in AGES]
    counts = named.aggregate(
        **{f"n{place}": Count("pk", filter=band) for place, band in enumerate((*sizes, *ages))}
    )
    numbers = list(counts.values())
    return {
        "size": list(zip(SIZES, numbers[: len(SIZES)], strict=True)),
        "age": list(zip(AGES, numbers[len(SIZES) :], strict=True)),
    }


def _size(name: str) -> Q:
    low, high = SIZES.get(name, (None, None))
    band = Q() if name not in SIZES else Q(factor__isnull=False)
    if low is not None:
        band &= Q(factor__gte=low)
    if high is not None:
        band &= Q(factor__lt=high)
    return band


def _age(name: str, at: datetime) -> Q:
    least, most = AGES.get(name, (None, None))
    band = Q()
    if least is not None:
        band &= Q(seen_at__lte=at - least)
    if most is not None:
        band &= Q(seen_at__gt=at - most)
    return band


def _rows(found: QuerySet[Review]) -> Iterable[QueueRow]:
    items = found.select_related("source", "offer__provider", "claim__benchmark_name", "run").only(
        "seen_at",
        "outcome",
        "reason",
        "findings",
        "factor",
        "state",
        "answered_by",
        "answer_note",
        "source__slug",
        "offer__provider_model_id",
        "offer__provider__slug",
        "claim__provider_name",
        "claim__model_id",
        "claim__benchmark_name__name",
        "run__slot",
    )
    for item in items:
        _, where, value, _ = item.findings[0]
        yield QueueRow(
            item.pk,
            item.seen_at,
            item.source.slug if item.source else "a reader",
            subject_of(item),
            item.get_outcome_display(),
            item.reason,
            where,
            value,
            len(item.findings),
            item.factor,
            item.get_state_display(),
            item.answered_by,
            item.answer_note,
        )


def subject_of(item: Review) -> str:
    """What an item is about: an offer, names that lead to none, a whole run, a page."""
    if item.offer is not None:
        return str(item.offer)
    if item.claim is not None:
        owner, written = item.claim.provider_name, item.claim.model_id
        named = written if not owner or written.startswith(f"{owner}/") else f"{owner}/{written}"
        measured = item.claim.benchmark_name
        return named if measured is None else f"{named} on {measured.name}"
    return f"the whole run of {item.run.slot}" if item.run else "a page"
