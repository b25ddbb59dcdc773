"""``/api/v1/changes/scores``"""

from __future__ import annotations

from dataclasses import dataclass

from rest_framework.request import Request

from registry.api import kinds, kinds_of_prices
from registry.api.operations import Answer, ReadView, operation
from registry.api.queries import parameter
from registry.api.v1 import examples_of_scores as examples
from registry.api.v1.following import Followed
from registry.api.v1.paging import next_address
from registry.api.v1.shapes.revisions import RevisionRef
from registry.api.v1.shapes.score_changes import ScoreChange, ScoreChangeList
from registry.selectors.clocks import as_of
from registry.selectors.readings import READING_CAUSES
from registry.selectors.score_changes import ScoreChangeFilter, score_changes


@dataclass(frozen=True, slots=True)
class ScoreChangesQuery(Followed):
    """Which changes, and from where on."""

    model: tuple[str, str] | None = parameter(kinds_of_prices.MODEL, "Only of this model.")
    lab: str | None = parameter(kinds.SLUG, "Only of models of this lab.")
    benchmark: str | None = parameter(kinds.SLUG, "Only on this benchmark.")
    cause: str | None = parameter(kinds.one_of(READING_CAUSES), "Only for this reason.")

    def wanted(self) -> ScoreChangeFilter:
        """The filter of the feed."""
        return ScoreChangeFilter(self.model, self.lab, self.benchmark, self.cause, self.since)


class ScoreChangesView(ReadView):
    """The feed of scores' changes."""

    @operation(
        "listScoreChanges",
        "Changes of scores",
        query=ScoreChangesQuery,
        answer=ScoreChangeList,
        example=examples.SCORE_CHANGE_LIST,
    )
    def get(self, request: Request, query: ScoreChangesQuery) -> Answer:
        """What was published of scores, from what to what and why; followed as prices' changes are.

        A place of this feed is none in another.
        """
        moment = as_of()
        page = score_changes(
            query.wanted(), after=query.cursor, newest_first=query.newest_first, limit=query.limit
        )
        return Answer(
            ScoreChangeList(
                RevisionRef.of(moment),
                tuple(map(ScoreChange.of, page.rows)),
                next_address(request, page.next),
                query.follow(request, page.rows, moment.number),
            )
        )
