"""A model: what it is, who sells it at what, how its price moved, what it reaches."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from registry.pages import asking, trends
from registry.pages.clock import Clock
from registry.pages.sheets import sheets
from registry.pages.showing import page, show
from registry.pages.structured import product
from registry.pages.workloads import Month
from registry.selectors.facts import facts_of_model
from registry.selectors.history import history
from registry.selectors.model_page import (
    SoldModel,
    SoldOffer,
    model_aliases,
    offer_aliases,
    sold_model,
)
from registry.selectors.offers import offer as offer_row
from registry.selectors.paging import NotHeld
from registry.selectors.rate_cards import rate_cards
from registry.selectors.readings import readings_of_models
from registry.selectors.table import DEFAULT_RATIO

_MONTH = ("input", "output", "cached", "batch", "request")


@page
def model(request: HttpRequest, clock: Clock, lab: str, slug: str) -> HttpResponse:
    """Everything that is held of one model, and what a month of use costs at each seller."""
    month = Month.of(request.GET)
    is_billed = any(request.GET.get(name, "").strip() for name in _MONTH)
    sold = sold_model(
        lab,
        slug,
        clock.as_of,
        ratio=DEFAULT_RATIO,
        workload=month.workload() if is_billed else None,
    )
    chosen = _chosen(sold, asking.text(request.GET, "offer"))
    readings = readings_of_models([sold.model.model_id], clock.as_of)[sold.model.model_id]
    return show(
        request,
        "pages/models/page.html",
        clock,
        section="models",
        sold=sold,
        model=sold.model,
        chosen=chosen,
        readings=readings,
        facts=facts_of_model(sold.model.model_id, clock.as_of),
        aliases=model_aliases(sold.model.model_id),
        month=month,
        is_billed=is_billed,
        data=product(request, sold, clock),
        **(_of_offer(chosen.offer.offer_id, clock) if chosen else {}),
    )


@page
def offer(request: HttpRequest, clock: Clock, provider: str, model_id: str) -> HttpResponse:
    """One offer: its whole rate card, its history, its other names."""
    row = offer_row(provider, model_id)
    return show(
        request,
        "pages/models/offer.html",
        clock,
        section="providers",
        offer=row,
        aliases=offer_aliases(row.offer_id),
        **_of_offer(row.offer_id, clock),
    )


def _chosen(sold: SoldModel, ref: str) -> SoldOffer | None:
    """The offer whose card is shown: the asked one, else the one that stands for the model."""
    if not ref:
        return sold.lead
    found = next((one for one in sold.offers if one.offer.ref == ref), None)
    if found is None:
        raise NotHeld("offer of this model", ref)
    return found


def _of_offer(offer_id: int, clock: Clock) -> dict[str, object]:
    """Card, charts and changes of an offer, as its templates take them."""
    past = history(offer_id, clock.as_of)
    found = trends.changes(past, clock.at)
    return {
        "sheets": sheets(rate_cards([offer_id], clock.as_of)[offer_id].rates),
        "charts": trends.charts(past, clock.at, "price"),
        "changes": found[: trends.CHANGES_SHOWN],
        "more_changes": max(0, len(found) - trends.CHANGES_SHOWN),
    }
