"""Every source as data, read from ``catalog.toml``, whose head says what each field means."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from scrapers.source_spec import RecordedAs, SourceSpec

__all__ = ["BENCHMARKS", "FEEDS", "PAGES", "PRESS", "SOURCES", "RecordedAs", "SourceSpec"]

_FILE = Path(__file__).with_name("catalog.toml")
_READER = "https://r.jina.ai/"


def _specs(declared: Mapping[str, Any]) -> tuple[SourceSpec, ...]:
    """The sources of one kind, in the file's order."""
    return tuple(_spec(slug, dict(fields)) for slug, fields in declared.items())


def _pages(declared: Mapping[str, Any]) -> tuple[SourceSpec, ...]:
    """Providers' own price pages, with what is the same for each of them."""
    return _specs(
        {
            slug: {
                "trust": 90,
                "homepage": "/".join(fields["address"].removeprefix(_READER).split("/")[:3]),
                "licence": "the provider's page; figures only",
                "own_providers": [slug],
                **fields,
            }
            for slug, fields in declared.items()
        }
    )


def _spec(slug: str, fields: dict[str, Any]) -> SourceSpec:
    """One source; a field that nobody knows is a `TypeError`."""
    parts, address = fields.pop("parts", [""]), fields.pop("address", None)
    return SourceSpec(
        slug=slug,
        parser=fields.pop("parser", slug.replace("-", "_")),
        addresses={part: _filled(address, part) for part in parts} if address else {},
        own_providers=tuple(fields.pop("own_providers", ())),
        recorded_as=tuple(_recordings(fields.pop("recorded_as"), parts)),
        **fields,
    )


def _recordings(written: list[Any], parts: list[str]) -> Iterator[RecordedAs]:
    """Each glob with its part; one without a part is of every part in turn."""
    for glob in written:
        if isinstance(glob, str):
            yield from (RecordedAs(_filled(glob, part), part) for part in parts)
        else:
            yield RecordedAs(**glob)


def _filled(template: str, part: str) -> str:
    group, _, name = part.partition("/")
    return template.format(part=part, group=group, name=name)


_DECLARED = tomllib.loads(_FILE.read_text(encoding="utf-8"))
FEEDS = _specs(_DECLARED["feeds"])
PAGES = _pages(_DECLARED["pages"])
BENCHMARKS = _specs(_DECLARED["boards"])
PRESS = _specs(_DECLARED["press"])
SOURCES = (*FEEDS, *PAGES, *BENCHMARKS, *PRESS)
