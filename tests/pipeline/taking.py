"""Bodies taken through the pipeline, and what the registry then holds, in few words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from registry.catalog.models import Offer
from registry.curation.models import Review
from registry.ingest.models import Run
from registry.ingest.runs import Delivery
from registry.ledger.asof import rates_at
from registry.ledger.models import Revision
from registry.pipeline.stages import process
from registry.selectors.clocks import AsOf
from registry.selectors.readings import ReadingFilter, readings


def moment(day: str) -> datetime:
    """Midnight UTC of a day, ``2026-04-24``."""
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def delivery(
    source: str, body: bytes | None, day: str, *, part: str = "", fresh_days: int = 60
) -> Delivery:
    """What a source's address answers on a day; its word counts as fresh for so long."""
    at = moment(day)
    return Delivery(
        source=source,
        body=body,
        at=at,
        slot=day,
        part=part,
        fresh_until=at + timedelta(days=fresh_days),
    )


def deliver(
    source: str, body: bytes | None, day: str, *, part: str = "", fresh_days: int = 60
) -> Run:
    """Takes it through every stage; the slot must not have been run before."""
    run = process(delivery(source, body, day, part=part, fresh_days=fresh_days))
    assert run is not None, "the slot was run before"
    return run


class Item(NamedTuple):
    """A review in short; an empty offer is a whole run."""

    source: str
    offer: str
    outcome: str
    reason: str
    state: str


def offer(name: str) -> Offer:
    """The offer ``provider/id``."""
    provider, _, model_id = name.partition("/")
    return Offer.objects.get(provider__slug=provider, provider_model_id=model_id)


def card(name: str, day: str, *, revision: int | None = None) -> dict[str, str]:
    """The rates of an offer on a day as text, by meter or ``meter;terms``; a state in its place."""
    pk = offer(name).pk
    return {
        f"{s.meter};{s.terms.key}".rstrip(";"): (
            str(s.state) if s.amount is None else f"{s.amount:f}"
        )
        for s in rates_at([pk], at=moment(day), revision=revision)[pk]
    }


def scores(name: str, day: str, *, revision: int | None = None) -> dict[str, str]:
    """The readings of a model on a day as text, by benchmark and setup."""
    asked = AsOf(moment(day), revision or 0, "", at_given=True, revision_given=revision is not None)
    lab, _, slug = name.partition("/")
    found = readings(ReadingFilter(model=(lab, slug)), asked, limit=1_000).rows
    return {f"{row.benchmark} {row.setup.key}".strip(): f"{row.value:f}" for row in found}


def reviews(*, state: str | None = Review.State.OPEN) -> list[Item]:
    """Every item in its order; None: in any state."""
    items = Review.objects.select_related("source", "offer__provider").order_by("pk")
    if state is not None:
        items = items.filter(state=state)
    return [
        Item(
            item.source.slug if item.source else "",
            str(item.offer) if item.offer else "",
            item.outcome,
            item.reason,
            item.state,
        )
        for item in items
    ]


def head_number() -> int:
    """How many revisions are out."""
    return Revision.objects.count()
