"""What the registry holds, in a few numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum

from registry.catalog.models import Lab, Model, Offer, Provider
from registry.ingest.models import Source
from registry.ledger.models import Revision


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts of what is held, and the state of history: `revision` is None before the first."""

    labs: int
    providers: int
    models: int
    offers: int
    points: int
    revision: int | None
    head_hash: str
    newest: datetime | None
    sources: tuple[str, ...]


def overview() -> Overview:
    """The registry as of its last revision; `points` counts every start ever published."""
    head = Revision.objects.order_by("-number").first()
    points = Revision.objects.aggregate(total=Sum("point_count"))["total"]
    return Overview(
        labs=Lab.objects.count(),
        providers=Provider.objects.count(),
        models=Model.objects.count(),
        offers=Offer.objects.count(),
        points=points or 0,
        revision=head.number if head else None,
        head_hash=head.hash if head else "",
        newest=head.published_at if head else None,
        sources=tuple(Source.objects.order_by("name").values_list("name", flat=True)),
    )
