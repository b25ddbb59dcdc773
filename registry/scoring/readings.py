"""From a score as a source quotes it to an exact reading on the benchmark's own scale.

What cannot be taken raises `ReadingError` with a typed fault, which says whether the reading is
rejected (it is no score of this benchmark) or held (a person may know what was meant).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, Inexact
from enum import StrEnum

from registry.scoring.figures import (
    Figure,
    FigureError,
    FigureFault,
    Qualifier,
    plain,
    read_figure,
    stronger,
)
from registry.scoring.scales import MAX_DIGITS, PERCENT, Scale, ScaleError, convert, scale


class Evaluator(StrEnum):
    """Who measured: the model's own maker, somebody independent, or nobody who is named."""

    FIRST_PARTY = "first_party"
    INDEPENDENT = "independent"
    AGGREGATOR = "aggregator"


class DateBasis(StrEnum):
    """Whether the source dates a score, or it is dated by when it was first seen."""

    STATED = "stated"
    OBSERVED = "observed"


class ReadingFault(StrEnum):
    """Why a quoted score is not a reading (the number is the row of the bad-input table)."""

    NOT_FINITE = "not_finite"  # 1
    FOREIGN_DIGITS = "foreign_digits"  # 7
    RANGE = "range"  # 11
    TOO_MANY_DIGITS = "too_many_digits"  # 13
    NOT_A_FIGURE = "not_a_figure"  # 14
    SUSPECT_SCALE = "suspect_scale"  # 44
    OUT_OF_BOUNDS = "out_of_bounds"  # 44
    SCALE_CONFLICT = "scale_conflict"  # 44
    BAD_INTERVAL = "bad_interval"  # 44
    NO_SOURCE = "no_source"  # 45
    NO_DATE = "no_date"  # 45
    INCOMPLETE_RUN = "incomplete_run"  # 45
    COUNT_CONFLICT = "count_conflict"  # 45


# A person decides on these; every other fault is a rejection.
_HELD = frozenset(
    {
        ReadingFault.SUSPECT_SCALE,
        ReadingFault.SCALE_CONFLICT,
        ReadingFault.INCOMPLETE_RUN,
        ReadingFault.COUNT_CONFLICT,
    }
)
_OF_FIGURES = {fault: ReadingFault(fault.value) for fault in FigureFault}
# A share and the counts that it is made of may differ by rounding: half of the last written digit,
# or half of a tenth where fewer digits are written.
_WIDEST_ROUNDING = Decimal("0.05")


class ReadingError(ValueError):
    """A quoted score that must not become a reading as it stands."""

    def __init__(self, fault: ReadingFault, field: str, value: object, expected: str) -> None:
        super().__init__(f"{field}: {value!r} was refused ({fault}); expected {expected}")
        self.fault = fault
        self.field = field
        self.value = value
        self.expected = expected

    @property
    def held(self) -> bool:
        """Whether a person decides; else the reading is rejected."""
        return self.fault in _HELD


@dataclass(frozen=True, slots=True)
class ReadingQuote:
    """One score as its source writes it.

    ``text``: the figure exactly as quoted. ``scale``: the scale that the source declares.
    ``field``: the source's own name for the figure. ``page``: where a person can check it.
    ``low``, ``high``: the ends of the 95 % interval that the source tells; ``stderr``: the standard
    error instead; all on the quoted scale. ``items``: how many items the run was made of,
    ``passed``: how many of them were solved. ``qualifier``: what the source says beyond the figure.
    ``derived``: computed from the source's figures, not stated.
    """

    text: str
    scale: str
    field: str
    evaluator: Evaluator
    page: str = ""
    measured_on: date | None = None
    qualifier: Qualifier | None = None
    low: str | None = None
    high: str | None = None
    stderr: str | None = None
    items: int | None = None
    passed: int | None = None
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A score on its benchmark's scale; ``low``, ``high`` and ``stderr`` are on that scale too."""

    value: Decimal
    scale: str
    qualifier: Qualifier
    evaluator: Evaluator
    dated: date
    date_basis: DateBasis
    page: str
    low: Decimal | None = None
    high: Decimal | None = None
    stderr: Decimal | None = None
    items: int | None = None
    snapped: bool = False
    derived: bool = False

    @property
    def is_current(self) -> bool:
        """Whether it may stand as what the model scores: a forecast never does."""
        return self.qualifier is not Qualifier.FORECAST


