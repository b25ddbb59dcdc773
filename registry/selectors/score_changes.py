"""What was published of scores, in the order in which it came out: from what, to what, and why.

The sibling of `registry.selectors.changes`; a place in one feed is none in the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Subquery

from registry.ledger.effective import stood_before
from registry.ledger.models import ScorePoint
from registry.pricing.quotes import plain
from registry.scoring.setups import Setup
from registry.selectors.paging import Key, Page, beyond, page_of

SCORE_STATES: tuple[str, ...] = tuple(ScorePoint.State.values)
_PLACE = ("revision_id", "pk")


@dataclass(frozen=True, slots=True)
class SaidScore:
    """What a series of scores said: ``value`` on the benchmark's scale, None unless scored."""

    point_id: int
    state: str
    value: Decimal | None
    qualifier: str


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """One start of a score as it was published; ``before`` as in `changes.PriceChange`."""

    now: SaidScore
    before: SaidScore | None
    revision: int
    published_at: datetime
    author: str
    lab: str
    slug: str
    benchmark: str
    setup: Setup
    starts_at: datetime
    starts_basis: str
    cause: str
    status: str
    source: str | None

    @property
    def model(self) -> str:
        """The model's readable id, ``lab/slug``."""
        return f"{self.lab}/{self.slug}"

    @property
    def key(self) -> Key:
        """The change's place in the feed: its revision, then its point."""
        return (self.revision, self.now.point_id)


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
    sign = "-" if newest_first else ""
    page = page_of(
        _matching(wanted or ScoreChangeFilter()).values_list(*_PLACE),
        tuple(f"{sign}{column}" for column in _PLACE),
        read=lambda revision, pk: (revision, pk),
        key=lambda key: key,
        after=after,
        limit=limit,
    )
    told = {change.now.point_id: change for change in _told([pk for _, pk in page.rows])}
    return Page(tuple(told[pk] for _, pk in page.rows), page.next)


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
    return found if wanted.after is None else found.filter(beyond(_PLACE, wanted.after))


def _told(point_ids: list[int]) -> list[ScoreChange]:
    if not point_ids:
        return []
    rows = list(
        ScorePoint.objects.filter(pk__in=point_ids)
        .annotate(before=Subquery(stood_before(ScorePoint).values("pk")[:1]))
        .values_list(
            "pk",
            "state",
            "value",
            "qualifier",
            "before",
            "revision_id",
            "revision__published_at",
            "revision__author",
            "series__model__lab__slug",
            "series__model__slug",
            "series__benchmark__slug",
            "series__setup",
            "starts_at",
            "starts_basis",
            "cause",
            "status",
            "claim__source__slug",
        )
    )
    earlier = _said({row[4] for row in rows if row[4] is not None})
    return [_change(earlier, *row) for row in rows]


def _change(earlier: dict[int, SaidScore], *columns: Any) -> ScoreChange:
    pk, state, value, qualifier, before, revision, at, author, lab, slug, *rest = columns
    benchmark, setup, *told = rest
    return ScoreChange(
        _score(pk, state, value, qualifier),
        None if before is None else earlier[before],
        revision,
        at,
        author,
        lab,
        slug,
        benchmark,
        Setup.parse(setup),
        *told,
    )


def _said(point_ids: set[int]) -> dict[int, SaidScore]:
    rows = ScorePoint.objects.filter(pk__in=point_ids)
    return {row[0]: _score(*row) for row in rows.values_list("pk", "state", "value", "qualifier")}


def _score(pk: int, state: str, value: Decimal | None, qualifier: str) -> SaidScore:
    return SaidScore(pk, state, None if value is None else plain(value), qualifier)
