"""``/api/v1/revisions``"""

from __future__ import annotations

from dataclasses import dataclass

from rest_framework.request import Request

from registry.api import kinds
from registry.api.operations import Answer, ReadView, operation
from registry.api.queries import Nothing, parameter
from registry.api.v1 import asking, examples
from registry.api.v1.paging import next_address
from registry.api.v1.shapes.revisions import Revision, RevisionDetail, RevisionList, RevisionRef
from registry.selectors import revisions as held
from registry.selectors.clocks import as_of


@dataclass(frozen=True, slots=True)
class RevisionsQuery(asking.Listed):
    """Which revisions."""

    sort: str = asking.sorted_by(held.REVISION_SORTS.names, held.REVISION_SORTS.default)
    kind: str | None = parameter(kinds.one_of(held.REVISION_KINDS), "Only made by this.")


class RevisionListView(ReadView):
    """All revisions."""

    @operation(
        "listRevisions",
        "Revisions",
        query=RevisionsQuery,
        answer=RevisionList,
        example=examples.REVISION_LIST,
    )
    def get(self, request: Request, query: RevisionsQuery) -> Answer:
        """Everything that was ever published, each hash covering the one before."""
        page = held.revisions(
            kind=query.kind, sort=query.sort, after=query.cursor, limit=query.limit
        )
        items = tuple(map(Revision.of, page.rows))
        return Answer(
            RevisionList(RevisionRef.of(as_of()), items, next_address(request, page.next))
        )


class RevisionDetailView(ReadView):
    """One revision."""

    @operation(
        "getRevision",
        "A revision",
        query=Nothing,
        answer=RevisionDetail,
        example=examples.REVISION_DETAIL,
        path=(asking.REVISION,),
    )
    def get(self, request: Request, query: Nothing, number: int) -> Answer:
        """A revision by its number; the answer never changes."""
        return Answer(RevisionDetail(Revision.of(held.revision(number))), for_ever=True)
