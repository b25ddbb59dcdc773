"""A receipt: one published figure, who said it, where, and what others say."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from registry.pages.clock import Clock
from registry.pages.showing import page, show
from registry.selectors.offers import offer
from registry.selectors.receipt_page import excerpt_of_claim
from registry.selectors.receipts import QuotedFigure, Receipt
from registry.selectors.why import why

SAYINGS_SHOWN = 60


@page
def receipt(request: HttpRequest, clock: Clock, number: int) -> HttpResponse:
    """The whole chain of a point; its address is permanent."""
    found = why(number)
    told = found.receipt
    return show(
        request,
        "pages/receipts/page.html",
        clock,
        why=found,
        receipt=told,
        offer=offer(told.provider, told.provider_model_id),
        point=told.point,
        evidence=told.evidence,
        quotes=_quotes(told),
        excerpt=excerpt_of_claim(told.point.claim_id),
        sayings=found.sayings[:SAYINGS_SHOWN],
        address=request.build_absolute_uri(request.path),
    )


def _quotes(told: Receipt) -> list[QuotedFigure]:
    """The source's own words on this series, out of those on its meter."""
    point, said = told.point, told.evidence.quotes if told.evidence else ()
    return [
        one
        for one in said
        if (one.quote.terms, one.quote.currency) == (point.terms, point.currency)
    ]