def read_reading(
    quote: ReadingQuote,
    wanted: Scale,
    *,
    items: int | None = None,
    seen_on: date | None = None,
    overlooked: Collection[ReadingFault] = (),
) -> Reading:
    """The reading that a quote states, on the benchmark's scale ``wanted``.

    ``items``: how many items the benchmark officially has. ``seen_on``: when the figure was first
    seen, which dates it where its source does not. ``overlooked``: doubts about scale and counts
    that a person has looked at and not shared. Raises `ReadingError`.
    """
    told = _declared(quote)
    figure = _figure(quote.text, quote.field)
    dated = _provenance(quote, seen_on)
    _check_scale(quote, figure, told, overlooked)
    _check_counts(quote, figure, told, items, overlooked)
    low, high = _ends(quote, figure)
    error = _figure(quote.stderr, "stderr").value if quote.stderr is not None else None
    if error is not None and error < 0:
        raise ReadingError(ReadingFault.BAD_INTERVAL, "stderr", quote.stderr, "zero or more")
    qualifier = stronger(figure.qualifier, quote.qualifier or Qualifier.EXACT)
    basis = DateBasis.OBSERVED if quote.measured_on is None else DateBasis.STATED
    return Reading(
        value=_on(quote, figure.value, told, wanted),
        scale=wanted.name,
        qualifier=qualifier,
        evaluator=quote.evaluator,
        dated=dated,
        date_basis=basis,
        page=quote.page,
        low=None if low is None else _on(quote, low, told, wanted),
        high=None if high is None else _on(quote, high, told, wanted),
        stderr=None if error is None else _on(quote, error, told, wanted),
        items=quote.items,
        snapped=figure.snapped,
        derived=quote.derived,
    )


def _declared(quote: ReadingQuote) -> Scale:
    try:
        return scale(quote.scale)
    except ScaleError as error:
        raise ReadingError(
            ReadingFault.SCALE_CONFLICT, "scale", quote.scale, error.expected
        ) from error


def _figure(text: str, field: str) -> Figure:
    try:
        return read_figure(text)
    except FigureError as error:
        raise ReadingError(_OF_FIGURES[error.fault], field, error.text, error.expected) from error


def _provenance(quote: ReadingQuote, seen_on: date | None) -> date:
    """The day that the figure belongs to, once it has a page and a day."""
    if not quote.page.strip():
        raise ReadingError(ReadingFault.NO_SOURCE, "page", quote.page, "where it can be checked")
    dated = quote.measured_on or seen_on
    if dated is None:
        raise ReadingError(ReadingFault.NO_DATE, "measured_on", None, "a date")
    return dated


def _check_scale(
    quote: ReadingQuote, figure: Figure, told: Scale, overlooked: Collection[ReadingFault]
) -> None:
    if figure.percent and told is not PERCENT:
        raise ReadingError(
            ReadingFault.SCALE_CONFLICT, quote.field, quote.text, f"a figure in {told.name}"
        )
    if not told.holds(figure.value):
        raise ReadingError(ReadingFault.OUT_OF_BOUNDS, quote.field, quote.text, told.bounds)
    proven = quote.passed is not None and quote.items
    if ReadingFault.SUSPECT_SCALE in overlooked:
        return
    if told is PERCENT and 0 < figure.value <= 1 and not (figure.percent or proven):
        raise ReadingError(
            ReadingFault.SUSPECT_SCALE,
            quote.field,
            quote.text,
            "a percentage; at most 1 may be a fraction",
        )


def _check_counts(
    quote: ReadingQuote,
    figure: Figure,
    told: Scale,
    official: int | None,
    overlooked: Collection[ReadingFault],
) -> None:
    """A run of another denominator, or counts that do not make the score."""
    complete = official is None or quote.items in (None, official)
    if not complete and ReadingFault.INCOMPLETE_RUN not in overlooked:
        raise ReadingError(
            ReadingFault.INCOMPLETE_RUN, "items", quote.items, f"{official} items, as officially"
        )
    if quote.passed is None or not quote.items or told.whole is None:
        return
    if ReadingFault.COUNT_CONFLICT in overlooked:
        return
    share = told.whole * quote.passed / quote.items
    rounding = max(_half_of_last_digit(quote.text), _WIDEST_ROUNDING * told.whole / 100)
    if abs(share - figure.value) > rounding:
        raise ReadingError(
            ReadingFault.COUNT_CONFLICT,
            quote.field,
            quote.text,
            f"{quote.passed} of {quote.items}, which is {share:.6g}",
        )


def _half_of_last_digit(text: str) -> Decimal:
    places = len(text.partition(".")[2].rstrip("% "))
    return Decimal(5).scaleb(-places - 1)


def _ends(quote: ReadingQuote, figure: Figure) -> tuple[Decimal | None, Decimal | None]:
    """The interval as told: two ends, or the margin that stands behind the figure."""
    if figure.margin is not None and quote.low is None and quote.high is None:
        return figure.value - figure.margin, figure.value + figure.margin
    low = None if quote.low is None else _figure(quote.low, "low").value
    high = None if quote.high is None else _figure(quote.high, "high").value
    if (low is not None and low > figure.value) or (high is not None and high < figure.value):
        raise ReadingError(
            ReadingFault.BAD_INTERVAL,
            "interval",
            f"{quote.low} to {quote.high}",
            f"an interval around {quote.text}",
        )
    return low, high


def _on(quote: ReadingQuote, value: Decimal, told: Scale, wanted: Scale) -> Decimal:
    try:
        return plain(convert(value, told, wanted))
    except ScaleError as error:
        raise ReadingError(
            ReadingFault.SCALE_CONFLICT, "scale", told.name, error.expected
        ) from error
    except Inexact as error:
        raise ReadingError(
            ReadingFault.TOO_MANY_DIGITS, quote.field, quote.text, f"at most {MAX_DIGITS} digits"
        ) from error
