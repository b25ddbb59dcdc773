"""A directory of dated bodies, ``<source>/<YYYY-MM-DD>/<file>``, as deliveries in date order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

from registry.ingest.runs import Delivery
from scrapers.catalog import SOURCES, SourceSpec


@dataclass(frozen=True, slots=True)
class Recording:
    """One dated body of a source's part; ``next_at`` is when its successor was taken."""

    source: SourceSpec
    part: str
    address: str
    at: datetime
    path: Path
    next_at: datetime | None = None

    def delivery(self) -> Delivery:
        """The body as it would have come on its date.

        Recordings lie weeks apart where a live source is asked every few hours: its word counts as
        fresh until the next recording was taken.
        """
        return Delivery(
            source=self.source.slug,
            part=self.part,
            body=self.path.read_bytes(),
            at=self.at,
            slot=f"replay:{self.at.date().isoformat()}",
            address=self.address,
            fresh_until=self.next_at,
        )


def recordings(directory: Path, sources: Iterable[SourceSpec] = SOURCES) -> list[Recording]:
    """Every recording under a directory that one of the sources can read, oldest first.

    Sources of one date come in order of falling trust, so that the better word is there first.
    """
    found = [
        recording for source in sources for recording in _chained(_of_source(directory, source))
    ]
    return sorted(found, key=lambda r: (r.at, -r.source.trust, r.source.slug, r.part))


def _of_source(directory: Path, source: SourceSpec) -> Iterator[Recording]:
    for recorded in source.recorded_as:
        for path in sorted(directory.glob(recorded.pattern)):
            at = _date_of(path.relative_to(directory))
            if at is not None:
                part = path.stem if recorded.part == "*" else recorded.part
                address = source.addresses.get(part, "")
                yield Recording(source, part, address, at, path)


def _chained(recordings: Iterable[Recording]) -> Iterator[Recording]:
    """Each recording with the date of the next one of its part."""
    by_part: dict[str, list[Recording]] = {}
    for recording in recordings:
        by_part.setdefault(recording.part, []).append(recording)
    for chain in by_part.values():
        ordered: list[Recording | None] = [*sorted(chain, key=lambda r: r.at), None]
        for one, following in pairwise(ordered):
            if one is not None:
                yield Recording(
                    one.source, one.part, one.address, one.at, one.path,
                    following.at if following else None,
                )  # fmt: skip


def _date_of(path: Path) -> datetime | None:
    for name in path.parts:
        try:
            day = date.fromisoformat(name)
        except ValueError:
            continue
        return datetime(day.year, day.month, day.day, tzinfo=UTC)
    return None
