"""Providers: who sells access to models."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from registry.api.shape import Shape, meaning
from registry.api.v1 import addresses
from registry.api.v1.shapes.revisions import RevisionRef
from registry.selectors.providers import PROVIDER_KINDS, ProviderRow


@dataclass(frozen=True, slots=True)
class Provider(Shape):
    """An organisation that sells access to models."""

    id: str
    name: str
    kind: Annotated[str, meaning("What it is to the models it sells.", among=PROVIDER_KINDS)]
    lab: Annotated[str | None, meaning("The lab whose own provider it is.")]
    homepage: str | None
    pricing_page: str | None
    offers: Annotated[int, meaning("How many of its offers are held.")]
    address: str

    @classmethod
    def of(cls, row: ProviderRow) -> Provider:
        """The provider as the API tells it."""
        return cls(
            id=row.slug,
            name=row.name,
            kind=row.kind,
            lab=row.lab,
            homepage=row.homepage or None,
            pricing_page=row.pricing_page or None,
            offers=row.offers,
            address=addresses.provider(row.slug),
        )


@dataclass(frozen=True, slots=True)
class ProviderDetail(Shape):
    """One provider."""

    revision: RevisionRef
    provider: Provider


@dataclass(frozen=True, slots=True)
class ProviderList(Shape):
    """Providers, by id unless sorted otherwise."""

    revision: RevisionRef
    items: tuple[Provider, ...]
    next: str | None
