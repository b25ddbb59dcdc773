"""Why something is not simply published: every reason by name, with its outcome.

Reject: the last good value stays and the run says why. Hold: the last good value stays until a
person decides or other sources confirm. The numbers are the rows of the bad-input table in
docs/bad-inputs.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What becomes of a claim."""

    HOLD = "hold"
    REJECT = "reject"


class Reason(StrEnum):
    """Every way in which a claim, a change or a run can be refused or held."""

    NOT_FINITE = "not_finite"
    NEGATIVE = "negative"
    VANISHED = "vanished"
    ZERO = "zero"
    ANOTHER_UNIT = "another_unit"
    FOREIGN_DIGITS = "foreign_digits"
    AMBIGUOUS_SEPARATOR = "ambiguous_separator"
    EATEN_FIGURE = "eaten_figure"
    EATEN_VARIABLE = "eaten_variable"
    FOOTNOTE = "footnote"
    RANGE = "range"
    PROMOTION_WITHOUT_END = "promotion_without_end"
    TOO_MANY_DIGITS = "too_many_digits"
    NOT_A_FIGURE = "not_a_figure"
    SCALE = "scale"
    IMPLAUSIBLE = "implausible"
    LARGE_CHANGE = "large_change"
    OTHER_CURRENCY = "other_currency"
    MANY_CHANGES = "many_changes"
    ONE_FACTOR = "one_factor"
    SWAPPED = "swapped"
    CACHE_READ_DEARER = "cache_read_dearer"
    CACHE_WRITE_CHEAPER = "cache_write_cheaper"
    UNKNOWN_FIELD = "unknown_field"
    UNKNOWN_UNIT = "unknown_unit"
    CURRENCY_CONFLICT = "currency_conflict"
    PAST_DATE = "past_date"
    BAD_TIERS = "bad_tiers"
    BAD_HOURS = "bad_hours"
    BAD_DATE = "bad_date"
    CONFLICTING_FIGURES = "conflicting_figures"
    DUPLICATE_KEY = "duplicate_key"
    SHARED_ALIAS = "shared_alias"
    SEVERAL_MODELS = "several_models"
    BAD_NAME = "bad_name"
    WRONG_SHAPE = "wrong_shape"
    FAILED_RUN = "failed_run"
    SUSPECT_SCALE = "suspect_scale"
    OUT_OF_BOUNDS = "out_of_bounds"
    SCALE_CONFLICT = "scale_conflict"
    BAD_INTERVAL = "bad_interval"
    NO_SOURCE = "no_source"
    NO_DATE = "no_date"
    INCOMPLETE_RUN = "incomplete_run"
    COUNT_CONFLICT = "count_conflict"
    ROWS_LOST = "rows_lost"
    ROWS_SLIPPED = "rows_slipped"
    ROLLED_BACK = "rolled_back"
    FACT_STEP = "fact_step"
    FACT_REVERSED = "fact_reversed"
    FACT_IMPLAUSIBLE = "fact_implausible"
    FACT_CONTRADICTED = "fact_contradicted"
    UNKNOWN_MODALITY = "unknown_modality"


HELD: dict[Reason, int] = {
    Reason.VANISHED: 4,
    Reason.ZERO: 5,
    Reason.ANOTHER_UNIT: 6,
    Reason.EATEN_FIGURE: 9,
    Reason.FOOTNOTE: 11,
    Reason.RANGE: 11,
    Reason.PROMOTION_WITHOUT_END: 12,
    Reason.SCALE: 15,
    Reason.IMPLAUSIBLE: 15,
    Reason.LARGE_CHANGE: 16,
    Reason.OTHER_CURRENCY: 23,
    Reason.MANY_CHANGES: 17,
    Reason.ONE_FACTOR: 17,
    Reason.SWAPPED: 18,
    Reason.CACHE_WRITE_CHEAPER: 20,
    Reason.UNKNOWN_FIELD: 21,
    Reason.UNKNOWN_UNIT: 21,
    Reason.PAST_DATE: 25,
    Reason.CONFLICTING_FIGURES: 28,
    Reason.SHARED_ALIAS: 29,
    Reason.ROWS_LOST: 34,
    Reason.ROLLED_BACK: 37,
    Reason.ROWS_SLIPPED: 43,
    Reason.SUSPECT_SCALE: 44,
    Reason.SCALE_CONFLICT: 44,
    Reason.INCOMPLETE_RUN: 45,
    Reason.COUNT_CONFLICT: 45,
    Reason.SEVERAL_MODELS: 48,
    Reason.FACT_STEP: 49,
    Reason.FACT_REVERSED: 50,
    Reason.FACT_IMPLAUSIBLE: 51,
    Reason.UNKNOWN_MODALITY: 51,
    Reason.FACT_CONTRADICTED: 52,
}

OF_FACTS = frozenset(
    {
        Reason.FACT_STEP,
        Reason.FACT_REVERSED,
        Reason.FACT_IMPLAUSIBLE,
        Reason.UNKNOWN_MODALITY,
        Reason.FACT_CONTRADICTED,
    }
)
"""The reasons for which a fact waits; each concerns no price."""

REJECTED: dict[Reason, int] = {
    Reason.NOT_FINITE: 1,
    Reason.NEGATIVE: 3,
    Reason.FOREIGN_DIGITS: 7,
    Reason.AMBIGUOUS_SEPARATOR: 8,
    Reason.EATEN_VARIABLE: 10,
    Reason.TOO_MANY_DIGITS: 13,
    Reason.NOT_A_FIGURE: 14,
    Reason.CACHE_READ_DEARER: 19,
    Reason.CURRENCY_CONFLICT: 22,
    Reason.BAD_TIERS: 26,
    Reason.BAD_HOURS: 26,
    Reason.BAD_DATE: 26,
    Reason.DUPLICATE_KEY: 28,
    Reason.BAD_NAME: 30,
    Reason.WRONG_SHAPE: 14,
    Reason.OUT_OF_BOUNDS: 44,
    Reason.BAD_INTERVAL: 44,
    Reason.NO_SOURCE: 45,
    Reason.NO_DATE: 45,
    Reason.FAILED_RUN: 45,
}


def outcome_of(reason: Reason) -> Outcome:
    """Whether a reason holds or rejects."""
    return Outcome.REJECT if reason in REJECTED else Outcome.HOLD


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong: the reason, where it stands, what was found and what was expected."""

    reason: Reason
    field: str
    value: str
    expected: str

    @property
    def outcome(self) -> Outcome:
        """Whether it holds or rejects."""
        return outcome_of(self.reason)

    def __str__(self) -> str:
        return f"{self.field}: {self.value!r}: {self.reason}; expected {self.expected}"
