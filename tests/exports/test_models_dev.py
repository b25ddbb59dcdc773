"""models.dev's file: what our offers look like, and that our own importer reads them back."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from registry.exports.compat import models_dev
from registry.exports.compat.left_out import LeftOut, LeftOuts, Reason
from registry.exports.json_text import dumps
from registry.pricing.rate_card import RateCard
from registry.pricing.rates import PriceState
from registry.pricing.terms import STANDARD, Terms
from registry.selectors.export_rows import ExportRow
from scrapers.sources import models_dev as importer
from tests.exports.reading_back import by_offer, expected, read_back, said
from tests.exports.rows import catalogue_rows, row
from tests.pricing.cards import GPT_5_5, OPUS_4_7, V4_PRO_AUGUST, chat_rates, rate, stated


def written(*rows: ExportRow) -> tuple[dict[str, Any], list[LeftOut]]:
    """The file as a client reads it, numbers as text, and what it leaves out."""
    left_out = LeftOuts()
    body = dumps(models_dev.document(rows, left_out))
    return json.loads(body, parse_float=str, parse_int=str), left_out.found


def test_an_offer_with_a_limit_and_a_mode() -> None:
    told, left_out = written(row("openai", "gpt-5.5", GPT_5_5.rates))
    model = told["openai"]["models"]["gpt-5.5"]
    long = {"input": "10", "output": "45", "cache_read": "1"}
    assert model["cost"] == {
        "input": "5",
        "output": "30",
        "cache_read": "0.5",
        "tiers": [{**long, "tier": {"type": "context", "size": "272000"}}],
        "context_over_200k": long,
    }
    assert model["experimental"]["modes"]["fast"] == {
        "cost": {"input": "12.5", "output": "75", "cache_read": "12.5"},
        "provider": {"body": {"service_tier": "priority"}},
    }
    assert {(one.terms, one.reason) for one in left_out} == {
        ("tier=batch", Reason.TERMS),
        ("tier=flex", Reason.TERMS),
    }


def test_what_a_client_needs_to_call_the_provider() -> None:
    told, _ = written(row("deepseek", "deepseek-v4-pro", chat_rates("1", "0.1", "2")))
    provider = told["deepseek"]
    assert provider["env"] == ["DEEPSEEK_API_KEY"]
    assert provider["api"] == "https://api.deepseek.com"
    assert provider["npm"] == "@ai-sdk/openai-compatible"


def test_a_provider_that_nobody_knows_how_to_call_has_a_package_of_no_name() -> None:
    document, _ = written(row("deepgram", "nova-2", [rate("input_audio_seconds", "1")]))
    assert (document["deepgram"]["npm"], document["deepgram"]["env"]) == ("", [])


def test_facts_that_are_unknown_are_left_out_and_not_denied() -> None:
    told, _ = written(row("openai", "m", chat_rates("1", "0.1", "2")))
    unsaid = {"reasoning", "tool_call", "attachment", "release_date", "modalities"}
    assert unsaid.isdisjoint(told["openai"]["models"]["m"])


def test_facts_that_are_known_are_told() -> None:
    facts: dict[str, Any] = {
        "reasoning": False,
        "tool_calls": True,
        "input_modalities": ("text", "image"),
        "output_modalities": ("text",),
        "released_on": date(2026, 4, 23),
        "context_tokens": 1_050_000,
    }
    told, _ = written(row("openai", "m", chat_rates("1", "0.1", "2"), **facts))
    model = told["openai"]["models"]["m"]
    assert (model["reasoning"], model["tool_call"], model["attachment"]) == (False, True, True)
    assert model["release_date"] == "2026-04-23"
    assert model["limit"] == {"context": "1050000", "output": "0"}


def test_an_offer_without_a_price_of_input_has_no_cost() -> None:
    told, left_out = written(row("openai", "m", [rate("output_tokens", "30")]))
    assert "cost" not in told["openai"]["models"]["m"]
    assert [one.reason for one in left_out] == [Reason.PRICE_OF_WHOLE]


def test_what_the_file_cannot_hold_is_listed_with_the_reason() -> None:
    rates = [
        *V4_PRO_AUGUST.rates,
        rate("cache_write_1h_tokens", "3"),
        rate("cache_write_5m_tokens", "2"),
        rate("input_tokens", "5", currency="CNY"),
        stated("output_audio_tokens", PriceState.FREE),
    ]
    _, left_out = written(row("openai", "m", rates))
    assert {(one.meter, one.reason) for one in left_out} == {
        ("input_tokens", Reason.TERMS),
        ("output_tokens", Reason.TERMS),
        ("cache_read_tokens", Reason.TERMS),
        ("cache_write_1h_tokens", Reason.METER),
        ("cache_write_5m_tokens", Reason.TOLD_OTHERWISE),
        ("input_tokens", Reason.CURRENCY),
        ("output_audio_tokens", Reason.FREE_AS_ZERO),
    }


def comes_back(rows: list[ExportRow]) -> int:
    """Asserts that what the file holds of each offer is read back; how many offers that were."""
    left_out = LeftOuts()
    claims = read_back(importer, dumps(models_dev.document(rows, left_out)))
    listed = by_offer(left_out.found)
    for one in rows:
        missing = listed.get(one.ref, [])
        otherwise = any(entry.reason is Reason.TOLD_OTHERWISE for entry in missing)
        claim = claims[models_dev.provider_id(one.seller), one.model_id]
        wanted = expected(one, missing, frozenset({"USD"}))
        assert said(claim, otherwise=otherwise) == wanted, one.ref
    return len(rows)


_AMOUNTS = st.integers(1, 10**7).map(lambda n: str(Decimal(n).scaleb(-4)))
_METERS = ["cache_read_tokens", "cache_write_tokens", "output_tokens", "reasoning_tokens"]


@st.composite
def cards(draw: st.DrawFn) -> RateCard:
    """Token prices under limits and the tiers that are modes."""
    limits = draw(st.lists(st.integers(1, 10**6), max_size=3, unique=True))
    tiers = draw(st.sampled_from([(), ("priority",), ("fast",), ("fast", "priority")]))
    terms = [STANDARD, *(Terms(context_over=n) for n in limits), *(Terms(tier=t) for t in tiers)]
    meters = ["input_tokens", *draw(st.lists(st.sampled_from(_METERS), unique=True))]
    return RateCard(tuple(rate(m, draw(_AMOUNTS), terms=t) for t in terms for m in meters))


@given(cards())
def test_any_card_that_the_file_holds_comes_back(card: RateCard) -> None:
    assert comes_back([row("openai", "m", card.rates)]) == 1


def test_known_cards_come_back() -> None:
    cards = {"gpt-5.5": GPT_5_5, "claude-opus-4-7": OPUS_4_7, "deepseek-v4-pro": V4_PRO_AUGUST}
    assert comes_back([row("anthropic", name, card.rates) for name, card in cards.items()]) == 3


def test_the_bundled_catalogue_comes_back() -> None:
    assert comes_back(list(catalogue_rows())) > 10_000
