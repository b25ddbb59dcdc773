"""Sources: who is listened to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from registry.api.shape import Instant, Shape, meaning
from registry.api.v1 import addresses
from registry.api.v1.shapes.revisions import RevisionRef
from registry.selectors.sources import RUN_OUTCOMES, SourceRow


@dataclass(frozen=True, slots=True)
class LastRun(Shape):
    """The newest attempt to hear a source."""

    at: Annotated[Instant, meaning("The moment that the body speaks of.")]
    outcome: Annotated[str, meaning("How it ended.", among=RUN_OUTCOMES)]


@dataclass(frozen=True, slots=True)
class Source(Shape):
    """A feed or page that quotes prices, and how far it is believed."""

    id: str
    name: str
    homepage: str | None
    licence: str | None
    trust: Annotated[int, meaning("0 to 100: a provider's own page 90, an aggregator 50.")]
    derives_from: Annotated[str | None, meaning("The source it copies; the two count as one.")]
    own_providers: Annotated[list[str], meaning("The providers whose own word it is.")]
    addresses: Annotated[list[str], meaning("Where it is fetched.")]
    interval_hours: int
    active: bool
    fresh_until: Annotated[Instant | None, meaning("After it the source's word is stale.")]
    stale: bool
    last_run: LastRun | None
    address: str

    @classmethod
    def of(cls, row: SourceRow) -> Source:
        """The source as the API tells it."""
        return cls(
            id=row.slug,
            name=row.name,
            homepage=row.homepage or None,
            licence=row.licence or None,
            trust=row.trust,
            derives_from=row.derives_from,
            own_providers=row.own_providers,
            addresses=list(row.addresses.values()),
            interval_hours=row.interval_hours,
            active=row.active,
            fresh_until=row.fresh_until,
            stale=row.is_stale,
            last_run=(
                LastRun(row.last_run_at, row.last_outcome)
                if row.last_run_at is not None and row.last_outcome is not None
                else None
            ),
            address=addresses.source(row.slug),
        )


@dataclass(frozen=True, slots=True)
class SourceDetail(Shape):
    """One source."""

    revision: RevisionRef
    source: Source


@dataclass(frozen=True, slots=True)
class SourceList(Shape):
    """Sources, by id unless sorted otherwise."""

    revision: RevisionRef
    items: tuple[Source, ...]
    next: str | None
