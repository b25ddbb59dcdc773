"""Portkey's files: cents, bands written as models, and the provider told by the file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from registry.pricing.quotes import read_quote
from registry.pricing.rates import PriceState
from scrapers.claims import EntryFault, OfferClaim
from scrapers.sources import portkey


def _claims(part: str, rows: Mapping[str, object]) -> list[OfferClaim]:
    body = json.dumps(rows).encode()
    return [claim for entry in portkey.split(body, part) for claim in portkey.read(entry)]


def _pay(**prices: float) -> dict[str, object]:
    return {"pricing_config": {"pay_as_you_go": {k: {"price": v} for k, v in prices.items()}}}


def test_cents_a_token_become_dollars_a_million() -> None:
    (claim,) = _claims("openai", {"gpt-5.5": _pay(request_token=0.0005)})
    assert (claim.provider, claim.model_id) == ("openai", "gpt-5.5")
    assert read_quote(claim.quotes[0]).rate.amount == Decimal(5)


def test_the_formula_row_is_no_model() -> None:
    assert _claims("openai", {"default": _pay(request_token=0)}) == []


def test_two_bands_of_a_model_are_one_offer() -> None:
    rows = {
        "gemini-2.5-pro-lte-200k": _pay(request_token=0.000125),
        "gemini-2.5-pro-gt-200k": _pay(request_token=0.00025),
    }
    (claim,) = _claims("google", rows)
    assert claim.model_id == "gemini-2.5-pro"
    assert [quote.terms.key for quote in claim.quotes] == ["", "context_over=200000"]


def test_a_free_route_is_free_and_a_bare_zero_is_a_question() -> None:
    free, bare = _claims(
        "openrouter", {"a:free": _pay(request_token=0), "b": _pay(request_token=0)}
    )
    assert [quote.state for quote in free.quotes] == [PriceState.FREE]
    assert [quote.state for quote in bare.quotes] == [None]


@pytest.mark.parametrize(
    ("pay", "fault"),
    [
        ("0.5", EntryFault.WRONG_SHAPE),
        ({"additional_units": [1]}, EntryFault.WRONG_SHAPE),
        ({"image": {"default": {"1024 by 1024": {"price": 4}}}}, EntryFault.UNKNOWN_FIELD),
    ],
)
def test_a_group_of_another_shape_is_remarked_on(pay: object, fault: EntryFault) -> None:
    (claim,) = _claims("openai", {"m": {"pricing_config": {"pay_as_you_go": pay}}})
    assert [remark.fault for remark in claim.remarks] == [fault]


def test_without_a_part_the_offer_has_no_provider() -> None:
    (claim,) = _claims("", {"gpt-5.5": _pay(request_token=0.0005)})
    assert [remark.fault for remark in claim.remarks] == [EntryFault.BAD_NAME]


@pytest.mark.parametrize(
    ("part", "model_id", "meter", "amount"),
    [
        ("anthropic", "claude-opus-4-7", "output_tokens", "25"),
        ("deepseek", "deepseek-chat", "input_tokens", "0.28"),
        ("openai", "gpt-5.5", "cache_read_tokens", "0.5"),
        ("google", "gemini-3.1-pro-preview", "web_searches", "14"),
    ],
)
def test_known_prices_come_out_of_the_files_of_april_2026(
    corpus: Path, part: str, model_id: str, meter: str, amount: str
) -> None:
    body = (corpus / f"portkey/2026-04-29/{part}.json").read_bytes()
    (entry,) = (e for e in portkey.split(body, part) if e.key == f"{part}/{model_id}")
    (claim,) = portkey.read(entry)
    assert Decimal(amount) in {
        read_quote(quote).rate.amount for quote in claim.quotes if quote.meter == meter
    }
