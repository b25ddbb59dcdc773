"""Every source against small bodies of our own making, in the shape of what it serves.

Beside a recording lies its golden: the claims that were read from it, as a person reviewed them. A
missing golden is written, and the test fails so that somebody looks at it. After a wanted change,
delete the golden, run the test twice and review the difference.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import cast

import pytest

from scrapers.catalog import BENCHMARKS, FEEDS, PAGES, PRESS, SOURCES
from scrapers.claims import Claim, Parser
from tests.scrapers.sources.golden import golden_text

RECORDINGS = Path(__file__).parents[3] / "fixtures" / "recordings"
GOLDEN = ".golden.json"
# The sources whose files are told apart by part: a recording's name is its part, / written as __.
_WITH_PARTS = {
    spec.parser for spec in SOURCES if any(recorded.part for recorded in spec.recorded_as)
}


def _recordings() -> list[Path]:
    return sorted(p for p in RECORDINGS.glob("*/*.*") if not p.name.endswith(GOLDEN))


@pytest.mark.parametrize("recording", _recordings(), ids=lambda p: f"{p.parent.name}/{p.name}")
def test_a_recording_is_read_as_its_golden_says(recording: Path) -> None:
    name = recording.parent.name.replace("-", "_")
    parser = cast(Parser[Claim], import_module(f"scrapers.sources.{name}"))
    part = recording.stem.replace("__", "/") if name in _WITH_PARTS else ""
    entries = parser.split(recording.read_bytes(), part)
    text = golden_text(claim for entry in entries for claim in parser.read(entry))
    golden = recording.with_name(recording.stem + GOLDEN)
    if not golden.exists():
        golden.write_text(text, encoding="utf-8")
        pytest.fail(f"{golden.name} was missing and has been written: review it and commit it")
    assert text == golden.read_text(encoding="utf-8")


def test_every_feed_has_a_recording() -> None:
    recorded = {path.parent.name for path in _recordings()}
    assert {spec.slug for spec in FEEDS} <= recorded


def test_every_price_page_has_a_recording() -> None:
    recorded = {path.parent.name for path in _recordings()}
    assert {spec.parser for spec in PAGES} <= recorded


def test_every_leaderboard_has_a_recording() -> None:
    recorded = {path.parent.name.replace("-", "_") for path in _recordings()}
    assert {spec.parser for spec in BENCHMARKS} <= recorded


def test_every_article_has_a_recording() -> None:
    recorded = {path.parent.name for path in _recordings()}
    assert {spec.parser for spec in PRESS} <= recorded


def test_every_golden_belongs_to_a_recording() -> None:
    stems = {path.with_name(path.stem) for path in _recordings()}
    goldens = {p.with_name(p.name.removesuffix(GOLDEN)) for p in RECORDINGS.glob(f"*/*{GOLDEN}")}
    assert goldens <= stems
