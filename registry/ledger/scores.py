"""A score that somebody wants to publish, checked before it comes near the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from registry.ledger.models import ScorePoint
from registry.ledger.points import PointError, refuse_rounding, refuse_unknown_words
from registry.scoring.scales import MAX_DIGITS
from registry.scoring.setups import Setup

_CHOICES: dict[str, tuple[str, ...]] = {
    "starts_basis": tuple(ScorePoint.Basis.values),
    "state": tuple(ScorePoint.State.values),
    "status": tuple(ScorePoint.Status.values),
    "cause": tuple(ScorePoint.Cause.values),
    "qualifier": ("", *ScorePoint.Qualifier.values),
    "evaluator": ("", *ScorePoint.Evaluator.values),
}


@dataclass(frozen=True, slots=True)
class NewScore:
    """One start of a score: from ``starts_at`` on, the series has this value, or none.

    ``value``, ``low`` and ``high`` are on the benchmark's scale; a value, its qualifier and its
    evaluator stand exactly when the state is scored. Raises `PointError` for a forecast, and for
    whatever the ledger could not give back digit by digit on both engines.
    """

    model_id: int
    benchmark_id: int
    setup: Setup
    starts_at: datetime
    starts_basis: ScorePoint.Basis
    state: ScorePoint.State
    value: Decimal | None
    qualifier: str
    evaluator: str
    status: ScorePoint.Status
    cause: ScorePoint.Cause
    low: Decimal | None = None
    high: Decimal | None = None
    items: int | None = None
    claim_id: int | None = None

    def __post_init__(self) -> None:
        refuse_unknown_words(self, _CHOICES)
        scored = self.state == ScorePoint.State.SCORED
        for field in ("value", "qualifier", "evaluator"):
            said = getattr(self, field)
            if (said in (None, "")) is scored:
                expected = "one with a score" if scored else "none without a score"
                raise PointError(self, field, said, expected)
        for field in ("value", "low", "high"):
            self._refuse_inexact(field, getattr(self, field))
        if self.value is not None:
            self._refuse_no_interval(self.value)

    @property
    def series_key(self) -> tuple[int, int, str]:
        return (self.model_id, self.benchmark_id, self.setup.key)

    @property
    def subject(self) -> str:
        where = f"model {self.model_id}: benchmark {self.benchmark_id}"
        return f"{where} {self.setup.key}".rstrip()

    def _refuse_inexact(self, field: str, figure: Decimal | None) -> None:
        if figure is None:
            return
        if not figure.is_finite() or len(figure.normalize().as_tuple().digits) > MAX_DIGITS:
            raise PointError(self, field, figure, f"at most {MAX_DIGITS} significant digits")
        refuse_rounding(self, field, figure)

    def _refuse_no_interval(self, value: Decimal) -> None:
        if self.low is not None and self.low > value:
            raise PointError(self, "low", self.low, f"at most the score, {value}")
        if self.high is not None and self.high < value:
            raise PointError(self, "high", self.high, f"at least the score, {value}")
        if self.items is not None and self.items < 1:
            raise PointError(self, "items", self.items, "at least one")
