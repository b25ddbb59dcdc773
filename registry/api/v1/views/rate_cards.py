"""``/api/v1/rate-cards``"""

from __future__ import annotations

from rest_framework.request import Request

from registry.api.operations import Answer, ReadView, operation
from registry.api.v1 import asking, examples
from registry.api.v1.shapes.rate_cards import RateCard
from registry.selectors.offers import offer
from registry.selectors.rate_cards import rate_cards


class RateCardView(ReadView):
    """One offer's rates."""

    @operation(
        "getRateCard",
        "The rate card of an offer",
        query=asking.Rated,
        answer=RateCard,
        example=examples.RATE_CARD,
        path=(asking.PROVIDER, asking.PROVIDER_MODEL_ID),
    )
    def get(
        self, request: Request, query: asking.Rated, provider: str, provider_model_id: str
    ) -> Answer:
        """What an offer costs at a moment, as known at a revision.

        With both ``at`` and ``revision`` given the answer never changes.
        """
        moment = query.as_of()
        row = offer(provider, provider_model_id)
        card = rate_cards([row.offer_id], moment, query.rates())[row.offer_id]
        words = query.words([row.offer_id], moment)
        # What sources say is not part of history.
        for_ever = moment.is_pinned and words is None
        return Answer(RateCard.of(row.ref, card, moment, words), for_ever=for_ever)
