"""Series of scores and what sources say of them, in few words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from registry.curation.policy.scores.deciding import Case, Decision, ScoreStart, Standing, decide
from registry.curation.policy.scores.saying import Measure, SourceWord, Stated
from registry.scoring.readings import Evaluator, ReadingQuote
from registry.scoring.scales import PERCENT

PAGE = "https://example.org/board"
MEASURE = Measure(PERCENT, 500)


def day(number: int) -> datetime:
    """Midnight UTC of a day in April 2026."""
    return datetime(2026, 4, number, tzinfo=UTC)


def stated(
    text: str, *, claim: int = 1, seen: int = 10, on: int | None = None, **said: Any
) -> Stated:
    """A claim of a percentage, first seen on a day, measured on another where one is said."""
    of_claim = {k: said.pop(k) for k in ("by_name", "snapshot", "remarks") if k in said}
    quote = {"scale": "percent", "field": "score", "page": PAGE} | said
    quote.setdefault("evaluator", Evaluator.INDEPENDENT)
    measured = None if on is None else date(2026, 4, on)
    return Stated(claim, ReadingQuote(text, measured_on=measured, **quote), day(seen), **of_claim)


def word(source: str, *claims: Stated, trust: int = 60, fresh: bool = True) -> SourceWord:
    """All that one independent source says."""
    return SourceWord(source, source, trust, own=False, fresh=fresh, stated=claims)


def decided(
    *words: SourceWord, standing: Standing | None = None, at: int = 20, late: bool = False
) -> Decision:
    """What becomes of a series out of 500 items, in percent."""
    return decide(Case(day(at), MEASURE, words, standing, late=late))


def started(*words: SourceWord, standing: Standing | None = None, at: int = 20) -> ScoreStart:
    """The start that is published; there must be one."""
    start = decided(*words, standing=standing, at=at).start
    assert start is not None
    return start


def stands(text: str, *, at: int = 10) -> Standing:
    """A score that was published from a stated day on."""
    start = started(word("before", stated(text, on=at)))
    return Standing(start.score, start.starts_at, start.stated)


def figure(start: ScoreStart) -> str:
    """The published value as text."""
    assert start.score is not None
    return f"{start.score.value:f}"
