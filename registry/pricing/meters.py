"""What is counted when a model is used: the closed vocabulary of meters.

A meter has a unit (what one count is), a unit size (how many counts a rate is quoted for) and at
most one parent. A parent contains its children: a usage that reports 1,000 ``input_tokens`` of
which 400 are ``cache_read_tokens`` bills those 400 once, at the cache rate, and 600 as input.
Names follow OpenTelemetry's GenAI conventions where those exist (inclusive totals).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Unit(StrEnum):
    """What one count of a meter is."""

    TOKEN = "token"  # noqa: S105 - a unit, not a secret
    CHARACTER = "character"
    PIXEL = "pixel"
    ITEM = "item"
    SECOND = "second"
    CALL = "call"
    GB_DAY = "gb_day"


UNIT_SIZES: dict[Unit, Decimal] = {
    Unit.TOKEN: Decimal(1_000_000),
    Unit.CHARACTER: Decimal(1_000_000),
    Unit.PIXEL: Decimal(1_000_000),
    Unit.ITEM: Decimal(1),
    Unit.SECOND: Decimal(1),
    Unit.CALL: Decimal(1_000),
    Unit.GB_DAY: Decimal(1),
}


class UnknownMeter(ValueError):
    """A name that is not in the vocabulary."""

    def __init__(self, name: str) -> None:
        super().__init__(f"meter: {name!r} is not known; expected one of {', '.join(METERS)}")
        self.name = name


@dataclass(frozen=True, slots=True)
class Meter:
    """One thing that is counted; rates are quoted per ``unit_size`` units of it."""

    name: str
    unit: Unit
    parent: str | None = None

    @property
    def unit_size(self) -> Decimal:
        """How many units a rate's amount buys, for example 1,000,000 tokens."""
        return UNIT_SIZES[self.unit]


# Indented by containment: a deeper line is part of the nearest shallower line above it.
_VOCABULARY: dict[Unit, str] = {
    Unit.TOKEN: """
        input_tokens
          cache_read_tokens
          cache_write_tokens
            cache_write_5m_tokens
            cache_write_1h_tokens
            cache_write_12h_tokens
          input_audio_tokens
            cache_read_audio_tokens
            cache_write_audio_tokens
          input_image_tokens
            cache_read_image_tokens
          input_video_tokens
        output_tokens
          reasoning_tokens
          output_audio_tokens
          output_image_tokens
          output_video_tokens
          citation_tokens
        training_tokens
    """,
    Unit.CHARACTER: """
        input_characters
        output_characters
    """,
    Unit.PIXEL: """
        input_pixels
        output_pixels
    """,
    Unit.ITEM: """
        input_images
        output_images
        output_videos
        sessions
    """,
    Unit.SECOND: """
        input_audio_seconds
        output_audio_seconds
        input_video_seconds
        output_video_seconds
        compute_seconds
    """,
    Unit.CALL: """
        requests
        web_searches
        map_groundings
        file_searches
        rerank_queries
        ocr_pages
        annotation_pages
        guardrail_units
    """,
    Unit.GB_DAY: """
        file_search_gb_days
        vector_store_gb_days
    """,
}


def _read_vocabulary() -> Iterator[Meter]:
    for unit, text in _VOCABULARY.items():
        open_branches: list[tuple[int, str]] = []
        for line in filter(str.strip, text.splitlines()):
            depth, name = len(line) - len(line.lstrip()), line.strip()
            while open_branches and open_branches[-1][0] >= depth:
                open_branches.pop()
            yield Meter(name, unit, open_branches[-1][1] if open_branches else None)
            open_branches.append((depth, name))


METERS: dict[str, Meter] = {meter.name: meter for meter in _read_vocabulary()}
_CHILDREN: dict[str, tuple[str, ...]] = {
    name: tuple(part.name for part in METERS.values() if part.parent == name) for name in METERS
}


def meter(name: str) -> Meter:
    """The meter of that name; raises `UnknownMeter`, which lists the vocabulary."""
    try:
        return METERS[name]
    except KeyError:
        raise UnknownMeter(name) from None


def ancestors(name: str) -> Iterator[str]:
    """The meters that contain ``name``, nearest first."""
    parent = meter(name).parent
    while parent is not None:
        yield parent
        parent = METERS[parent].parent


def children(name: str) -> tuple[str, ...]:
    """The meters directly contained in ``name``, in vocabulary order."""
    return _CHILDREN[meter(name).name]
