"""``/api/v1/changes``"""

from __future__ import annotations

from dataclasses import dataclass

from rest_framework.request import Request

from registry.api import kinds, kinds_of_prices
from registry.api.operations import Answer, ReadView, operation
from registry.api.queries import parameter
from registry.api.v1 import examples
from registry.api.v1.following import Followed
from registry.api.v1.paging import next_address
from registry.api.v1.shapes.changes import Change, ChangeList
from registry.api.v1.shapes.revisions import RevisionRef
from registry.pricing.meters import METERS
from registry.selectors.changes import ChangeFilter, changes
from registry.selectors.clocks import as_of
from registry.selectors.rate_cards import CAUSES


@dataclass(frozen=True, slots=True)
class ChangesQuery(Followed):
    """Which changes, and from where on."""

    provider: str | None = parameter(kinds.SLUG, "Only of this provider.")
    provider_model_id: str | None = parameter(kinds.TEXT, "Only under this id of the provider's.")
    model: tuple[str, str] | None = parameter(kinds_of_prices.MODEL, "Only of this model.")
    lab: str | None = parameter(kinds.SLUG, "Only of models of this lab.")
    meter: str | None = parameter(kinds.one_of(tuple(METERS)), "Only of this meter.")
    cause: str | None = parameter(kinds.one_of(CAUSES), "Only for this reason.")
    currency: str | None = parameter(kinds_of_prices.CURRENCY, "Only in this currency.")
    everyday: bool = parameter(kinds.FLAG, "Only of standard terms.", False)

    def wanted(self) -> ChangeFilter:
        """The filter of the feed."""
        return ChangeFilter(
            provider=self.provider,
            provider_model_id=self.provider_model_id,
            model=self.model,
            lab=self.lab,
            meter=self.meter,
            cause=self.cause,
            currency=self.currency,
            everyday=self.everyday,
            after=self.since,
        )


class ChangesView(ReadView):
    """The feed of changes."""

    @operation(
        "listChanges",
        "Changes",
        query=ChangesQuery,
        answer=ChangeList,
        example=examples.CHANGE_LIST,
    )
    def get(self, request: Request, query: ChangesQuery) -> Answer:
        """What was published, from what to what and why, in the order in which it came out.

        Keep ``follow`` of the last answer and ask it later: it gives what came after, and neither
        skips nor repeats a change.
        """
        moment = as_of()
        page = changes(
            query.wanted(),
            after=query.cursor,
            newest_first=query.newest_first,
            limit=query.limit,
        )
        return Answer(
            ChangeList(
                RevisionRef.of(moment),
                tuple(map(Change.of, page.rows)),
                next_address(request, page.next),
                query.follow(request, page.rows, moment.number),
            )
        )
