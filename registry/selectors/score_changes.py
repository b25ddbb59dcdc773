"""What was published of scores, in the order in which it came out: from what, to what, and why."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from registry.ledger.models import ScorePoint
from registry.pricing.quotes import plain
from registry.scoring.setups import Setup
from registry.selectors.feed import (
    Published,
    came_after,
    counted_by_revision,
    page_of_changes,
    tell,
)
from registry.selectors.ordering import Key
from registry.selectors.paging import Page

SCORE_STATES: tuple[str, ...] = tuple(ScorePoint.State.values)
_SAID = ("state", "value", "qualifier")
_OF = (
    "series__model__lab__slug", "series__model__slug", "series__benchmark__slug", "series__setup",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SaidScore:
    """What a series of scores said: ``value`` on the benchmark's scale, None unless scored."""

    point_id: int
    state: str
    value: Decimal | None
    qualifier: str


@dataclass(frozen=True, slots=True)
class ScoreChange(Published):
    """One start of a score as it was published; ``before`` as in `changes.PriceChange`."""

    now: SaidScore
    before: SaidScore | None
    lab: str
    slug: str
    benchmark: str
    setup: Setup

    @property
    def model(self) -> str:
        """The model's readable id, ``lab/slug``."""
        return f"{self.lab}/{self.slug}"


@dataclass(frozen=True, slots=True)
class ScoreChangeFilter:
    """Which changes are meant; None is any. ``after``: only beyond this place of the feed."""

    model: tuple[str, str] | None = None
    lab: str | None = None
    benchmark: str | None = None
    cause: str | None = None
    after: Key | None = None


def score_changes(
    wanted: ScoreChangeFilter | None = None,
    *,
    after: Key | None = None,
    newest_first: bool = False,
    limit: int,
) -> Page[ScoreChange]:
    """Changes in the order of their publication, or backwards. Three statements."""
    return page_of_changes(
        _matching(wanted or ScoreChangeFilter()),
        _told,
        after=after,
        newest_first=newest_first,
        limit=limit,
    )


def rescored_revisions(
    wanted: ScoreChangeFilter, *, after: int, until: int
) -> tuple[tuple[int, int], ...]:
    """Revisions beyond ``after`` up to ``until`` that hold such changes, and how many each."""
    return counted_by_revision(_matching(wanted), after=after, until=until)


def _matching(wanted: ScoreChangeFilter) -> QuerySet[ScorePoint]:
    lab, slug = wanted.model or (None, None)
    asked = {
        "series__model__slug": slug,
        "series__benchmark__slug": wanted.benchmark,
        "cause": wanted.cause,
    }
    found = ScorePoint.objects.filter(**{k: v for k, v in asked.items() if v is not None})
    for of_lab in filter(None, (lab, wanted.lab)):
        found = found.filter(series__model__lab__slug=of_lab)
    return came_after(found, wanted.after)


def _told(point_ids: Collection[int]) -> list[ScoreChange]:
    return tell(ScorePoint, point_ids, said=_SAID, read=_said, of=_OF, change=_change)


def _change(*columns: Any) -> ScoreChange:
    *told, setup = columns
    return ScoreChange(*(*told, Setup.parse(setup)))


def _said(point_id: int, state: str, value: Decimal | None, qualifier: str) -> SaidScore:
    return SaidScore(point_id, state, None if value is None else plain(value), qualifier)
