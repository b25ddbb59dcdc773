"""Who makes models."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from registry.catalog.models import Lab
from registry.selectors.ordering import Key, Sorts, by, text
from registry.selectors.paging import NotHeld, Page, one_of, page_of

LAB_SORTS = Sorts(
    ids={"slug": str},
    by={
        "id": by("slug"),
        "name": by("name"),
        "homepage": text("homepage"),
        "models": by("held", kind=int),
    },
    default="id",
)


@dataclass(frozen=True, slots=True)
class LabRow:
    """A lab and how many of its models are held."""

    slug: str
    name: str
    homepage: str
    models: int


def labs(*, sort: str = LAB_SORTS.default, after: Key | None = None, limit: int) -> Page[LabRow]:
    """Labs in one of the orders of `LAB_SORTS`. One statement."""
    return page_of(_columns(), LAB_SORTS, sort, read=LabRow, after=after, limit=limit)


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
