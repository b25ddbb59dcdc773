"""What the feeds of changes share, whatever they are of: prices, scores or facts.

A change is a point of a revision. Its place is that of the revision and then of the point, neither
of which ever moves, so nothing is lost or told twice to whoever asks for what came after the last
change that they saw. A place in one feed is none in another.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Count, QuerySet, Subquery

from registry.ledger.effective import stood_before
from registry.ledger.models import Point
from registry.selectors.ordering import Key, beyond, numbered
from registry.selectors.paging import Page, page_in

P = TypeVar("P", bound=Point)
C = TypeVar("C", bound="Published")
S = TypeVar("S")

Place = tuple[int, int]
"""Where a feed goes on: behind a revision's point."""

_PLACE = ("revision_id", "pk")
# Beyond every point of a revision.
_LAST_POINT = 2**63 - 1
_PUBLISHED = (
    "pk", "revision_id", "revision__published_at", "revision__author", "starts_at", "starts_basis",
    "cause", "status", "claim__source__slug",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Published:
    """One start of a series as it was published, whatever it says.

    ``author``: the source or curator that made the revision. ``status``: as stored with it.
    ``source`` is None where a curator's word was published.
    """

    point_id: int
    revision: int
    published_at: datetime
    author: str
    starts_at: datetime
    starts_basis: str
    cause: str
    status: str
    source: str | None

    @property
    def key(self) -> Key:
        """The change's place in the feed: its revision, then its point."""
        return (self.revision, self.point_id)


def after_revision(number: int) -> Place:
    """The place of a feed behind everything that a revision published."""
    return (number, _LAST_POINT)


def came_after(found: QuerySet[P], place: Key | None) -> QuerySet[P]:
    """Only what stands beyond a place of the feed, whatever the order; all where that is None."""
    return found if place is None else found.filter(beyond(_PLACE, place))


def page_of_changes(
    found: QuerySet[P],
    told: Callable[[Collection[int]], Collection[C]],
    *,
    after: Key | None,
    newest_first: bool,
    limit: int,
) -> Page[C]:
    """Changes in the order of their publication, or backwards.

    ``told`` makes the changes of the ids of points. ``after`` is the key of the last change that
    was seen, in the direction of the order.
    """
    page = page_in(
        numbered(*_PLACE, descending=newest_first),
        found.values_list(*_PLACE),
        read=lambda revision, pk: (revision, pk),
        after=after,
        limit=limit,
    )
    changes = {change.point_id: change for change in told([pk for _, pk in page.rows])}
    return Page(tuple(changes[pk] for _, pk in page.rows), page.next)


def counted_by_revision(
    found: QuerySet[P], *, after: int, until: int
) -> tuple[tuple[int, int], ...]:
    """Revisions beyond ``after`` up to ``until`` that hold such points, and how many each.

    Oldest first. One statement.
    """
    within = found.filter(revision_id__gt=after, revision_id__lte=until)
    counted = within.values("revision_id").annotate(changes=Count("pk")).order_by("revision_id")
    return tuple(counted.values_list("revision_id", "changes"))


def tell(
    points: type[P],
    ids: Collection[int],
    *,
    said: tuple[str, ...],
    read: Callable[..., S],
    of: tuple[str, ...],
    change: Callable[..., C],
) -> list[C]:
    """The changes of points, each with what had been said of its start before. Two statements.

    ``read`` makes what a series says of a point's id and its columns ``said``; ``change`` makes a
    change of the columns of `Published`, that, what was said before (or None), and the columns
    ``of`` its series.
    """
    if not ids:
        return []
    rows = list(
        points._default_manager.filter(pk__in=ids)
        .annotate(before=Subquery(stood_before(points).values("pk")[:1]))
        .values_list("before", *_PUBLISHED, *said, *of)
    )
    earlier = _said(points, {row[0] for row in rows if row[0] is not None}, said, read)
    return [_change(row, len(said), earlier, read, change) for row in rows]


def _change(
    row: tuple[Any, ...],
    width: int,
    earlier: dict[int, S],
    read: Callable[..., S],
    change: Callable[..., C],
) -> C:
    before, *rest = row
    published, told = rest[: len(_PUBLISHED)], rest[len(_PUBLISHED) :]
    now = read(published[0], *told[:width])
    return change(*published, now, None if before is None else earlier[before], *told[width:])


def _said(
    points: type[P], ids: Collection[int], columns: tuple[str, ...], read: Callable[..., S]
) -> dict[int, S]:
    rows = points._default_manager.filter(pk__in=ids).values_list("pk", *columns)
    return {row[0]: read(*row) for row in rows}
