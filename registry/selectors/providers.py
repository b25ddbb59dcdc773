"""Who sells access to models."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from registry.catalog.models import Provider
from registry.selectors.ordering import Key, Sorts, by, perhaps, text
from registry.selectors.paging import NotHeld, Page, one_of, page_of

PROVIDER_KINDS: tuple[str, ...] = tuple(Provider.Kind.values)
PROVIDER_SORTS = Sorts(
    ids={"slug": str},
    by={
        "id": by("slug"),
        "name": by("name"),
        "kind": by("kind"),
        "lab": perhaps("lab__slug"),
        "homepage": text("homepage"),
        "pricing_page": text("pricing_page"),
        "offers": by("held", kind=int),
    },
    default="id",
)


@dataclass(frozen=True, slots=True)
class ProviderRow:
    """A provider and how many of its offers are held; ``lab`` is the lab whose own it is."""

    slug: str
    name: str
    kind: str
    lab: str | None
    homepage: str
    pricing_page: str
    offers: int


@dataclass(frozen=True, slots=True)
class ProviderFilter:
    """Which providers are meant; None is any."""

    kind: str | None = None
    lab: str | None = None


def providers(
    wanted: ProviderFilter | None = None,
    *,
    sort: str = PROVIDER_SORTS.default,
    after: Key | None = None,
    limit: int,
) -> Page[ProviderRow]:
    """Providers in one of the orders of `PROVIDER_SORTS`. One statement."""
    wanted = wanted or ProviderFilter()
    asked = {"kind": wanted.kind, "lab__slug": wanted.lab}
    return page_of(
        _columns().filter(**{name: value for name, value in asked.items() if value is not None}),
        PROVIDER_SORTS,
        sort,
        read=ProviderRow,
        after=after,
        limit=limit,
    )


def provider(slug: str) -> ProviderRow:
    """One provider; raises `NotHeld`. One statement."""
    row = one_of(_columns().filter(slug=slug), ProviderRow)
    if row is None:
        raise NotHeld("provider", slug)
    return row


def _columns() -> QuerySet[Provider, tuple[Any, ...]]:
    return Provider.objects.annotate(held=Count("offers")).values_list(
        "slug", "name", "kind", "lab__slug", "homepage", "pricing_page", "held"
    )
