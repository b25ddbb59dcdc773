"""What runs publish, and what was decided elsewhere before."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from registry.curation.actions.deciding import decide_offers, publish_decided
from registry.ingest.models import Run
from registry.ingest.naming import Subject
from registry.ingest.runs import is_about
from registry.ledger.chain import head
from registry.ledger.models import Revision
from registry.ledger.points import NewStart
from registry.ledger.record import publish


@dataclass(frozen=True, slots=True)
class Resolution:
    """What deciding some offers came to."""

    revision: Revision | None
    points: int
    scores: int
    facts: int
    kept: int
    new_reviews: int


@transaction.atomic
def resolve(
    offer_ids: Collection[int], *, run: Run, subjects: Collection[Subject] = ()
) -> Resolution:
    """Decides offers and scores on all that is known at a run's moment.

    A word still fresh when the newest revision was published is about the present and decided as of
    then; an older one is late, and tells of its own time (`policy.late`).
    What is published is one revision, prices, facts and scores together; the rest becomes reviews.
    """
    newest = max(run.at, head().published_at or run.at)
    at = newest if is_about(run, newest) else run.at
    decided = decide_offers(offer_ids, at=at, subjects=subjects, late=at < newest)
    published = publish_decided(
        decided, kind=Revision.Kind.RUN, at=newest, author=run.source.slug, run=run
    )
    return Resolution(
        revision=published.revision,
        points=len(decided.points),
        scores=sum(1 for verdict in decided.scores.values() if verdict.start is not None),
        facts=len(decided.facts.points),
        kept=decided.kept,
        new_reviews=published.new_reviews,
    )


@transaction.atomic
def publish_recorded(
    points: Collection[NewStart],
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
