"""``/api/v1/offers``"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rest_framework.request import Request

from registry.api import cursors, kinds, kinds_of_prices
from registry.api.operations import Answer, ReadView, operation
from registry.api.queries import parameter
from registry.api.v1 import asking, examples
from registry.api.v1.examples_of_facts import OFFER_WITH_FACTS
from registry.api.v1.paging import next_address
from registry.api.v1.shapes.facts import Fact, told_of
from registry.api.v1.shapes.offers import Offer, OfferDetail, OfferList
from registry.api.v1.shapes.revisions import RevisionRef
from registry.selectors import offers as held
from registry.selectors.clocks import AsOf
from registry.selectors.facts import facts_of_offer, facts_of_offers
from registry.selectors.ordering import Key
from registry.selectors.rate_cards import rate_cards


@dataclass(frozen=True, slots=True)
class OfferQuery(asking.Rated):
    """An offer as of when, and how fully. What concerns rates needs them expanded."""

    expand: frozenset[str] = parameter(
        kinds.several_of("rate_card"), "rate_card: with the rates of each offer.", frozenset()
    )

    def told(self, rows: Sequence[held.OfferRow], moment: AsOf) -> tuple[Offer, ...]:
        """The offers, with the rates asked for where they are to be expanded."""
        if "rate_card" not in self.expand:
            return tuple(map(Offer.of, rows))
        ids = [row.offer_id for row in rows]
        cards = rate_cards(ids, moment, self.rates())
        words = self.words(ids, moment)
        return tuple(Offer.of(row, cards[row.offer_id], words) for row in rows)


@dataclass(frozen=True, slots=True)
class OneOfferQuery(OfferQuery):
    """One offer as of when, and how fully."""

    expand: frozenset[str] = parameter(
        kinds.several_of("rate_card", "facts"),
        "rate_card: with the rates of each; facts: what is known of each, with all sides.",
        frozenset(),
    )


@dataclass(frozen=True, slots=True)
class OffersQuery(OneOfferQuery):
    """Which offers."""

    limit: int = parameter(kinds.LIMIT, "How many at most.", asking.DEFAULT_LIMIT)
    cursor: Key | None = parameter(cursors.CURSOR, "Where to go on.")
    sort: str = asking.sorted_by(held.OFFER_SORTS.names, held.OFFER_SORTS.default)
    provider: str | None = parameter(kinds.SLUG, "Only of this provider.")
    provider_model_id: str | None = parameter(kinds.TEXT, "Only under this id of the provider's.")
    model: tuple[str, str] | None = parameter(kinds_of_prices.MODEL, "Only of this model.")
    lab: str | None = parameter(kinds.SLUG, "Only of models of this lab.")
    status: str | None = parameter(kinds.one_of(held.OFFER_STATUSES), "Only in this status.")
    mode: str | None = parameter(kinds.TEXT, "Only of this mode, such as chat or embedding.")
    has_model: bool | None = parameter(kinds.FLAG, "Only those whose model is (not) known.")

    def wanted(self) -> held.OfferFilter:
        """The filter of the list."""
        return held.OfferFilter(
            provider=self.provider,
            provider_model_id=self.provider_model_id,
            model=self.model,
            lab=self.lab,
            status=self.status,
            mode=self.mode,
            has_model=self.has_model,
        )


class OfferListView(ReadView):
    """All offers."""

    @operation(
        "listOffers", "Offers", query=OffersQuery, answer=OfferList, example=examples.OFFER_LIST
    )
    def get(self, request: Request, query: OffersQuery) -> Answer:
        """Models as providers sell them; with ``expand=rate_card`` what each costs."""
        moment = query.as_of()
        page = held.offers(query.wanted(), sort=query.sort, after=query.cursor, limit=query.limit)
        ids = {row.offer_id: row.ref for row in page.rows}
        facts = facts_of_offers(ids, moment) if "facts" in query.expand else None
        return Answer(
            OfferList(
                revision=RevisionRef.of(moment),
                at=query.at,
                items=query.told(page.rows, moment),
                next=next_address(request, page.next),
                facts=None if facts is None else told_of(facts, ids),
            )
        )


class OfferDetailView(ReadView):
    """One offer."""

    @operation(
        "getOffer",
        "An offer",
        query=OneOfferQuery,
        answer=OfferDetail,
        example=OFFER_WITH_FACTS,
        path=(asking.PROVIDER, asking.PROVIDER_MODEL_ID),
    )
    def get(
        self, request: Request, query: OneOfferQuery, provider: str, provider_model_id: str
    ) -> Answer:
        """An offer by its provider and the provider's own id of the model."""
        moment = query.as_of()
        row = held.offer(provider, provider_model_id)
        (offer,) = query.told([row], moment)
        facts = None
        if "facts" in query.expand:
            facts = tuple(map(Fact.told, facts_of_offer(row.offer_id, moment)))
        return Answer(OfferDetail(RevisionRef.of(moment), query.at, offer, facts))
