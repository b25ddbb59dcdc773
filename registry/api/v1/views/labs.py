"""``/api/v1/labs``"""

from __future__ import annotations

from dataclasses import dataclass

from rest_framework.request import Request

from registry.api.operations import Answer, ReadView, operation
from registry.api.queries import Nothing
from registry.api.v1 import asking, examples
from registry.api.v1.paging import next_address
from registry.api.v1.shapes.labs import Lab, LabDetail, LabList
from registry.api.v1.shapes.revisions import RevisionRef
from registry.selectors import labs as held
from registry.selectors.clocks import as_of


@dataclass(frozen=True, slots=True)
class LabsQuery(asking.Listed):
    """Which labs, in which order."""

    sort: str = asking.sorted_by(held.LAB_SORTS.names, held.LAB_SORTS.default)


class LabListView(ReadView):
    """All labs."""

    @operation("listLabs", "Labs", query=LabsQuery, answer=LabList, example=examples.LAB_LIST)
    def get(self, request: Request, query: LabsQuery) -> Answer:
        """Organisations that make models."""
        page = held.labs(sort=query.sort, after=query.cursor, limit=query.limit)
        items = tuple(map(Lab.of, page.rows))
        return Answer(LabList(RevisionRef.of(as_of()), items, next_address(request, page.next)))


class LabDetailView(ReadView):
    """One lab."""

    @operation(
        "getLab",
        "A lab",
        query=Nothing,
        answer=LabDetail,
        example=examples.LAB_DETAIL,
        path=(asking.LAB,),
    )
    def get(self, request: Request, query: Nothing, lab: str) -> Answer:
        """A lab by its id; its models are at ``/api/v1/models?lab=``."""
        return Answer(LabDetail(RevisionRef.of(as_of()), Lab.of(held.lab(lab))))
