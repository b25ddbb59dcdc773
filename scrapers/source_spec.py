"""The shape of a source in `scrapers.catalog`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RecordedAs:
    """Where dated recordings of an address lie, as a glob; part ``*`` is the file's stem."""

    pattern: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """One source: ``own_providers`` name whose own word it is, ``derives_from`` whom it copies.

    ``interval_hours``: how often it is due; its word is stale after twice that. ``size_cap``: the
    largest decoded body that is taken, in bytes.
    """

    slug: str
    name: str
    parser: str
    addresses: Mapping[str, str]
    trust: int
    homepage: str
    licence: str
    interval_hours: int = 24
    own_providers: tuple[str, ...] = ()
    derives_from: str | None = None
    size_cap: int = 10_000_000
    recorded_as: tuple[RecordedAs, ...] = field(default=())
