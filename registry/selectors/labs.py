"""Who makes models."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from registry.catalog.models import Lab
from registry.selectors.paging import Key, NotHeld, Page, one_of, page_of


@dataclass(frozen=True, slots=True)
class LabRow:
    """A lab and how many of its models are held."""

    slug: str
    name: str
    homepage: str
    models: int


def labs(*, after: Key | None = None, limit: int) -> Page[LabRow]:
    """Labs by slug. One statement."""
    return page_of(
        _columns(), ("slug",), read=LabRow, key=lambda row: (row.slug,), after=after, limit=limit
    )


def lab(slug: str) -> LabRow:
    """One lab; raises `NotHeld`. One statement."""
    row = one_of(_columns().filter(slug=slug), LabRow)
    if row is None:
        raise NotHeld("lab", slug)
    return row


def _columns() -> QuerySet[Lab, tuple[Any, ...]]:
    return Lab.objects.annotate(held=Count("models")).values_list(
        "slug", "name", "homepage", "held"
    )
