"""Upstreams that serve an archive of dated bodies as they were on the day that it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from pathlib import Path

from registry.pipeline.archive import Recording, recordings
from scrapers.catalog import SourceSpec
from tests.pipeline.upstreams import Upstreams

_TYPES = {".html": "text/html", ".json": "application/json", ".md": "text/markdown"}
_REDESIGNED = b"<!doctype html><html><body><p>Everything is new here.</p></body></html>"


@dataclass
class ArchiveHost:
    """An archive behind `Upstreams`: each part of a source is ``/<source>/<part>``.

    A ``broken`` source answers with another page, a ``silent`` one not at all.
    """

    upstreams: Upstreams
    archive: Path
    specs: tuple[SourceSpec, ...]
    broken: set[str] = field(default_factory=set)
    silent: set[str] = field(default_factory=set)

    def sources(self) -> tuple[SourceSpec, ...]:
        """The sources that have recordings, under their addresses here."""
        recorded = {(r.source.slug, r.part) for r in self._recordings()}
        local = (
            replace(
                spec,
                addresses={
                    part: self.upstreams.url(_path(spec.slug, part))
                    for slug, part in sorted(recorded)
                    if slug == spec.slug
                },
            )
            for spec in self.specs
        )
        return tuple(spec for spec in local if spec.addresses)

    def turn_to(self, day: date) -> None:
        """Serves of each part the newest body of that day or before."""
        end = datetime.combine(day, time.max, UTC)
        newest: dict[str, Recording] = {}
        for recording in self._recordings():
            if recording.at <= end:
                newest[_path(recording.source.slug, recording.part)] = recording
        for path, recording in newest.items():
            slug = recording.source.slug
            if slug in self.silent:
                self.upstreams.fails(path)
                continue
            kind = _TYPES.get(recording.path.suffix, "text/plain")
            if slug in self.broken:
                self.upstreams.serves(path, _REDESIGNED, content_type="text/html")
                continue
            body = recording.path.read_bytes()
            self.upstreams.serves(path, body, content_type=kind, changed_at=recording.at)

    def _recordings(self) -> Iterable[Recording]:
        return recordings(self.archive, self.specs)


def _path(slug: str, part: str) -> str:
    return f"/{slug}/{part}"
