"""Revisions, and how an answer says of which it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from registry.api.shape import Instant, Shape, meaning
from registry.api.v1 import addresses
from registry.selectors.clocks import AsOf
from registry.selectors.revisions import REVISION_KINDS, RevisionRow

Hash = Annotated[str, meaning("The head of the hash chain there, sha256 in hex.")]


@dataclass(frozen=True, slots=True)
class RevisionRef(Shape):
    """The revision that an answer is of; number 0 is the registry before its first."""

    number: int
    hash: Hash

    @classmethod
    def of(cls, as_of: AsOf) -> RevisionRef:
        """Names the revision that was read."""
        return cls(as_of.number, as_of.hash)


@dataclass(frozen=True, slots=True)
class Revision(Shape):
    """One atomic publication. Its hash covers the one before and all that it published."""

    number: int
    hash: Hash
    previous_hash: str
    kind: Annotated[str, meaning("What made it.", among=REVISION_KINDS)]
    published_at: Instant
    author: Annotated[str, meaning("The source or curator.")]
    note: str
    points: Annotated[int, meaning("How many starts of prices it published.")]
    address: str

    @classmethod
    def of(cls, row: RevisionRow) -> Revision:
        """The revision as the API tells it."""
        return cls(
            number=row.number,
            hash=row.hash,
            previous_hash=row.previous_hash,
            kind=row.kind,
            published_at=row.published_at,
            author=row.author,
            note=row.note,
            points=row.points,
            address=addresses.revision(row.number),
        )


@dataclass(frozen=True, slots=True)
class RevisionDetail(Shape):
    """One revision; an answer that never changes."""

    revision: Revision


@dataclass(frozen=True, slots=True)
class RevisionList(Shape):
    """Revisions, newest first unless sorted otherwise."""

    revision: RevisionRef
    items: tuple[Revision, ...]
    next: str | None
