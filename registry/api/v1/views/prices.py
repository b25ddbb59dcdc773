"""``/api/v1/prices``"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from rest_framework.request import Request

from registry.api import kinds
from registry.api.operations import Answer, ReadView, operation
from registry.api.queries import BadQuery, Fault, parameter
from registry.api.v1 import asking
from registry.api.v1 import examples_of_sums as examples
from registry.api.v1.paging import next_address
from registry.api.v1.shapes.prices import Price, PriceList
from registry.api.v1.shapes.revisions import RevisionRef
from registry.pricing.meters import METERS
from registry.selectors import prices as held
from registry.selectors.paging import BadPlace, Key
from registry.selectors.rate_cards import RATE_STATUSES


@dataclass(frozen=True, slots=True)
class PricesQuery(asking.Evidenced):
    """Which prices, in which order."""

    limit: int = parameter(kinds.LIMIT, "How many at most.", asking.DEFAULT_LIMIT)
    cursor: Key | None = parameter(kinds.PLACE_IN_ORDER, "Where to go on.")
    sort: str = parameter(kinds.one_of(held.SORTS), "The order; - is from the greatest.", "offer")
    meter: str | None = parameter(kinds.one_of(tuple(METERS)), "Only of this meter.")
    tier: str | None = parameter(kinds.TIER, "Only of this service tier.")
    region: str | None = parameter(kinds.REGION, "Only of this region.")
    provider: str | None = parameter(kinds.SLUG, "Only of this provider.")
    lab: str | None = parameter(kinds.SLUG, "Only of models of this lab.")
    model: tuple[str, str] | None = parameter(kinds.MODEL, "Only of this model.")
    q: str | None = parameter(kinds.TEXT, "Only with this in the id, such as a family's name.")
    amount_from: Decimal | None = parameter(kinds.AMOUNT, "Only of this amount or more.")
    amount_to: Decimal | None = parameter(kinds.AMOUNT, "Only of this amount or less.")
    currency: str | None = parameter(kinds.CURRENCY, "Only quoted in this currency.")
    context_at_least: int | None = parameter(kinds.CONTEXT, "Only with so long a context.")
    modality: str | None = parameter(kinds.SLUG, "Only of what takes this in, such as image.")
    open_weights: bool | None = parameter(kinds.FLAG, "Only of models with (no) open weights.")
    licence: str | None = parameter(kinds.TEXT, "Only of models under this licence.")
    status: str | None = parameter(
        kinds.one_of(RATE_STATUSES), "Only in this status, as the row tells it."
    )
    changed_since: datetime | None = parameter(kinds.MOMENT, "Only that began then or later.")
    convert_to: str | None = parameter(kinds.CURRENCY, "Tell amounts in this currency too.")

    def wanted(self) -> held.PriceFilter:
        """The filter of the list."""
        names = held.PriceFilter.__dataclass_fields__
        return held.PriceFilter(**{name: getattr(self, name) for name in names})


class PriceListView(ReadView):
    """All prices."""

    @operation(
        "listPrices", "Prices", query=PricesQuery, answer=PriceList, example=examples.PRICE_LIST
    )
    def get(self, request: Request, query: PricesQuery) -> Answer:
        """Every price that stands at a moment, whoever asks it, one a row.

        Sorting by an amount or a context leaves out rows that have none.
        """
        moment = query.as_of()
        try:
            page = held.prices(
                query.wanted(),
                moment,
                sort=query.sort,
                convert_to=query.convert_to,
                after=query.cursor,
                limit=query.limit,
            )
        except BadPlace as error:
            expected = f"a cursor of a list sorted by {query.sort}"
            raise BadQuery(Fault("cursor", "a place in another order", expected)) from error
        words = query.words({row.rate.standing.offer_id for row in page.rows}, moment)
        return Answer(
            PriceList(
                revision=RevisionRef.of(moment),
                at=query.at,
                items=tuple(Price.of(row, words) for row in page.rows),
                next=next_address(request, page.next),
            )
        )
