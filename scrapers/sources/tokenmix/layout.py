"""The article's text: tables that came with one cell a line, and the sentences around them.

Nothing marks where a table ends a row, so its width is counted: from its first label up to the name
of the first row, which stands right before the first value. Rows go on for as long as lines read as
a name and its values. A row that holds a name where a value belongs has lost a cell, and then every
figure behind it may stand in the wrong column: such a table is refused. Tables of features, whose
cells may hold any words, are read up to the first of those.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scrapers.claims import PageError, PageFault
from scrapers.figures import NOTHING

MODEL = "Model"
_BENCHMARK = "Benchmark"
_FIGURES_ONLY = frozenset({MODEL, _BENCHMARK})
_FIRST_LABELS = _FIGURES_ONLY | {"Feature", "Metric", "Spec"}
_WIDEST = 12
_LONGEST_NAME = 60
_SENTENCE = re.compile(r".*(?:[.!?:]|\b(?:is|are|at|for)\b.*)")
_VALUE = re.compile(
    r"(?:[~≈<>≤≥+-]\s*)?\$?[.,]?[0-9][0-9.,]*\s*(?:[%×xKMBT]|tokens)?\+?"
    r"(?:(?:\s*\(\w+\)| \w+)(?:, .+)?)?"
)
_WORDS = frozenset({"yes", "no", "claimed", "expected", "free", "unknown", "tbd", *NOTHING})

# Where "$1" stood, a line breaks and the rest of the figure begins the next one.
EATEN = "¤"
_BROKEN_LINE = re.compile(r"(?<=\S)[ \t]*\n(?=[.,]?[0-9])")


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a table: whose it is, what of, and as it is written."""

    model: str
    label: str
    text: str
    benchmarks: bool


def lines_of(text: str) -> list[str]:
    """The lines that say something."""
    return [stripped for line in text.splitlines() if (stripped := line.strip())]


def prose_of(text: str) -> str:
    """The text with a mark wherever a figure may have lost its ``$1`` to a line's break."""
    return _BROKEN_LINE.sub(f" {EATEN}", "\n".join(lines_of(text)))


def cells_of(lines: list[str]) -> list[Cell]:
    """Every value of every table; raises `PageError` where a row lost a cell."""
    return [cell for at, line in enumerate(lines) if line in _FIRST_LABELS
            for cell in _cells(lines, at)]  # fmt: skip


def _cells(lines: list[str], start: int) -> Iterator[Cell]:
    width = _width(lines, start)
    if width is None:
        return
    header = lines[start : start + width]
    at = start + width
    while len(row := lines[at : at + width]) == width and _is_row(row):
        for label, text in zip(header[1:], row[1:], strict=True):
            if not _is_value(text):
                if header[0] not in _FIGURES_ONLY:
                    return
                raise PageError(PageFault.WRONG_FORMAT, " | ".join(row), f"values of {header[1:]}")
            model, what = (row[0], label) if header[0] == MODEL else (label, row[0])
            yield Cell(model, what, text, benchmarks=header[0] == _BENCHMARK)
        at += width


def _width(lines: list[str], start: int) -> int | None:
    """How many columns: the first value stands behind the header and the first row's name."""
    for at in range(start + 1, min(start + _WIDEST, len(lines))):
        if len(lines[at]) > _LONGEST_NAME:
            return None
        if _is_value(lines[at]):
            return at - 1 - start if at - 1 - start > 1 else None
    return None


def _is_row(row: list[str]) -> bool:
    name, first = row[:2]
    named = len(name) <= _LONGEST_NAME and not _SENTENCE.fullmatch(name) and not _is_value(name)
    return named and _is_value(first)


def _is_value(text: str) -> bool:
    return text.casefold() in _WORDS or _VALUE.fullmatch(text) is not None
