"""Receipts of figures, facts and single claims: who said it, where, and what others say."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from registry.catalog.facts import FactValue
from registry.pages.clock import Clock
from registry.pages.showing import page, show
from registry.selectors.claim_receipts import claim_receipt
from registry.selectors.offers import offer
from registry.selectors.receipt_page import excerpt_of_claim
from registry.selectors.receipts import QuotedFigure, Receipt
from registry.selectors.why import why
from registry.selectors.why_facts import why_fact
from registry.selectors.why_scores import why_score

SAYINGS_SHOWN = 60


@page
def receipt(request: HttpRequest, clock: Clock, number: int) -> HttpResponse:
    """The whole chain of a price's point; its address is permanent."""
    found = why(number)
    told = found.receipt
    return show(
        request,
        "pages/receipts/price.html",
        clock,
        why=found,
        receipt=told,
        offer=offer(told.provider, told.provider_model_id),
        point=told.point,
        evidence=told.evidence,
        quotes=_quotes(told),
        excerpt=excerpt_of_claim(told.point.claim_id),
        sayings=found.sayings[:SAYINGS_SHOWN],
        address=_address(request),
    )


@page
def score(request: HttpRequest, clock: Clock, number: int) -> HttpResponse:
    """The whole chain of a score's point."""
    found = why_score(number)
    evidence = found.receipt.evidence
    return show(
        request,
        "pages/receipts/score.html",
        clock,
        why=found,
        receipt=found.receipt,
        point=found.receipt,
        evidence=evidence,
        excerpt=excerpt_of_claim(evidence.claim_id) if evidence else None,
        sayings=found.sayings[:SAYINGS_SHOWN],
        address=_address(request),
    )


@page
def fact(request: HttpRequest, clock: Clock, number: int) -> HttpResponse:
    """The whole chain of a fact's point."""
    found = why_fact(number)
    evidence = found.receipt.evidence
    return show(
        request,
        "pages/receipts/fact.html",
        clock,
        number=number,
        why=found,
        receipt=found.receipt,
        point=found.receipt,
        evidence=evidence,
        excerpt=excerpt_of_claim(evidence.claim_id, _sought(found.receipt.value))
        if evidence
        else None,
        address=_address(request),
    )


@page
def claim(request: HttpRequest, clock: Clock, number: int) -> HttpResponse:
    """One source's word, whether it was published or not."""
    found = claim_receipt(number)
    return show(
        request,
        "pages/receipts/claim.html",
        clock,
        claim=found,
        evidence=found.evidence,
        excerpt=found.excerpt,
        address=_address(request),
    )


def _address(request: HttpRequest) -> str:
    """Where the receipt is for good; a date changes nothing on it."""
    return request.build_absolute_uri(request.path)


def _sought(value: FactValue | None) -> tuple[str, ...]:
    """How a body may write the value; yes and no stand in too many places to be marked."""
    if value is None or isinstance(value, bool):
        return ()
    return value if isinstance(value, tuple) else (str(value),)


def _quotes(told: Receipt) -> list[QuotedFigure]:
    """The source's own words on this series, out of those on its meter."""
    point, said = told.point, told.evidence.quotes if told.evidence else ()
    return [
        one
        for one in said
        if (one.quote.terms, one.quote.currency) == (point.terms, point.currency)
    ]
