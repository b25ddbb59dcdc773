"""OpenRouter: figures as strings, fillers, routers, aliases, batch rows, conditional prices."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from registry.pricing.rates import PriceState
from scrapers.claims import EntryFault, NoteReason, OfferClaim, PageError, PageFault
from scrapers.sources import openrouter
from tests.scrapers.sources.rates import prices


def claims_of(*rows: Any) -> list[OfferClaim]:
    body = json.dumps({"data": rows}).encode()
    return [claim for entry in openrouter.split(body) for claim in openrouter.read(entry)]


def claim_of(pricing: Any, model: str = "openai/gpt-5.5", **fields: Any) -> OfferClaim:
    (claim,) = claims_of({"id": model, "pricing": pricing, **fields})
    return claim


def test_figures_are_strings_per_single_unit() -> None:
    claim = claim_of(
        {
            "prompt": "0.000005",
            "completion": "0.00003",
            "internal_reasoning": "0.00003",
            "input_cache_read": "0.0000005",
            "input_cache_write": "0.00000625",
            "input_cache_write_1h": "0.00001",
            "audio": "0.000032",
            "audio_output": "0.000064",
            "input_audio_cache": "0.0000004",
            "image_output": "0.00004",
            "image_token": "0.000008",
            "web_search": "0.01",
            "request": "0.005",
        }
    )
    assert prices(claim.quotes) == {
        ("input_tokens", ""): "5",
        ("output_tokens", ""): "30",
        ("reasoning_tokens", ""): "30",
        ("cache_read_tokens", ""): "0.5",
        ("cache_write_tokens", ""): "6.25",
        ("cache_write_1h_tokens", ""): "10",
        ("input_audio_tokens", ""): "32",
        ("output_audio_tokens", ""): "64",
        ("cache_read_audio_tokens", ""): "0.4",
        ("output_image_tokens", ""): "40",
        ("input_image_tokens", ""): "8",
        ("web_searches", ""): "10",
        ("requests", ""): "5",
    }
    assert claim.provider == "openrouter"
    assert claim.quotes[0].text == "0.000005"


def test_a_picture_at_the_price_of_a_prompt_token_is_sold_by_its_tokens() -> None:
    by_token = claim_of({"prompt": "0.00000125", "image": "0.00000125"})
    by_picture = claim_of({"prompt": "0.00000125", "image": "0.00516"})
    assert prices(by_token.quotes)["input_image_tokens", ""] == "1.25"
    assert prices(by_picture.quotes)["input_images", ""] == "0.00516"


def test_minus_one_is_a_price_that_varies() -> None:
    claim = claim_of({"prompt": "-1", "completion": "-1"}, "openrouter/auto")
    assert {quote.state for quote in claim.quotes} == {PriceState.DYNAMIC}


def test_any_other_negative_figure_is_passed_on_to_be_refused() -> None:
    (quote,) = claim_of({"prompt": "-0.5"}).quotes
    assert (quote.text, quote.state) == ("-0.5", None)


def test_a_free_variant_is_free_and_its_fillers_are_silence() -> None:
    claim = claim_of(
        {"prompt": "0", "completion": "0", "request": "0", "image": "0"}, "qwen/qwen3-8b:free"
    )
    assert [(quote.meter, quote.state) for quote in claim.quotes] == [
        ("input_tokens", PriceState.FREE),
        ("output_tokens", PriceState.FREE),
    ]


def test_zeros_without_the_word_free_stay_zeros() -> None:
    claim = claim_of({"prompt": "0", "completion": "0"}, "google/lyria-3-pro-preview")
    assert [(quote.text, quote.state) for quote in claim.quotes] == [("0", None), ("0", None)]


def test_fillers_beside_a_priced_prompt_are_noted() -> None:
    claim = claim_of({"prompt": "0.000001", "completion": "0.000002", "web_search": "0"})
    assert [quote.field for quote in claim.quotes] == ["pricing.prompt", "pricing.completion"]
    assert [(n.reason, n.field) for n in claim.notes] == [
        (NoteReason.NOTHING_EXTRA, "pricing.web_search")
    ]


def test_a_latest_name_is_an_alias_of_its_target() -> None:
    (claim,) = claims_of(
        {
            "id": "~google/gemini-pro-latest",
            "alias_target": {"slug": "google/gemini-3.1-pro-preview"},
            "pricing": {"prompt": "0.000009"},
        },
        {"id": "google/gemini-3.1-pro-preview", "pricing": {"prompt": "0.000002"}},
    )
    assert (claim.model_id, claim.aliases) == (
        "google/gemini-3.1-pro-preview",
        ("~google/gemini-pro-latest",),
    )
    assert prices(claim.quotes) == {("input_tokens", ""): "2"}


@pytest.mark.parametrize("target", [{}, {"alias_target": {"slug": "google/gone"}}])
def test_a_latest_name_without_a_listed_target_is_an_offer(target: dict[str, Any]) -> None:
    claim = claim_of({"prompt": "0.000002"}, "~google/gemini-pro-latest", **target)
    assert claim.model_id == "~google/gemini-pro-latest"


def test_a_batch_row_is_the_batch_tier_of_its_model() -> None:
    (claim,) = claims_of(
        {"id": "openai/gpt-5.5", "name": "GPT-5.5", "pricing": {"prompt": "0.000005"}},
        {"id": "openai/gpt-5.5:batch", "name": "Batch", "pricing": {"prompt": "0.0000025"}},
    )
    assert prices(claim.quotes) == {
        ("input_tokens", ""): "5",
        ("input_tokens", "tier=batch"): "2.5",
    }
    assert claim.facts.name == "GPT-5.5"


def test_a_dated_slug_and_a_hugging_face_id_are_aliases_but_not_of_a_variant() -> None:
    names = {"canonical_slug": "z-ai/glm-5.2-20260616", "hugging_face_id": "zai-org/GLM-5.2"}
    assert claim_of({"prompt": "1"}, "z-ai/glm-5.2", **names).aliases == (
        "z-ai/glm-5.2-20260616",
        "zai-org/GLM-5.2",
    )
    assert claim_of({"prompt": "0"}, "z-ai/glm-5.2:free", **names).aliases == ()


def test_a_discount_is_held_unless_it_is_none() -> None:
    none = claim_of({"prompt": "0.000001", "discount": 0})
    some = claim_of({"prompt": "0.000001", "discount": 0.25})
    assert none.remarks == ()
    assert [(n.reason, n.field) for n in none.notes] == [
        (NoteReason.NOT_A_PRICE, "pricing.discount")
    ]
    assert [remark.fault for remark in some.remarks] == [EntryFault.UNKNOWN_UNIT]


def test_an_unknown_price_is_named() -> None:
    claim = claim_of({"prompt": "0.000001", "per_frame": "0.1"})
    assert [(r.fault, r.field) for r in claim.remarks] == [
        (EntryFault.UNKNOWN_FIELD, "pricing.per_frame")
    ]


@pytest.mark.parametrize("pricing", [None, [], "0.000001"])
def test_a_row_without_prices_is_remarked_on(pricing: Any) -> None:
    assert {remark.fault for remark in claim_of(pricing).remarks} == {EntryFault.WRONG_SHAPE}


def test_two_rows_of_one_id_are_a_duplicate() -> None:
    (claim,) = claims_of(
        {"id": "a/b", "pricing": {"prompt": "0.000001"}},
        {"id": "a/b", "pricing": {"prompt": "0.000002"}},
    )
    assert EntryFault.DUPLICATE_KEY in {remark.fault for remark in claim.remarks}


def test_facts_are_taken_as_the_row_states_them() -> None:
    claim = claim_of(
        {"prompt": "0.000001"},
        name="OpenAI: GPT-5.5",
        created=1776912000,
        context_length=1050000,
        architecture={"input_modalities": ["text", "image"], "output_modalities": ["text"]},
        top_provider={"max_completion_tokens": 128000},
        supported_parameters=["reasoning", "tools"],
        knowledge_cutoff="2025-12-01",
        expiration_date="2026-12-31",
    )
    facts = claim.facts
    assert (facts.name, facts.context_tokens) == ("OpenAI: GPT-5.5", 1050000)
    assert facts.max_output_tokens == 128000
    assert (facts.input_modalities, facts.output_modalities) == (("text", "image"), ("text",))
    assert (facts.reasoning, facts.tool_calls) == (True, True)
    assert (facts.knowledge_cutoff, facts.retires_on) == ("2025-12-01", date(2026, 12, 31))
    assert facts.released_on is None
    assert claim.page == "https://openrouter.ai/openai/gpt-5.5"


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (b'{"data": []}', PageFault.NO_ROWS),
        (b'{"error": {"code": 429}}', PageFault.WRONG_FORMAT),
        (b'{"data": {"id": "a/b", "endpoints": []}}', PageFault.WRONG_FORMAT),
        (b'{"data": [{"id": "a/b"}, {"pricing": {}}]}', PageFault.WRONG_FORMAT),
        (b'{"data": ["openai/gpt-5.5"]}', PageFault.WRONG_FORMAT),
        (b"<!doctype html>", PageFault.WRONG_FORMAT),
        (b'{"data": [{"id": "a/b"', PageFault.WRONG_FORMAT),
    ],
)
def test_another_page_is_refused(body: bytes, fault: PageFault) -> None:
    with pytest.raises(PageError) as caught:
        list(openrouter.split(body))
    assert caught.value.fault is fault
