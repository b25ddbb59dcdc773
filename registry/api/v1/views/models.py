"""``/api/v1/models``"""

from __future__ import annotations

from dataclasses import dataclass

from rest_framework.request import Request

from registry.api import cursors, kinds
from registry.api.operations import Answer, ReadView, operation
from registry.api.queries import parameter
from registry.api.v1 import asking, examples
from registry.api.v1.examples_of_facts import MODEL_WITH_FACTS
from registry.api.v1.paging import next_address
from registry.api.v1.shapes.facts import Fact, told_of
from registry.api.v1.shapes.models import Model, ModelDetail, ModelList
from registry.api.v1.shapes.offers import Offer
from registry.api.v1.shapes.revisions import RevisionRef
from registry.selectors import ai_models as held
from registry.selectors.facts import facts_of_model, facts_of_models
from registry.selectors.offers import offers_of
from registry.selectors.ordering import Key
from registry.selectors.rate_cards import RateFilter, rate_cards


@dataclass(frozen=True, slots=True)
class ModelsQuery(asking.Dated):
    """Which models."""

    limit: int = parameter(kinds.LIMIT, "How many at most.", asking.DEFAULT_LIMIT)
    cursor: Key | None = parameter(cursors.CURSOR, "Where to go on.")
    expand: frozenset[str] = parameter(
        kinds.several_of("facts"), "facts: what is known of each, with all sides.", frozenset()
    )
    sort: str = asking.sorted_by(held.MODEL_SORTS.names, held.MODEL_SORTS.default)
    lab: str | None = parameter(kinds.SLUG, "Only of this lab.")
    open_weights: bool | None = parameter(kinds.FLAG, "Only those whose weights are (not) open.")
    q: str | None = parameter(kinds.TEXT, "Only those with this in their name or id.")


@dataclass(frozen=True, slots=True)
class ModelQuery(asking.Dated):
    """A model as of when, and how fully."""

    expand: frozenset[str] = parameter(
        kinds.several_of("offers", "facts"),
        "offers: whole cards, not everyday rates only; facts: what is known, with all sides.",
        frozenset(),
    )


class ModelListView(ReadView):
    """All models."""

    @operation(
        "listModels", "Models", query=ModelsQuery, answer=ModelList, example=examples.MODEL_LIST
    )
    def get(self, request: Request, query: ModelsQuery) -> Answer:
        """Models as their labs made them, whoever sells them.

        ``at`` and ``revision`` are those of the facts that ``expand=facts`` tells of each.
        """
        wanted = held.ModelFilter(lab=query.lab, open_weights=query.open_weights, q=query.q)
        page = held.models(wanted, sort=query.sort, after=query.cursor, limit=query.limit)
        moment = query.as_of()
        ids = {row.model_id: row.ref for row in page.rows}
        facts = facts_of_models(ids, moment) if "facts" in query.expand else None
        return Answer(
            ModelList(
                revision=RevisionRef.of(moment),
                at=query.at,
                items=tuple(map(Model.of, page.rows)),
                next=next_address(request, page.next),
                facts=None if facts is None else told_of(facts, ids),
            )
        )


class ModelDetailView(ReadView):
    """One model with its offers."""

    @operation(
        "getModel",
        "A model and its offers",
        query=ModelQuery,
        answer=ModelDetail,
        example=MODEL_WITH_FACTS,
        path=(asking.LAB, asking.MODEL_SLUG),
    )
    def get(self, request: Request, query: ModelQuery, lab: str, slug: str) -> Answer:
        """A model by its id, with everyone who sells it and at what price.

        Each offer carries its everyday rates: those of no special tier, region, variant or context
        length. With ``expand=offers`` it carries its whole card.
        """
        moment = query.as_of()
        row = held.model(lab, slug)
        offers = offers_of(row.model_id)
        wanted = RateFilter(everyday="offers" not in query.expand)
        cards = rate_cards([offer.offer_id for offer in offers], moment, wanted)
        return Answer(
            ModelDetail(
                revision=RevisionRef.of(moment),
                at=query.at,
                model=Model.of(row),
                offers=tuple(Offer.of(offer, cards[offer.offer_id]) for offer in offers),
                facts=tuple(map(Fact.told, facts_of_model(row.model_id, moment)))
                if "facts" in query.expand
                else None,
            )
        )
