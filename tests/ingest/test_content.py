"""A claim at rest is the claim that was made, and equal claims have one digest."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from registry.ingest.content import digest_of, from_content, restates, to_content
from registry.pricing.hours import Hours
from registry.pricing.meters import METERS
from registry.pricing.quotes import Quote
from registry.pricing.rates import PriceState
from registry.pricing.terms import TIERS, Terms
from registry.scoring.comparisons import Relation
from scrapers.claims import (
    EntryFault,
    Facts,
    Note,
    NoteReason,
    OfferClaim,
    Remark,
    Scheduled,
    Statement,
)

BEGINNING = datetime(2025, 1, 1, tzinfo=UTC)
PEAK = Hours.parse("mon-fri 01:00-04:00,06:00-10:00")

words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
counts = st.none() | st.integers(1, 10**13)
days = st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1))
moments = st.integers(0, 10**8).map(lambda n: BEGINNING + timedelta(seconds=n))
listed = st.lists(words, max_size=3).map(tuple)
flags = st.none() | st.booleans()

terms = st.builds(
    Terms,
    context_over=st.none() | st.integers(1, 10**6),
    hours=st.sampled_from([None, PEAK, PEAK.complement()]),
    region=st.sampled_from([None, "eu", "us-gov"]),
    tier=st.none() | st.sampled_from(sorted(TIERS)),
    variant=st.sampled_from([None, "1080p", "1024x1024/hd"]),
)
quotes = st.builds(
    Quote,
    meter=st.sampled_from(sorted(METERS)),
    text=words,
    per=st.sampled_from([Decimal(1), Decimal(1000), Decimal(1_000_000)]),
    field=words,
    terms=terms,
    currency=st.sampled_from(["USD", "CNY", "DBU"]),
    subunits=st.sampled_from([1, 100]),
    state=st.none() | st.sampled_from(PriceState),
    derived=st.booleans(),
)
cards = st.lists(quotes, max_size=3).map(tuple)
facts = st.builds(
    Facts,
    name=st.none() | words,
    lab=st.none() | words,
    mode=st.none() | words,
    context_tokens=counts,
    max_input_tokens=counts,
    max_output_tokens=counts,
    input_modalities=listed,
    output_modalities=listed,
    open_weights=flags,
    licence=st.none() | words,
    total_parameters=counts,
    active_parameters=counts,
    released_on=days,
    knowledge_cutoff=st.none() | words,
    deprecated_on=days,
    retires_on=days,
    reasoning=flags,
    tool_calls=flags,
    status=st.none() | words,
)
remarks = st.lists(
    st.builds(Remark, st.sampled_from(EntryFault), words, words, words), max_size=2
).map(tuple)
statements = st.builds(
    Statement,
    aspect=words,
    relation=st.sampled_from(Relation),
    text=words,
    field=words,
    baseline=st.none() | st.tuples(words, words),
    basis=words | st.just(""),
    remarks=remarks,
)
claims = st.builds(
    OfferClaim,
    provider=words,
    model_id=words,
    quotes=cards,
    scheduled=st.lists(st.builds(Scheduled, st.none() | moments, cards), max_size=2).map(tuple),
    facts=facts,
    remarks=remarks,
    aliases=listed,
    page=st.none() | words,
    notes=st.lists(st.builds(Note, st.sampled_from(NoteReason), words, words), max_size=2).map(
        tuple
    ),
    statements=st.lists(statements, max_size=2).map(tuple),
)


def stored(claim: OfferClaim) -> OfferClaim:
    """The claim after a stay in a column of JSON."""
    content = json.loads(json.dumps(to_content(claim)))
    return from_content(content, provider=claim.provider, model_id=claim.model_id, page=claim.page)


def digest(claim: OfferClaim, *, key: str = "openai/gpt-9") -> str:
    return digest_of(key, claim, to_content(claim))


@given(claims)
def test_a_claim_comes_back_as_it_was_made(claim: OfferClaim) -> None:
    assert stored(claim) == claim


@given(claims)
def test_a_claim_that_was_kept_has_the_digest_of_the_one_that_was_made(claim: OfferClaim) -> None:
    assert digest(stored(claim)) == digest(claim)


@given(claims, claims)
def test_claims_that_differ_have_different_digests(one: OfferClaim, other: OfferClaim) -> None:
    assert (digest(one) == digest(other)) == (one == other)


@given(claims)
def test_where_a_source_says_it_is_part_of_what_it_says(claim: OfferClaim) -> None:
    assert digest(claim, key="one") != digest(claim, key="other")


@given(claims, facts)
def test_whatever_else_it_says_a_claim_restates_equal_prices(
    claim: OfferClaim, others: Facts
) -> None:
    said = replace(claim, facts=others, aliases=("x",), remarks=())
    priced = bool(claim.quotes or claim.scheduled)
    assert restates(to_content(said), to_content(claim)) == priced


@given(claims.filter(lambda claim: claim.quotes), quotes)
def test_a_further_price_leaves_the_others_as_old_as_they_are(
    claim: OfferClaim, further: Quote
) -> None:
    said = replace(claim, quotes=(*claim.quotes, further))
    assert restates(to_content(said), to_content(claim))
    assert restates(to_content(claim), to_content(said)) == (further in claim.quotes)


def test_silence_takes_no_room() -> None:
    assert to_content(OfferClaim("openai", "gpt-9")) == {"quotes": []}
