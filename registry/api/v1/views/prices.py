"""``/api/v1/prices``"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from rest_framework.request import Request

from registry.api import cursors, kinds, kinds_of_prices
from registry.api.operations import Answer, ReadView, operation
from registry.api.queries import parameter
from registry.api.v1 import asking
from registry.api.v1 import examples_of_sums as examples
from registry.api.v1.paging import next_address
from registry.api.v1.shapes.prices import Price, PriceList
from registry.api.v1.shapes.revisions import RevisionRef
from registry.pricing.meters import METERS
from registry.selectors import prices as held
from registry.selectors.ordering import Key
from registry.selectors.rate_cards import RATE_STATUSES


@dataclass(frozen=True, slots=True)
class PricesQuery(asking.Evidenced):
    """Which prices, in which order."""

    limit: int = parameter(kinds.LIMIT, "How many at most.", asking.DEFAULT_LIMIT)
    cursor: Key | None = parameter(cursors.CURSOR, "Where to go on.")
    sort: str = asking.sorted_by(held.PRICE_SORTS.names, held.PRICE_SORTS.default)
    meter: str | None = parameter(kinds.one_of(tuple(METERS)), "Only of this meter.")
    tier: str | None = parameter(kinds_of_prices.TIER, "Only of this service tier.")
    region: str | None = parameter(kinds_of_prices.REGION, "Only of this region.")
    provider: str | None = parameter(kinds.SLUG, "Only of this provider.")
    lab: str | None = parameter(kinds.SLUG, "Only of models of this lab.")
    model: tuple[str, str] | None = parameter(kinds_of_prices.MODEL, "Only of this model.")
    q: str | None = parameter(kinds.TEXT, "Only with this in the id, such as a family's name.")
    amount_from: Decimal | None = parameter(kinds_of_prices.AMOUNT, "Only of this amount or more.")
    amount_to: Decimal | None = parameter(kinds_of_prices.AMOUNT, "Only of this amount or less.")
    currency: str | None = parameter(kinds_of_prices.CURRENCY, "Only quoted in this currency.")
    context_at_least: int | None = parameter(
        kinds_of_prices.CONTEXT, "Only with so long a context."
    )
    modality: str | None = parameter(kinds.SLUG, "Only of what takes this in, such as image.")
    open_weights: bool | None = parameter(kinds.FLAG, "Only of models with (no) open weights.")
    licence: str | None = parameter(kinds.TEXT, "Only of models under this licence.")
    status: str | None = parameter(
        kinds.one_of(RATE_STATUSES), "Only in this status, as the row tells it."
    )
    changed_since: datetime | None = parameter(kinds.MOMENT, "Only that began then or later.")
    convert_to: str | None = parameter(
        kinds_of_prices.CONVERTIBLE, "Tell amounts in this currency too."
    )

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
        """Every price that stands at a moment, whoever asks it, one a row."""
        moment = query.as_of()
        page = held.prices(
            query.wanted(),
            moment,
            sort=query.sort,
            convert_to=query.convert_to,
            after=query.cursor,
            limit=query.limit,
        )
        words = query.words({row.rate.standing.offer_id for row in page.rows}, moment)
        return Answer(
            PriceList(
                revision=RevisionRef.of(moment),
                at=query.at,
                items=tuple(Price.of(row, words) for row in page.rows),
                next=next_address(request, page.next),
            )
        )
