"""What a person writes into the desk's forms, read once for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.http import HttpRequest

from registry.curation.actions import ActionRefused, ScoreFigures
from registry.pricing.meters import METERS
from registry.pricing.rates import PriceState
from registry.scoring.readings import Evaluator
from registry.selectors.readings import EVALUATORS, QUALIFIERS

_EMPTY_ROWS = 2
_SCORE_FIELDS = ("value", "evaluator", "qualifier", "low", "high", "items")
_COLUMNS = ("meter", "terms", "currency", "state", "amount")
_MOST_DIGITS = 17


@dataclass(frozen=True, slots=True)
class Figures:
    """Prices as they were written, from when they hold, and where a person can check them."""

    rows: tuple[tuple[str, ...], ...]
    since: datetime | None
    address: str


class EditForm:
    """Rows of prices to write over, with what may be chosen in them."""

    def __init__(
        self, rows: Iterable[Sequence[str | None]], *, since: datetime | None = None
    ) -> None:
        written = [[cell or "" for cell in row] for row in rows]
        empty = [["", "", "USD", PriceState.PRICED.value, ""] for _ in range(_EMPTY_ROWS)]
        self.rows = [dict(zip(_COLUMNS, row, strict=True)) for row in written + empty]
        self.since = since
        self.meters = tuple(METERS)
        self.states = tuple(state.value for state in PriceState)


def whole(text: str) -> int | None:
    """A whole number as an address or a form writes it; None for everything else."""
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else None


def figures_of(request: HttpRequest) -> Figures:
    """What `EditForm` was filled with; rows without a meter or without a price are left out.

    Raises `ActionRefused` for a moment that is none.
    """
    columns = [request.POST.getlist(name) for name in _COLUMNS]
    rows = tuple(
        tuple(cell.strip() for cell in row)
        for row in zip(*columns, strict=False)
        if row[0] and (row[4].strip() or row[3] != PriceState.PRICED)
    )
    return Figures(rows, moment_of(request, "since"), request.POST.get("address", "").strip())


@dataclass(frozen=True, slots=True)
class ScoreForm:
    """A score to write over, with what may be chosen in it."""

    value: str = ""
    low: str = ""
    high: str = ""
    items: str = ""
    qualifier: str = ""
    evaluator: str = Evaluator.INDEPENDENT.value
    measured_on: date | None = None
    evaluators: tuple[str, ...] = EVALUATORS
    qualifiers: tuple[str, ...] = QUALIFIERS


@dataclass(frozen=True, slots=True)
class FactForm:
    """Facts to choose from, each with what it says now, of one or two subjects."""

    subjects: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    chosen: str = ""
    value: str = ""
    since: datetime | None = None


def score_of(request: HttpRequest) -> ScoreFigures:
    """What `ScoreForm` was filled with; raises `ActionRefused` for a day that is none."""
    told = {name: request.POST.get(name, "").strip() for name in _SCORE_FIELDS}
    text = request.POST.get("measured_on", "").strip()
    try:
        measured_on = date.fromisoformat(text)
    except ValueError as error:
        expected = "a day such as 2026-04-24"
        raise ActionRefused("measured_on", text or "nothing", expected) from error
    return ScoreFigures(measured_on=measured_on, **told)


def moment_of(request: HttpRequest, name: str) -> datetime | None:
    """A moment in UTC as a browser writes it; None where nothing was written."""
    text = request.POST.get(name, "").strip()
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ActionRefused(name, text, "a moment such as 2026-04-24T00:00") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
