"""The only hands that publish: every change of history goes through one of these actions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from registry.catalog.describe import apply_facts
from registry.catalog.models import Offer
from registry.curation.evidence import gather
from registry.curation.policy.decisions import Decision, decide
from registry.curation.policy.points import Point
from registry.curation.reviews import write_reviews
from registry.ingest.models import Run, Source
from registry.ledger.models import PricePoint, Revision
from registry.ledger.points import NewPoint
from registry.ledger.record import publish


@dataclass(frozen=True, slots=True)
class Resolution:
    """What deciding some offers came to."""

    revision: Revision | None
    points: int
    kept: int
    new_reviews: int


@transaction.atomic
def resolve(offer_ids: Collection[int], *, run: Run) -> Resolution:
    """Decides offers on all that is known at a run's moment: one revision, the rest as reviews."""
    evidence = gather(offer_ids, at=run.at)
    apply_facts(evidence.facts)
    cases = evidence.cases
    decisions = {offer_id: decide(case) for offer_id, case in cases.items()}
    points = list(_new_points(decisions))
    revision = publish(points, kind=Revision.Kind.RUN, published_at=run.at, author=run.source.slug)
    sources = dict(Source.objects.values_list("slug", "pk"))
    new_reviews = write_reviews(run, decisions, sources)
    _mark_status((pk for pk, case in cases.items() if case.ended), Offer.Status.WITHDRAWN)
    _mark_status((pk for pk, case in cases.items() if not case.ended), Offer.Status.LIVE)
    kept = sum(len(decision.kept) for decision in decisions.values())
    return Resolution(revision, len(points), kept, new_reviews)


@transaction.atomic
def publish_recorded(
    points: Collection[NewPoint],
    *,
    kind: Revision.Kind,
    published_at: datetime,
    author: str,
    note: str,
    number: int,
) -> None:
    """Publishes points that were decided before, as the revision that they were decided in.

    Raises `HeadMoved` where ``number`` is not the next revision.
    """
    publish(
        points,
        kind=kind,
        published_at=published_at,
        author=author,
        note=note,
        expected_head=number - 1,
    )


def _new_points(decisions: Mapping[int, Decision]) -> Iterator[NewPoint]:
    for offer_id, decision in decisions.items():
        for point in decision.points:
            yield NewPoint(
                offer_id=offer_id,
                key=point.key,
                starts_at=point.starts_at,
                starts_basis=(
                    PricePoint.Basis.STATED if point.stated else PricePoint.Basis.OBSERVED
                ),
                state=_state(point),
                amount=point.price.amount if point.price else None,
                status=PricePoint.Status(point.status.value),
                cause=PricePoint.Cause(point.cause.value),
                claim_id=point.claim_id,
            )


def _state(point: Point) -> PricePoint.State:
    if point.price is not None:
        return PricePoint.State(point.price.state.value)
    return PricePoint.State.RETRACTED if point.cancels else PricePoint.State.WITHDRAWN


def _mark_status(offer_ids: Iterable[int], status: Offer.Status) -> None:
    Offer.objects.filter(pk__in=list(offer_ids)).exclude(status=status).update(status=status)
