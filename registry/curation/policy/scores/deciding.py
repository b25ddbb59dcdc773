"""What becomes of one series of scores: what is published, and what is kept back and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from registry.curation.policy.elections import (
    Saying,
    Status,
    elect,
    heard,
    independent,
    support,
)
from registry.curation.policy.reasons import Finding, Reason
from registry.curation.policy.scores.rulings import NO_RULINGS, ScoreRulings
from registry.curation.policy.scores.saying import Kept, Measure, Score, SourceWord, agree, word_of
from registry.curation.policy.thresholds import SCALE_TOLERANCE

_FURTHEST_POWER = 4


class Cause(StrEnum):
    """Why a score is published."""

    FIRST_SEEN = "first_seen"
    RESCORED = "rescored"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class Standing:
    """What is published of the series; ``score`` None is a withdrawal."""

    score: Score | None
    starts_at: datetime
    stated: bool


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that is known of one series at a moment; ``late``: more was published since."""

    at: datetime
    measure: Measure
    words: tuple[SourceWord, ...]
    standing: Standing | None = None
    rulings: ScoreRulings = NO_RULINGS
    late: bool = False


@dataclass(frozen=True, slots=True)
class ScoreStart:
    """One start to publish; ``score`` None withdraws."""

    starts_at: datetime
    stated: bool
    score: Score | None
    status: Status
    cause: Cause


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a series.

    ``unheard``: claims of other moments; what was kept of them before stays kept.
    """

    start: ScoreStart | None = None
    kept: tuple[Kept, ...] = ()
    unheard: frozenset[int] = frozenset()


def decide(case: Case) -> Decision:
    """The series' next start, if there is one, and every claim that is kept back.

    Under one setup a score is of one day: a word with a later day is a new start, any other that
    differs corrects the start that stands. A series that nobody states any more is withdrawn.
    While a person keeps the series as it is, nothing of it is published.
    """
    decided = _decide_late(case) if case.late else _decide(case)
    return replace(decided, start=None) if case.rulings.pinned else decided


def _decide_late(case: Case) -> Decision:
    """Of a moment before what is published, as a price is (`policy.late`).

    Only what sources said by then is heard. It is published where nothing was; what would change
    anything waits, and nobody ends anything in hindsight.
    """
    then = replace(case, words=tuple(_heard_then(case)))
    decided = _decide(then) if then.words else Decision()
    heard_then = {one.claim_id: word.source for word in then.words for one in word.stated}
    everybody = {one.claim_id for word in case.words for one in word.stated}
    decided = replace(decided, unheard=frozenset(everybody - heard_then.keys()))
    start = decided.start
    if start is None or start.score is None or case.standing is None:
        return decided
    past = Finding(
        Reason.PAST_DATE,
        "value",
        start.starts_at.isoformat(),
        "a moment before anything was published of the score",
    )
    if case.rulings.accepts(past):
        return decided
    claim_id = start.score.claim_id
    waits = Kept(heard_then[claim_id], claim_id, (past,))
    return replace(decided, start=None, kept=(*decided.kept, waits))


def _heard_then(case: Case) -> Iterator[SourceWord]:
    """What sources had said by the moment; a person's correction is about the present."""
    for word in case.words:
        stated = tuple(one for one in word.stated if one.seen_at <= case.at)
        if stated and not word.own:
            yield replace(word, stated=stated)


def _decide(case: Case) -> Decision:
    sayings: list[Saying[SourceWord, Score]] = []
    kept: list[Kept] = []
    for source in case.words:
        score, refused = word_of(source, case.measure, at=case.at, rulings=case.rulings)
        kept += refused
        if score is not None:
            sayings.append(Saying(source, score, score.seen_at))
    stands = case.standing.score if case.standing else None
    if not case.words:
        return Decision(_ending(case, stands))
    taken = elect(heard(sayings, agree), stands, agree)
    if taken is None or _stands_already(taken, stands, sayings):
        return Decision(kept=tuple(kept))
    agreeing = [one.speaker for one in sayings if agree(one.word, taken)]
    doubt = _off_scale(taken, stands) if independent(agreeing) < 2 else None
    if doubt is not None and not case.rulings.accepts(doubt):
        doubted = next(one.speaker for one in sayings if one.word == taken)
        return Decision(kept=(*kept, Kept(doubted.source, taken.claim_id, (doubt,))))
    differing = [one.speaker for one in sayings if not agree(one.word, taken) and one.speaker.fresh]
    return Decision(_start(case, taken, support(agreeing, differing)), tuple(kept))


def _ending(case: Case, stands: Score | None) -> ScoreStart | None:
    if stands is None:
        return None
    return ScoreStart(case.at, False, None, Status.SINGLE, Cause.WITHDRAWN)


def _stands_already(
    taken: Score, stands: Score | None, sayings: Sequence[Saying[SourceWord, Score]]
) -> bool:
    """Whether it is published as it is, or in the words of another who still says so.

    A curator's figure is not said already by one that is merely near it.
    """
    if stands is None:
        return False
    if taken.figures == stands.figures:
        return True
    if any(one.speaker.own and one.word == taken for one in sayings):
        return False
    said = any(one.word.figures == stands.figures for one in sayings)
    return said and taken.value != stands.value and agree(taken, stands)


def _start(case: Case, score: Score, status: Status) -> ScoreStart:
    standing = case.standing
    if standing is None:
        return ScoreStart(score.dated, score.stated, score, status, Cause.FIRST_SEEN)
    if standing.score is None:
        return ScoreStart(case.at, False, score, status, Cause.RESTORED)
    if score.dated > standing.starts_at:
        return ScoreStart(score.dated, score.stated, score, status, Cause.RESCORED)
    return ScoreStart(standing.starts_at, standing.stated, score, status, Cause.CORRECTED)


def _off_scale(taken: Score, stands: Score | None) -> Finding | None:
    """A score a power of ten off the one that stands has lost or won a digit, or its unit."""
    if stands is None or not (taken.value > 0 and stands.value > 0):
        return None
    ratio = taken.value / stands.value
    for power in range(1, _FURTHEST_POWER + 1):
        for factor in (Decimal(10) ** power, Decimal(10) ** -power):
            if abs(ratio / factor - 1) <= SCALE_TOLERANCE:
                return Finding(
                    Reason.SCALE, "value", f"{taken.value:f}", f"a score like {stands.value:f}"
                )
    return None
