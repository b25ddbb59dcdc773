"""One source's word on a series of scores: its claims read, and the one that counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from decimal import Context, Decimal, Inexact, InvalidOperation

from registry.curation.policy.reasons import Finding, Reason
from registry.curation.policy.scores.rulings import NO_RULINGS, ScoreRulings
from registry.curation.policy.thresholds import AGREEMENT
from registry.scoring.figures import Qualifier, plain
from registry.scoring.intervals import by_error
from registry.scoring.readings import (
    DateBasis,
    Evaluator,
    Reading,
    ReadingError,
    ReadingFault,
    ReadingQuote,
    read_reading,
)
from registry.scoring.scales import MAX_DIGITS, Scale

_EXACT = Context(prec=2 * MAX_DIGITS, traps=[Inexact, InvalidOperation])
_LAST_PLACE = Decimal(1).scaleb(-MAX_DIGITS)
# A standard error is an estimate: more places than this are none of its own.
_INTERVAL_PLACE = Decimal(1).scaleb(-9)


@dataclass(frozen=True, slots=True)
class Measure:
    """In what a benchmark's scores are told, and how many items the series officially has."""

    scale: Scale
    items: int | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """One claim of a score as its source makes it now.

    ``seen_at``: since when it has been said. ``by_name``: the model was found by its name, not by
    another name given beside it. ``snapshot``: the day in the name of a dated snapshot, "" where
    it has none. ``remarks``: what the parser could not take, or a setup that contradicts itself.
    """

    claim_id: int
    quote: ReadingQuote
    seen_at: datetime
    by_name: bool = True
    snapshot: str = ""
    remarks: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceWord:
    """All that one source says of a series; a speaker as `policy.elections` hears them."""

    source: str
    group: str
    trust: int
    own: bool
    fresh: bool
    stated: tuple[Stated, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """A score that could be published; ``low`` and ``high`` are the ends of its 95 % interval.

    ``dated``: midnight UTC of the day that the source states, or when it was first seen.
    """

    value: Decimal
    qualifier: Qualifier
    evaluator: Evaluator
    low: Decimal | None
    high: Decimal | None
    items: int | None
    dated: datetime
    stated: bool
    seen_at: datetime
    claim_id: int

    @property
    def figures(self) -> tuple[object, ...]:
        """What is told, whoever tells it."""
        return (self.value, self.qualifier, self.low, self.high, self.items, self.evaluator)


@dataclass(frozen=True, slots=True)
class Kept:
    """A claim that is not published, and why."""

    source: str
    claim_id: int
    findings: tuple[Finding, ...]


def agree(one: Score, other: Score) -> bool:
    """Whether two scores do not contradict each other, within the agreement margin."""
    margin = AGREEMENT * max(abs(one.value), abs(other.value))
    gap = one.value - other.value
    if abs(gap) <= margin:
        return True
    above, below = (one, other) if gap > 0 else (other, one)
    return below.qualifier is Qualifier.AT_LEAST or above.qualifier is Qualifier.AT_MOST


def word_of(
    source: SourceWord, measure: Measure, *, at: datetime, rulings: ScoreRulings = NO_RULINGS
) -> tuple[Score | None, list[Kept]]:
    """The one score that a source gives now, if any, and its claims that cannot be taken.

    Of several readings the newest counts: of the newest snapshot first, then by the day of the
    measurement. Two that nothing tells apart are both held, unless a person has taken one of them.
    What a person has refused is not heard.
    """
    scores: list[tuple[Stated, Score]] = []
    kept = []
    for stated in source.stated:
        if rulings.refused and rulings.refuses(source.source, value_of(stated, measure)):
            continue
        found = _read(stated, measure, at, rulings)
        if isinstance(found, Score):
            scores.append((stated, found))
        elif found:
            kept.append(Kept(source.source, stated.claim_id, found))
    if not scores:
        return None, kept
    best = max(map(_rank, scores))
    newest = [pair[1] for pair in scores if _rank(pair) == best]
    if len({score.value for score in newest}) > 1:
        doubts = _told_apart_by_nothing(source, newest)
        taken = {one.claim_id for one in doubts if all(map(rulings.accepts, one.findings))}
        newest = [score for score in newest if score.claim_id in taken]
        if len({score.value for score in newest}) != 1:
            return None, kept + doubts
    return min(newest, key=lambda score: score.claim_id), kept


def value_of(stated: Stated, measure: Measure) -> Decimal | None:
    """The value that a claim states, whatever speaks against it; None where it cannot be read."""
    try:
        reading = read_reading(
            stated.quote,
            measure.scale,
            items=measure.items,
            seen_on=stated.seen_at.date(),
            overlooked=tuple(ReadingFault),
        )
    except ReadingError:
        return None
    return reading.value


def _rank(pair: tuple[Stated, Score]) -> tuple[bool, bool, str, datetime]:
    stated, score = pair
    return (stated.by_name, not stated.snapshot, stated.snapshot, score.dated)


def _told_apart_by_nothing(source: SourceWord, scores: Iterable[Score]) -> list[Kept]:
    scores = list(scores)
    return [
        Kept(
            source.source,
            score.claim_id,
            (
                Finding(
                    Reason.CONFLICTING_FIGURES,
                    "value",
                    f"{score.value:f}",
                    ", ".join(sorted({f"{o.value:f}" for o in scores if o.value != score.value}))
                    + " is said of the same",
                ),
            ),
        )
        for score in scores
    ]


def _read(
    stated: Stated, measure: Measure, at: datetime, rulings: ScoreRulings
) -> Score | tuple[Finding, ...]:
    """The score, or what speaks against it; a forecast is neither: it is nobody's score yet."""
    if not all(map(rulings.accepts, stated.remarks)):
        return stated.remarks
    quote = stated.quote
    reading = _reading(stated, measure, rulings)
    if isinstance(reading, Finding):
        return (reading,)
    if not reading.is_current:
        return ()
    if reading.dated > at.date():
        expected = f"a day up to {at.date()}"
        return (Finding(Reason.BAD_DATE, "measured_on", str(reading.dated), expected),)
    if not _is_storable(reading.value):
        expected = f"at most {MAX_DIGITS} places before and after the point"
        return (Finding(Reason.TOO_MANY_DIGITS, quote.field, quote.text, expected),)
    low, high = _interval(reading, measure.scale)
    is_stated = reading.date_basis is DateBasis.STATED
    return Score(
        value=reading.value,
        qualifier=reading.qualifier,
        evaluator=reading.evaluator,
        low=low,
        high=high,
        items=reading.items or None,
        dated=datetime.combine(reading.dated, time(), UTC) if is_stated else stated.seen_at,
        stated=is_stated,
        seen_at=stated.seen_at,
        claim_id=stated.claim_id,
    )


def _reading(stated: Stated, measure: Measure, rulings: ScoreRulings) -> Reading | Finding:
    """The quote as a reading, past each doubt that a person has looked at; else what is wrong."""
    overlooked: set[ReadingFault] = set()
    while True:
        try:
            return read_reading(
                stated.quote,
                measure.scale,
                items=measure.items,
                seen_on=stated.seen_at.date(),
                overlooked=overlooked,
            )
        except ReadingError as error:
            found = str(error.value)
            doubt = Finding(Reason(error.fault.value), error.field, found, error.expected)
            if error.fault in overlooked or not rulings.accepts(doubt):
                return doubt
            overlooked.add(error.fault)


def _interval(reading: Reading, scale: Scale) -> tuple[Decimal | None, Decimal | None]:
    """The ends as told, or those of the standard error, within what can be scored at all."""
    low, high = reading.low, reading.high
    if low is None and high is None and reading.stderr:
        around = by_error(reading.value, reading.stderr)
        low = around.low if scale.least is None else max(around.low, scale.least)
        high = around.high if scale.most is None else min(around.high, scale.most)
    rounded_low = None if low is None else min(plain(low.quantize(_INTERVAL_PLACE)), reading.value)
    rounded_high = (
        None if high is None else max(plain(high.quantize(_INTERVAL_PLACE)), reading.value)
    )
    return rounded_low, rounded_high


def _is_storable(value: Decimal) -> bool:
    try:
        _EXACT.quantize(value, _LAST_PLACE)
    except (Inexact, InvalidOperation):
        return False
    return True
