"""What runs publish, and what was decided elsewhere before."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from registry.curation.actions.deciding import decide_offers, publish_decided
from registry.ingest.models import Run
from registry.ledger.models import Revision
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
    decided = decide_offers(offer_ids, at=run.at)
    revision, new_reviews = publish_decided(
        decided, kind=Revision.Kind.RUN, at=run.at, author=run.source.slug, run=run
    )
    return Resolution(revision, len(decided.points), decided.kept, new_reviews)


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
