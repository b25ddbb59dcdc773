"""Scores as the desk shows them: one series with what every board says of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from registry.curation.models import Ruling
from registry.curation.policy.reasons import Finding
from registry.curation.policy.scores.deciding import Case
from registry.curation.policy.scores.saying import SourceWord, Stated, value_of, word_of
from registry.curation.rulings import STAFF
from registry.curation.scores.evidence import gather_scores
from registry.curation.scores.points import standing_scores
from registry.curation.scores.rulings import score_rulings_in_force, series_of_ruling
from registry.curation.scores.series import SeriesName, named
from registry.ledger.chain import head
from registry.ledger.models import ScorePoint
from registry.scoring.figures import plain
from registry.scoring.setups import Setup


@dataclass(frozen=True, slots=True)
class ScoreSide:
    """One claim's word on a series: as written, read on the benchmark's scale, what is wrong.

    ``taken``: it is the one that its source's word is made of. ``refused``: a person has said that
    it is not the score.
    """

    source: str
    trust: int
    fresh: bool
    claim_id: int
    since: datetime
    quoted: str
    value: str
    interval: str
    measured_on: date | None
    evaluator: str
    findings: tuple[Finding, ...]
    taken: bool
    refused: bool
    differs: bool


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """A series beside every board's word; ``standing``: what is published now (None: nothing)."""

    series: SeriesName
    name: str
    head: int
    standing: ScorePoint | None
    sides: tuple[ScoreSide, ...]
    rulings: tuple[Ruling, ...]

    @property
    def published(self) -> str:
        """The published value as text."""
        point = self.standing
        return "" if point is None or point.value is None else f"{plain(point.value):f}"


def score_table(series: SeriesName, *, at: datetime) -> ScoreTable:
    """What is said of a series now and what stands of it."""
    case = gather_scores({series.subject}, at=at).get(series)
    standing = next(
        (
            point
            for point in standing_scores({series.subject}, at=at)
            if Setup.parse(point.series.setup) == series.setup
        ),
        None,
    )
    in_force = score_rulings_in_force({series.subject})
    return ScoreTable(
        series,
        named([series])[series],
        head().number,
        standing,
        () if case is None else tuple(_sides(case, standing)),
        tuple(ruling for ruling in in_force if series_of_ruling(ruling) == series),
    )


def _sides(case: Case, standing: ScorePoint | None) -> Iterator[ScoreSide]:
    for word in sorted(case.words, key=lambda one: (-one.trust, one.source)):
        score, kept = word_of(word, case.measure, at=case.at, rulings=case.rulings)
        found = {one.claim_id: one.findings for one in kept}
        for stated in word.stated:
            yield _side(
                case,
                word,
                stated,
                found.get(stated.claim_id, ()),
                taken=score is not None and score.claim_id == stated.claim_id,
                standing=standing,
            )


def _side(
    case: Case,
    word: SourceWord,
    stated: Stated,
    findings: Sequence[Finding],
    *,
    taken: bool,
    standing: ScorePoint | None,
) -> ScoreSide:
    quote = stated.quote
    value = value_of(stated, case.measure)
    ends = [end for end in (quote.low, quote.high) if end is not None]
    interval = " to ".join(ends) or (f"± {quote.stderr}" if quote.stderr is not None else "")
    published = None if standing is None or standing.value is None else plain(standing.value)
    return ScoreSide(
        source=word.source,
        trust=word.trust,
        fresh=word.fresh,
        claim_id=stated.claim_id,
        since=stated.seen_at,
        quoted=quote.text,
        value="" if value is None else f"{value:f}",
        interval=interval,
        measured_on=quote.measured_on,
        evaluator=quote.evaluator.value,
        findings=tuple(findings),
        taken=taken,
        refused=word.source != STAFF and case.rulings.refuses(word.source, value),
        differs=value is not None and published is not None and value != published,
    )
