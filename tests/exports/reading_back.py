"""What our own importers read out of our own exports, in a form in which cards can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from registry.exports.compat.left_out import LeftOut, Reason
from registry.pricing.quotes import QuoteError, read_quote
from registry.pricing.rate_card import NotOnCard, RateCard, Request, canonical_rates
from registry.pricing.rates import PriceState, Rate
from registry.selectors.export_rows import ExportRow
from scrapers.claims import OfferClaim, Source

Card = frozenset[Rate]
_MONDAY = datetime(2024, 1, 1, tzinfo=UTC)


def read_back(importer: Source, body: bytes) -> dict[tuple[str, str], OfferClaim]:
    """The claims of a body by seller and model, as the source names them."""
    claims = (claim for entry in importer.split(body) for claim in importer.read(entry))
    return {(claim.provider, claim.model_id): claim for claim in claims}


def said(claim: OfferClaim, *, otherwise: bool = False) -> Card:
    """The priced rates of a claim."""
    return compared(_rates(claim), otherwise=otherwise)


def expected(row: ExportRow, left_out: Iterable[LeftOut], currencies: frozenset[str]) -> Card:
    """The priced rates that the format is to hold: all that it does not list as left out."""
    listed = {(one.meter, one.terms, one.currency): one.reason for one in left_out}
    told = {Reason.TOLD_OTHERWISE, None}
    kept = (
        rate
        for rate in row.rates
        if listed.get((rate.meter, rate.terms.key, rate.currency)) in told
    )
    return compared(kept, otherwise=Reason.TOLD_OTHERWISE in listed.values())


def compared(rates: Iterable[Rate], *, otherwise: bool) -> Card:
    """Priced rates without those that change no bill, and told alike where a format cannot tell."""
    priced = dict.fromkeys(rate for rate in rates if rate.state is PriceState.PRICED)
    kept = list(canonical_rates(priced))
    while redundant := [rate for rate in _deepest_first(kept) if _is_said_by_others(rate, kept)]:
        kept.remove(redundant[0])
    return frozenset(map(_otherwise, kept) if otherwise else kept)


def by_offer(left_out: Iterable[LeftOut]) -> Mapping[str, list[LeftOut]]:
    """The list by offer."""
    found: dict[str, list[LeftOut]] = {}
    for one in left_out:
        found.setdefault(one.offer, []).append(one)
    return found


def _rates(claim: OfferClaim) -> Iterator[Rate]:
    for quote in claim.quotes:
        try:
            yield read_quote(quote).rate
        except QuoteError:
            assert quote.text.strip("0.") == "", quote  # a zero, which must not become a rate


def _otherwise(rate: Rate) -> Rate:
    if rate.meter == "cache_write_5m_tokens":
        return replace(rate, meter="cache_write_tokens")
    if rate.meter == "web_searches":
        return replace(rate, terms=replace(rate.terms, variant=None))
    return rate


def _deepest_first(rates: Iterable[Rate]) -> list[Rate]:
    return sorted(rates, key=lambda rate: rate.terms.specificity, reverse=True)


def _is_said_by_others(rate: Rate, rates: list[Rate]) -> bool:
    """Whether the card without the rate bills the same in its place."""
    rest = [one for one in rates if one is not rate]
    return bool(rest) and _amount(rest, rate) == rate.amount


def _amount(rates: list[Rate], like: Rate) -> object:
    terms = like.terms
    start = terms.hours.ranges[0][0] if terms.hours else 0
    request = Request(
        at=_MONDAY + timedelta(minutes=start),
        input_tokens=(terms.context_over or 0) + 1 if terms.context_over else 0,
        tier=terms.tier,
        region=terms.region,
        variant=terms.variant,
        currency=like.currency,
    )
    try:
        return RateCard(tuple(rates)).pick(like.meter, request).rate.amount
    except NotOnCard:
        return None
