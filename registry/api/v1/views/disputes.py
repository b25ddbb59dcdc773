"""``/api/v1/disputes``"""

from __future__ import annotations

from dataclasses import dataclass

from rest_framework.request import Request

from registry.api import cursors, kinds, kinds_of_prices
from registry.api.operations import Answer, ReadView, operation
from registry.api.queries import parameter
from registry.api.v1 import asking
from registry.api.v1.examples_of_disputes import DISPUTE_LIST
from registry.api.v1.paging import next_address
from registry.api.v1.shapes.disputes import Dispute, DisputeList
from registry.api.v1.shapes.revisions import RevisionRef
from registry.pricing.meters import METERS
from registry.selectors.disputes import DISPUTE_SORTS, DisputeFilter, disputes
from registry.selectors.ordering import Key


@dataclass(frozen=True, slots=True)
class DisputesQuery(asking.Dated):
    """Which disputes."""

    limit: int = parameter(kinds.LIMIT, "How many at most.", asking.DEFAULT_LIMIT)
    cursor: Key | None = parameter(cursors.CURSOR, "Where to go on.")
    sort: str = asking.sorted_by(DISPUTE_SORTS.names, DISPUTE_SORTS.default)
    provider: str | None = parameter(kinds.SLUG, "Only of this provider's prices.")
    lab: str | None = parameter(kinds.SLUG, "Only of models of this lab.")
    model: tuple[str, str] | None = parameter(kinds_of_prices.MODEL, "Only of this model.")
    meter: str | None = parameter(kinds.one_of(tuple(METERS)), "Only of this meter.")
    source: str | None = parameter(kinds.SLUG, "Only where this source is one of the sides.")

    def wanted(self) -> DisputeFilter:
        """The filter of the list."""
        names = DisputeFilter.__dataclass_fields__
        return DisputeFilter(**{name: getattr(self, name) for name in names})


class DisputeListView(ReadView):
    """All disputes."""

    @operation(
        "listDisputes",
        "Disputes",
        query=DisputesQuery,
        answer=DisputeList,
        example=DISPUTE_LIST,
    )
    def get(self, request: Request, query: DisputesQuery) -> Answer:
        """Prices of which sources say otherwise, by more than 0.5 %.

        About the present these are today's words of all sources, those that have not been heard
        within their time marked. With ``at`` or ``revision``: the rates that were published as
        disputed, with what had been said by then.
        """
        moment = query.as_of()
        page = disputes(
            query.wanted(), moment, sort=query.sort, after=query.cursor, limit=query.limit
        )
        return Answer(
            DisputeList(
                revision=RevisionRef.of(moment),
                at=query.at,
                items=tuple(map(Dispute.of, page.rows)),
                next=next_address(request, page.next),
            )
        )
