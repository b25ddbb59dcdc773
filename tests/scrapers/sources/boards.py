"""Leaderboards as their tests read them, and the ways in which their bodies come changed."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from bs4 import BeautifulSoup, Tag

from registry.scoring.readings import Reading, ReadingError, ReadingQuote, read_reading
from registry.scoring.scales import scale
from scrapers.catalog import SourceSpec
from scrapers.claims import Leaderboard, ReadingClaim

Scores = set[tuple[str, str, str, str]]


def read_board(parser: str, part: str, body: bytes) -> list[ReadingClaim]:
    """The claims of a body, by the module that reads it."""
    board = cast(Leaderboard, import_module(f"scrapers.sources.{parser}"))
    return [claim for entry in board.split(body, part) for claim in board.read(entry)]


def reading_of(quote: ReadingQuote) -> Reading | None:
    """What a quote comes to on the scale that its source declares; None where it is refused."""
    try:
        return read_reading(quote, scale(quote.scale), seen_on=date(2026, 1, 1))
    except ReadingError:
        return None


def publishable(claims: Iterable[ReadingClaim]) -> Scores:
    """(model, benchmark, setup, score) of claims without a remark or a refused figure.

    A set, since a board may measure one model twice: that is two readings of one series.
    """
    return {
        (claim.written, claim.benchmark, claim.setup.key, f"{reading.value:f} {reading.scale}")
        for claim in claims
        if not claim.remarks and (reading := reading_of(claim.quote)) is not None
    }


def files_of(corpus: Path, spec: SourceSpec) -> Iterator[tuple[str, Path]]:
    """Part and path of every recorded file of a source."""
    for recorded in spec.recorded_as:
        for path in sorted(corpus.glob(recorded.pattern)):
            yield path.stem if recorded.part == "*" else recorded.part, path


def reordered(suffix: str, text: str) -> str:
    """The same body with its columns, or its keys, in reverse."""
    return _REORDER[suffix](text)


def _csv(text: str) -> str:
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    lines = list(csv.reader(io.StringIO(text.removeprefix(mark), newline="")))
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(line[::-1] for line in lines)
    turned = out.getvalue()
    return mark + (turned if text.endswith("\n") else turned.removesuffix("\n"))


def _json(text: str) -> str:
    def turned(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        return dict(reversed(pairs))

    return json.dumps(json.loads(text, object_pairs_hook=turned), ensure_ascii=False)


def _yaml(text: str) -> str:
    runs = re.split(r"(?m)^- ", text)[1:]
    return "".join(
        "- " + "\n  ".join(reversed([line.strip() for line in run.splitlines() if line.strip()]))
        + "\n"
        for run in runs
    )  # fmt: skip


def _html(text: str) -> str:
    root = BeautifulSoup(text, "lxml")
    script = root.find("script", type="application/json")
    if isinstance(script, Tag):
        script.string = _json(script.get_text())
    for row in root.find_all("tr"):
        if isinstance(row, Tag):
            for cell in list(row.find_all(["td", "th"]))[::-1]:
                row.append(cell.extract())
    return str(root)


_REORDER: dict[str, Callable[[str], str]] = {
    ".csv": _csv,
    ".json": _json,
    ".yml": _yaml,
    ".html": _html,
}
