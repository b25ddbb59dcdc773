"""The facts that are kept beside prices: their names, their kinds, their canonical text. Pure.

A fact's value is plain JSON: a whole number, true or false, a text (a day is its ISO text), or
texts, each once, in an order of their own. ``SHARED`` are said of a model and of each offer of it,
``OF_MODEL`` of a model, ``OF_OFFER`` of an offer. ``LABELS`` are what rows are called: shown, but
no facts with a history.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from registry.catalog.names import is_fit

FactValue = bool | int | str | tuple[str, ...]


class Kind(StrEnum):
    """What a fact's value is."""

    COUNT = "count"
    FLAG = "flag"
    DAY = "day"
    WORDS = "words"
    TEXT = "text"


SHARED = (
    "context_tokens",
    "max_output_tokens",
    "input_modalities",
    "output_modalities",
    "reasoning",
    "tool_calls",
)
OF_MODEL = (
    *SHARED,
    "released_on",
    "knowledge_cutoff",
    "open_weights",
    "licence",
    "total_parameters",
    "active_parameters",
)
OF_OFFER = (*SHARED, "deprecated_on", "retires_on")
LABELS = {"name": 200, "mode": 40}

KINDS: Mapping[str, Kind] = {
    "context_tokens": Kind.COUNT,
    "max_output_tokens": Kind.COUNT,
    "input_modalities": Kind.WORDS,
    "output_modalities": Kind.WORDS,
    "reasoning": Kind.FLAG,
    "tool_calls": Kind.FLAG,
    "released_on": Kind.DAY,
    "knowledge_cutoff": Kind.TEXT,
    "open_weights": Kind.FLAG,
    "licence": Kind.TEXT,
    "total_parameters": Kind.COUNT,
    "active_parameters": Kind.COUNT,
    "deprecated_on": Kind.DAY,
    "retires_on": Kind.DAY,
    **dict.fromkeys(LABELS, Kind.TEXT),
}
_LENGTHS = {"knowledge_cutoff": 20, "licence": 120, **LABELS}
_LARGEST = 2**63 - 1
# Thousands of offers share a few hundred values.
_VALUES_KEPT = 8_192

MODALITIES = (
    "text", "image", "audio", "video", "pdf", "file", "speech", "transcription", "embeddings",
    "rerank",
)  # fmt: skip
"""What a model can take or give, in the order in which it is told."""


class FactError(ValueError):
    """A value that is none of its fact; names the fact, the value and what was expected."""

    def __init__(self, field: str, value: object, expected: str) -> None:
        super().__init__(f"{field}: {value!r} is no such fact; expected {expected}")
        self.field = field
        self.value = value
        self.expected = expected


def read_facts(said: Mapping[str, Any]) -> dict[str, FactValue]:
    """The facts and labels among what a claim's content says; what cannot be kept is silence."""
    return {
        field: in_order(value) if kind is Kind.WORDS else value
        for field, value in said.items()
        if (kind := KINDS.get(field)) is not None and _problem(field, kind, value) is None
    }


def text_of(value: FactValue) -> str:
    """The canonical text of a value: JSON without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def shown(value: FactValue) -> str:
    """A value as readers are shown it: yes or no, thousands told apart, words by commas."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(value)
    return f"{value:,}" if isinstance(value, int) else value


def refusal(field: str, value: object) -> str | None:
    """What was expected of a value instead; None where it is one of its fact, as it is told."""
    problem = _problem(field, KINDS[field], value)
    if problem is None and isinstance(value, list | tuple) and value != in_order(value):
        return "its words in their order"
    return problem


@lru_cache(maxsize=_VALUES_KEPT)
def value_of(field: str, text: str) -> FactValue:
    """The value that `text_of` wrote; raises `FactError` for what is no value of this fact."""
    if field not in KINDS:
        raise FactError(field, text, f"one of {', '.join(KINDS)}")
    try:
        value = json.loads(text)
    except ValueError as error:
        raise FactError(field, text, "JSON") from error
    kind = KINDS[field]
    problem = _problem(field, kind, value)
    if problem is not None:
        raise FactError(field, text, problem)
    read: FactValue = in_order(value) if kind is Kind.WORDS else value
    if text_of(read) != text:
        raise FactError(field, text, f"its canonical text, {text_of(read)}")
    return read


def _problem(field: str, kind: Kind, value: Any) -> str | None:
    """What was expected instead; None where the value is one of its fact."""
    match kind:
        case Kind.COUNT:
            fits = isinstance(value, int) and not isinstance(value, bool) and 0 < value <= _LARGEST
            return None if fits else f"a whole number from 1 to {_LARGEST}"
        case Kind.FLAG:
            return None if isinstance(value, bool) else "true or false"
        case Kind.DAY:
            return None if _is_day(value) else "a day such as 2026-04-24"
        case Kind.WORDS:
            fits = isinstance(value, list | tuple) and all(
                isinstance(word, str) and is_fit(word) for word in value
            )
            return None if fits and value else "a list of texts"
        case Kind.TEXT:
            length = _LENGTHS[field]
            fits = isinstance(value, str) and is_fit(value) and 0 < len(value) <= length
            return None if fits else f"a printable text of at most {length} characters"


def _is_day(value: Any) -> bool:
    try:
        return bool(date.fromisoformat(value).isoformat() == value)
    except (TypeError, ValueError):
        return False


def in_order(words: Iterable[str]) -> tuple[str, ...]:
    """Modalities, each once, as they are told."""
    return tuple(sorted(set(words), key=_place))


def _place(word: str) -> tuple[int, str]:
    known = word in MODALITIES
    return (MODALITIES.index(word) if known else len(MODALITIES), word)
