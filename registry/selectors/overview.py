"""What the registry holds, in a few numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum

from registry.catalog.models import Lab, Model, Offer, Provider
from registry.ingest.models import Source
from registry.ledger.asof import head
from registry.ledger.models import Revision


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts of what is held, the state of history, and the names of the sources.

    Before the first revision `revision` and `newest` are None, `head_hash` is the chain's origin.
    """

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
    newest = head()
    points = Revision.objects.aggregate(total=Sum("point_count"))["total"]
    return Overview(
        labs=Lab.objects.count(),
        providers=Provider.objects.count(),
        models=Model.objects.filter(merged_into=None).count(),
        offers=Offer.objects.count(),
        points=points or 0,
        revision=newest.number or None,
        head_hash=newest.hash,
        newest=newest.published_at,
        sources=tuple(Source.objects.order_by("name").values_list("name", flat=True)),
    )
