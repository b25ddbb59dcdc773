"""``/api/v1/changes``"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rest_framework.request import Request

from registry.api import kinds
from registry.api.operations import Answer, ReadView, operation
from registry.api.queries import parameter
from registry.api.v1 import asking, examples
from registry.api.v1.paging import next_address
from registry.api.v1.shapes.changes import Change, ChangeList
from registry.api.v1.shapes.revisions import RevisionRef
from registry.pricing.meters import METERS
from registry.selectors.changes import ChangeFilter, PriceChange, after_revision, changes
from registry.selectors.clocks import as_of
from registry.selectors.paging import Key
from registry.selectors.rate_cards import CAUSES

OLDEST_FIRST, NEWEST_FIRST = "oldest", "newest"


@dataclass(frozen=True, slots=True)
class ChangesQuery:
    """Which changes, and from where on."""

    limit: int = parameter(kinds.LIMIT, "How many at most.", asking.DEFAULT_LIMIT)
    cursor: Key | None = parameter(kinds.cursor(int, int), "Where to go on.")
    since: Key | None = parameter(
        kinds.PLACE, "Only what came after this revision, or after a place of the feed."
    )
    order: str = parameter(
        kinds.one_of((OLDEST_FIRST, NEWEST_FIRST)), "Which come first.", OLDEST_FIRST
    )
    provider: str | None = parameter(kinds.SLUG, "Only of this provider.")
    provider_model_id: str | None = parameter(kinds.TEXT, "Only under this id of the provider's.")
    model: tuple[str, str] | None = parameter(kinds.MODEL, "Only of this model.")
    lab: str | None = parameter(kinds.SLUG, "Only of models of this lab.")
    meter: str | None = parameter(kinds.one_of(tuple(METERS)), "Only of this meter.")
    cause: str | None = parameter(kinds.one_of(CAUSES), "Only for this reason.")
    currency: str | None = parameter(kinds.CURRENCY, "Only in this currency.")
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
            newest_first=query.order == NEWEST_FIRST,
            limit=query.limit,
        )
        return Answer(
            ChangeList(
                RevisionRef.of(moment),
                tuple(map(Change.of, page.rows)),
                next_address(request, page.next),
                _follow(request, query, page.rows, moment.number),
            )
        )


def _follow(request: Request, query: ChangesQuery, seen: Sequence[PriceChange], head: int) -> str:
    """The same question after the latest change seen, or after the head that held no other."""
    if seen and query.order == OLDEST_FIRST:
        place = seen[-1].key
    elif seen and query.cursor is None:
        place = seen[0].key
    else:
        place = query.cursor or query.since or after_revision(head)
    asked = request.GET.copy()
    asked.pop("cursor", None)
    asked.pop("order", None)
    asked["since"] = kinds.cursor_text(place)
    return f"{request.path}?{asked.urlencode()}"
