"""OpenRouter's lists: our offers of OpenRouter, read back by our own importer."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from registry.exports.asking import BadQuery
from registry.exports.compat import openrouter
from registry.exports.compat.left_out import LeftOuts, Reason
from registry.exports.compat.openrouter_questions import narrowed
from registry.exports.json_text import dumps
from registry.pricing.rates import PriceState
from registry.pricing.terms import Terms
from registry.selectors.export_rows import ExportRow
from scrapers.sources import openrouter as importer
from tests.exports.reading_back import by_offer, expected, read_back, said
from tests.exports.rows import catalogue_rows, row
from tests.pricing.cards import GPT_5_5, V4_PRO_AUGUST, chat_rates, rate, stated


def written(*rows: ExportRow) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = json.loads(dumps(openrouter.models(rows, LeftOuts())))["data"]
    return told


def comes_back(rows: list[ExportRow]) -> int:
    """Asserts that what the list holds of each offer is read back; how many offers that were."""
    left_out = LeftOuts()
    claims = read_back(importer, dumps(openrouter.models(rows, left_out)))
    listed = by_offer(left_out.found)
    for one in rows:
        wanted = expected(one, listed.get(one.ref, []), frozenset({"USD"}))
        assert said(claims["openrouter", one.model_id]) == wanted, one.ref
    return len(rows)


def test_prices_are_exact_strings_per_unit() -> None:
    (told,) = written(row("openrouter", "a/m", [rate("input_tokens", "0.003625")]))
    assert told["pricing"] == {"prompt": "0.000000003625"}


def test_a_longer_request_is_an_override_and_a_batch_a_row() -> None:
    plain, batch = written(row("openrouter", "openai/gpt-5.5", GPT_5_5.rates))
    assert plain["pricing"]["overrides"] == [
        {
            "min_prompt_tokens": 272_000,
            "prompt": "0.00001",
            "input_cache_read": "0.000001",
            "completion": "0.000045",
        }
    ]
    assert batch["id"] == "openai/gpt-5.5:batch"
    assert batch["pricing"] == {"prompt": "0.0000025", "completion": "0.000015"}


def of_three() -> Any:
    """A model that writes and takes tools, one that draws, and one of which nothing is known."""
    price = [rate("input_tokens", "1")]
    knows = {"input_modalities": ("text", "image"), "tool_calls": True, "reasoning": True}
    rows = [
        row("openrouter", "a/writes", price, output_modalities=("text",), **knows),
        row("openrouter", "a/draws", price, output_modalities=("text", "image")),
        row("openrouter", "a/unknown", price),
    ]
    return json.loads(dumps(openrouter.models(rows, LeftOuts())))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, "writes draws unknown"),
        ({"output_modalities": "text"}, "writes draws"),
        ({"output_modalities": "image"}, "draws"),
        ({"output_modalities": "image, audio"}, "draws"),
        ({"output_modalities": "all"}, "writes draws unknown"),
        ({"output_modalities": "audio"}, ""),
        ({"input_modalities": "image"}, "writes"),
        ({"supported_parameters": "tools"}, "writes"),
        ({"supported_parameters": "tools,reasoning"}, "writes"),
        ({"supported_parameters": "tools", "output_modalities": "image"}, ""),
        ({"use_rss": "false"}, "writes draws unknown"),
    ],
)
def test_the_list_is_narrowed_as_upstream_narrows_it(asked: dict[str, str], found: str) -> None:
    told = narrowed(of_three(), asked)
    assert " ".join(model["id"].removeprefix("a/") for model in told["data"]) == found
    assert told["total_count"] == len(told["data"])


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("category", "programming", "does not hold what models are used for"),
        ("use_rss", "true", "/feeds/changes.atom"),
        ("use_rss_chat_links", "true", "/feeds/changes.atom"),
        ("supported_parameters", "tools,seed", "reasoning, tools, tool_choice"),
        ("output_modalities", "smell", "text, image, audio"),
        ("input_modalities", "", "text, image, audio"),
    ],
)
def test_what_cannot_be_honoured_is_an_error_that_says_why(
    name: str, value: str, expected: str
) -> None:
    with pytest.raises(BadQuery, match=expected) as raised:
        narrowed(of_three(), {name: value})
    assert (raised.value.field, raised.value.value) == (name, value)


def test_an_offer_under_the_id_of_a_batch_row_is_listed() -> None:
    left_out = LeftOuts()
    rows = [row("openrouter", "m", GPT_5_5.rates), row("openrouter", "m:batch", GPT_5_5.rates)]
    assert openrouter.models(rows, left_out)["total_count"] == 2
    assert [one.offer for one in left_out.found if one.reason is Reason.KEY_TAKEN] == [
        "openrouter/m:batch"
    ]


def test_hours_are_overrides_of_clock_numbers_and_days() -> None:
    (told,) = written(row("openrouter", "deepseek/deepseek-v4-pro", V4_PRO_AUGUST.rates))
    windows = [(o["utc_start"], o["utc_end"], o["utc_days"]) for o in told["pricing"]["overrides"]]
    weekdays = ["mon", "tue", "wed", "thu", "fri"]
    assert windows == [(100, 400, weekdays), (600, 1000, weekdays)]


def test_typed_clients_find_every_field_that_they_demand() -> None:
    facts = {"released_on": date(2026, 4, 23), "tool_calls": True, "reasoning": False}
    known, bare = written(
        row("openrouter", "openai/gpt-5.5", [rate("input_tokens", "5")], **facts),
        row("openrouter", "a/m", [rate("input_tokens", "1")]),
    )
    assert known["created"] == 1_776_902_400
    assert known["supported_parameters"] == ["tools", "tool_choice"]
    assert "created" not in bare
    for told in (known, bare):
        assert told["canonical_slug"] == told["id"]
        assert (told["description"], told["per_request_limits"]) == ("", None)
        assert told["architecture"]["tokenizer"] == "Other"


def test_an_endpoint_tells_what_its_model_takes() -> None:
    sold = row("openrouter", "a/m", [rate("input_tokens", "1")], reasoning=True)
    told = json.loads(dumps(openrouter.endpoints(sold)))["data"]
    [endpoint] = told["endpoints"]
    assert endpoint["supported_parameters"] == ["reasoning"]
    assert told["description"] == ""


def test_a_router_is_dynamic_and_a_free_variant_is_zero() -> None:
    router = [stated("input_tokens", PriceState.DYNAMIC)]
    free = [stated("input_tokens", PriceState.FREE)]
    auto, gift = written(row("openrouter", "a/auto", router), row("openrouter", "a/m:free", free))
    assert (auto["pricing"], gift["pricing"]) == ({"prompt": "-1"}, {"prompt": "0"})


def test_what_the_list_cannot_hold_is_listed() -> None:
    left_out = LeftOuts()
    rates = [rate("input_tokens", "1"), rate("ocr_pages", "1")]
    flex = chat_rates("2", "1", "3", Terms(tier="flex"))
    openrouter.models([row("openrouter", "a/m", [*rates, *flex])], left_out)
    assert {one.reason for one in left_out.found} == {Reason.METER, Reason.TERMS}


def test_one_model_has_the_one_endpoint_that_is_known() -> None:
    told = openrouter.endpoints(row("openrouter", "a/m", [rate("input_tokens", "1")]))["data"]
    assert told["id"] == "a/m"
    assert [one["pricing"] for one in told["endpoints"]] == [{"prompt": "0.000001", "discount": 0}]


def test_known_cards_come_back() -> None:
    cards = {"openai/gpt-5.5": GPT_5_5, "deepseek/deepseek-v4-pro": V4_PRO_AUGUST}
    assert comes_back([row("openrouter", name, card.rates) for name, card in cards.items()]) == 2


def test_the_bundled_catalogue_comes_back() -> None:
    rows = [one for one in catalogue_rows() if one.seller.slug == "openrouter"]
    # An offer under such an id is read as the batch tier of the one before it.
    rows = [one for one in rows if not one.model_id.endswith(openrouter.BATCH)]
    assert comes_back(rows) > 900
