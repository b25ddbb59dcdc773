"""``/api/v1/history``"""

from __future__ import annotations

from dataclasses import dataclass

from rest_framework.request import Request

from registry.api import kinds, kinds_of_prices
from registry.api.operations import Answer, ReadView, operation
from registry.api.queries import parameter
from registry.api.v1 import asking, examples
from registry.api.v1.shapes.history import History
from registry.pricing.meters import METERS
from registry.pricing.terms import Terms
from registry.selectors.clocks import as_of
from registry.selectors.history import SeriesFilter, history
from registry.selectors.offers import offer


@dataclass(frozen=True, slots=True)
class HistoryQuery:
    """Which series, as known when."""

    revision: int | None = parameter(
        kinds.REVISION, "What the registry had published by then; else the newest."
    )
    meter: str | None = parameter(kinds.one_of(tuple(METERS)), "Only of this meter.")
    terms: Terms | None = parameter(
        kinds_of_prices.TERMS, "Only under exactly these terms; empty is standard."
    )
    currency: str | None = parameter(kinds_of_prices.CURRENCY, "Only in this currency.")


class HistoryView(ReadView):
    """One offer's history."""

    @operation(
        "getHistory",
        "The history of an offer",
        query=HistoryQuery,
        answer=History,
        example=examples.HISTORY,
        path=(asking.PROVIDER, asking.PROVIDER_MODEL_ID),
    )
    def get(
        self, request: Request, query: HistoryQuery, provider: str, provider_model_id: str
    ) -> Answer:
        """Every price that an offer ever had, and those announced: periods ``[from, to)``.

        With ``revision`` given the answer never changes.
        """
        moment = as_of(revision=query.revision)
        row = offer(provider, provider_model_id)
        wanted = SeriesFilter(query.meter, query.terms, query.currency)
        series = history(row.offer_id, moment, wanted)
        return Answer(History.of(row.ref, series, moment), for_ever=moment.revision_given)
