"""``/api/v1/changes/facts``"""

from __future__ import annotations

from dataclasses import dataclass

from rest_framework.request import Request

from registry.api import kinds, kinds_of_prices
from registry.api.operations import Answer, ReadView, operation
from registry.api.queries import parameter
from registry.api.v1 import examples_of_facts as examples
from registry.api.v1.following import Followed
from registry.api.v1.paging import next_address
from registry.api.v1.shapes.fact_changes import FactChange, FactChangeList
from registry.api.v1.shapes.revisions import RevisionRef
from registry.selectors.clocks import as_of
from registry.selectors.fact_changes import SUBJECTS, FactChangeFilter, fact_changes
from registry.selectors.facts import FACT_CAUSES, FACT_NAMES


@dataclass(frozen=True, slots=True)
class FactChangesQuery(Followed):
    """Which changes, and from where on."""

    of: str | None = parameter(kinds.one_of(SUBJECTS), "Only of models, or only of offers.")
    model: tuple[str, str] | None = parameter(
        kinds_of_prices.MODEL, "Only of this model and its offers."
    )
    lab: str | None = parameter(kinds.SLUG, "Only of models of this lab and their offers.")
    provider: str | None = parameter(kinds.SLUG, "Only of this provider's offers.")
    provider_model_id: str | None = parameter(
        kinds.TEXT, "Only of offers under this id of the provider's."
    )
    name: str | None = parameter(kinds.one_of(FACT_NAMES), "Only of this fact.")
    cause: str | None = parameter(kinds.one_of(FACT_CAUSES), "Only for this reason.")

    def wanted(self) -> FactChangeFilter:
        """The filter of the feed."""
        return FactChangeFilter(
            of=self.of,
            model=self.model,
            lab=self.lab,
            provider=self.provider,
            provider_model_id=self.provider_model_id,
            name=self.name,
            cause=self.cause,
            after=self.since,
        )


class FactChangesView(ReadView):
    """The feed of facts' changes."""

    @operation(
        "listFactChanges",
        "Changes of facts",
        query=FactChangesQuery,
        answer=FactChangeList,
        example=examples.FACT_CHANGE_LIST,
    )
    def get(self, request: Request, query: FactChangesQuery) -> Answer:
        """What was published of models and offers beside their prices: context, openness, ends.

        Followed as prices' changes are; a place of this feed is none in another. An offer has
        changes of its own from where it parts from its model.
        """
        moment = as_of()
        page = fact_changes(
            query.wanted(), after=query.cursor, newest_first=query.newest_first, limit=query.limit
        )
        return Answer(
            FactChangeList(
                RevisionRef.of(moment),
                tuple(map(FactChange.told, page.rows)),
                next_address(request, page.next),
                query.follow(request, page.rows, moment.number),
            )
        )
