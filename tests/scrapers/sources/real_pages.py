"""The real price pages beside the repository."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import cast

from scrapers.catalog import SourceSpec
from scrapers.claims import OfferClaim, Source


def read_page(parser_name: str, body: bytes) -> list[OfferClaim]:
    """The claims of a page, by the module that reads it."""
    parser = cast(Source, import_module(f"scrapers.sources.{parser_name}"))
    return [claim for entry in parser.split(body) for claim in parser.read(entry)]


def newest(corpus: Path, spec: SourceSpec) -> Path:
    """The latest of a source's recorded pages."""
    found = [path for recorded in spec.recorded_as for path in corpus.glob(recorded.pattern)]
    return max(found, key=lambda path: path.parent.name)
