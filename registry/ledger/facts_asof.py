"""Reads of facts with two clocks, as prices are read (`registry.ledger.asof`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from registry.catalog.facts import FactValue, value_of
from registry.ingest.batches import batched
from registry.ledger.effective import aware, effective, standing_points
from registry.ledger.facts import Subject
from registry.ledger.models import FactPoint, FactSeries

_FIELDS = (
    "pk", "series__model_id", "series__offer_id", "series__name", "value", "starts_at",
    "starts_basis", "status", "cause", "revision_id", "claim_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FactStanding:
    """A fact that stands from ``starts_at`` on, and the way to its receipt.

    ``revision`` is the one that published the point.
    """

    point_id: int
    subject: Subject
    name: str
    value: FactValue
    starts_at: datetime
    starts_basis: FactPoint.Basis
    status: FactPoint.Status
    cause: FactPoint.Cause
    revision: int
    claim_id: int | None


def facts_at(
    subjects: Collection[Subject], *, at: datetime, revision: int | None = None
) -> dict[Subject, dict[str, FactStanding]]:
    """What is known of models and offers at a moment, by name; nothing of those without a history.

    A statement for each two thousand models or offers. A naive ``at`` is a `ValueError`.
    """
    known: dict[Subject, dict[str, FactStanding]] = defaultdict(dict)
    for series in _series_of(subjects):
        points = standing_points(FactPoint, series, at=aware(at), revision=revision)
        for fact in _standings(points):
            known[fact.subject][fact.name] = fact
    return dict(known)


def facts_after(subjects: Collection[Subject], *, at: datetime) -> set[tuple[Subject, str]]:
    """The facts of models and offers that have a start after a moment."""
    return {
        (fact.subject, fact.name)
        for series in _series_of(subjects)
        for fact in _standings(
            effective(FactPoint, revision=None).filter(series__in=series, starts_at__gt=at)
        )
    }


def fact_history(
    subject: Subject, name: str | None = None, *, revision: int | None = None
) -> dict[str, tuple[FactStanding, ...]]:
    """Every start of a subject's facts, oldest first, by name. One statement."""
    points = effective(FactPoint, revision=revision).filter(
        **{f"series__{subject.kind}_id": subject.pk}
    )
    if name is not None:
        points = points.filter(series__name=name)
    starts: dict[str, list[FactStanding]] = defaultdict(list)
    for fact in _standings(points.order_by("series__name", "starts_at")):
        starts[fact.name].append(fact)
    return {name: tuple(facts) for name, facts in starts.items()}


def _series_of(subjects: Collection[Subject]) -> Iterator[QuerySet[FactSeries]]:
    for batch in batched(subjects):
        models = [subject.pk for subject in batch if subject.kind == "model"]
        offers = [subject.pk for subject in batch if subject.kind == "offer"]
        yield FactSeries.objects.filter(Q(model_id__in=models) | Q(offer_id__in=offers))


def _standings(points: QuerySet[FactPoint]) -> Iterator[FactStanding]:
    for row in points.values_list(*_FIELDS):
        yield _of_row(*row)


def _of_row(
    point_id: int,
    model_id: int | None,
    offer_id: int | None,
    name: str,
    value: str,
    starts_at: datetime,
    starts_basis: str,
    status: str,
    cause: str,
    revision: int,
    claim_id: int | None,
) -> FactStanding:
    subject = Subject.offer(offer_id or 0) if model_id is None else Subject.model(model_id)
    return FactStanding(
        point_id,
        subject,
        name,
        value_of(name, value),
        starts_at,
        FactPoint.Basis(starts_basis),
        FactPoint.Status(status),
        FactPoint.Cause(cause),
        revision,
        claim_id,
    )
