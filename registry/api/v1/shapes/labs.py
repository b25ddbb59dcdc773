"""Labs: who makes models."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from registry.api.shape import Shape, meaning
from registry.api.v1 import addresses
from registry.api.v1.shapes.revisions import RevisionRef
from registry.selectors.labs import LabRow


@dataclass(frozen=True, slots=True)
class Lab(Shape):
    """An organisation that makes models."""

    id: str
    name: str
    homepage: str | None
    models: Annotated[int, meaning("How many of its models are held.")]
    address: str

    @classmethod
    def of(cls, row: LabRow) -> Lab:
        """The lab as the API tells it."""
        return cls(
            id=row.slug,
            name=row.name,
            homepage=row.homepage or None,
            models=row.models,
            address=addresses.lab(row.slug),
        )


@dataclass(frozen=True, slots=True)
class LabDetail(Shape):
    """One lab."""

    revision: RevisionRef
    lab: Lab


@dataclass(frozen=True, slots=True)
class LabList(Shape):
    """Labs, by id unless sorted otherwise."""

    revision: RevisionRef
    items: tuple[Lab, ...]
    next: str | None
