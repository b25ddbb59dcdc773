"""``/api/v1/sources``"""

from __future__ import annotations

from dataclasses import dataclass

from rest_framework.request import Request

from registry.api import kinds
from registry.api.operations import Answer, ReadView, operation
from registry.api.queries import Nothing, parameter
from registry.api.v1 import asking, examples
from registry.api.v1.paging import next_address
from registry.api.v1.shapes.revisions import RevisionRef
from registry.api.v1.shapes.sources import Source, SourceDetail, SourceList
from registry.selectors import sources as held
from registry.selectors.clocks import as_of


@dataclass(frozen=True, slots=True)
class SourcesQuery(asking.Listed):
    """Which sources."""

    sort: str = asking.sorted_by(held.SOURCE_SORTS.names, held.SOURCE_SORTS.default)
    active: bool | None = parameter(kinds.FLAG, "Only those that are (or are not) listened to.")


class SourceListView(ReadView):
    """All sources."""

    @operation(
        "listSources",
        "Sources",
        query=SourcesQuery,
        answer=SourceList,
        example=examples.SOURCE_LIST,
    )
    def get(self, request: Request, query: SourcesQuery) -> Answer:
        """Feeds and pages that quote prices, how far each is believed, when it was last heard."""
        page = held.sources(
            active=query.active, sort=query.sort, after=query.cursor, limit=query.limit
        )
        items = tuple(map(Source.of, page.rows))
        return Answer(SourceList(RevisionRef.of(as_of()), items, next_address(request, page.next)))


class SourceDetailView(ReadView):
    """One source."""

    @operation(
        "getSource",
        "A source",
        query=Nothing,
        answer=SourceDetail,
        example=examples.SOURCE_DETAIL,
        path=(asking.SOURCE,),
    )
    def get(self, request: Request, query: Nothing, source: str) -> Answer:
        """A source by its id."""
        return Answer(SourceDetail(RevisionRef.of(as_of()), Source.of(held.source(source))))
