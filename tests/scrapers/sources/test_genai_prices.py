"""genai-prices: units in the key, tiers, dated cards, daily windows, exact names."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from registry.pricing.rates import PriceState
from scrapers.claims import EntryFault, OfferClaim, PageError, PageFault
from scrapers.sources import genai_prices
from tests.scrapers.sources.rates import prices


def claim_of(listed: Any, model: str = "o3", **fields: Any) -> OfferClaim:
    row = {"id": model, "match": {"equals": model}, "prices": listed, **fields}
    body = json.dumps([{"id": "openai", "models": [row]}]).encode()
    (entry,) = genai_prices.split(body)
    (claim,) = genai_prices.read(entry)
    return claim


def test_the_unit_stands_in_the_key() -> None:
    claim = claim_of(
        {
            "input_mtok": 2,
            "output_mtok": 8,
            "cache_read_mtok": 0.5,
            "cache_write_1h_mtok": 10,
            "cache_audio_read_mtok": 0.3,
            "output_reasoning_mtok": 3,
            "output_citation_mtok": 2,
            "input_mchars": 15,
            "input_gpixels": 4000,
            "input_audio_hours": 0.36,
            "input_document_kpages": 1,
            "web_searches_kcount": 10,
            "requests_kcount": 12,
        }
    )
    assert prices(claim.quotes) == {
        ("input_tokens", ""): "2",
        ("output_tokens", ""): "8",
        ("cache_read_tokens", ""): "0.5",
        ("cache_write_1h_tokens", ""): "10",
        ("cache_read_audio_tokens", ""): "0.3",
        ("reasoning_tokens", ""): "3",
        ("citation_tokens", ""): "2",
        ("input_characters", ""): "15",
        ("input_pixels", ""): "4",
        ("input_audio_seconds", ""): "0.0001",
        ("ocr_pages", ""): "1",
        ("web_searches", ""): "10",
        ("requests", ""): "12",
    }
    assert (claim.provider, claim.model_id) == ("openai", "o3")


def test_a_tier_begins_above_its_start() -> None:
    claim = claim_of(
        {
            "input_mtok": {
                "base": 1.25,
                "tiers": [{"start": 200000, "price": 2.5}, {"start": 500000, "price": 3}],
            }
        }
    )
    assert prices(claim.quotes) == {
        ("input_tokens", ""): "1.25",
        ("input_tokens", "context_over=200000"): "2.5",
        ("input_tokens", "context_over=500000"): "3",
    }


@pytest.mark.parametrize(
    "tiered",
    [
        {"base": 1},
        {"base": 1, "tiers": {}},
        {"base": 1, "tiers": [{"start": 0, "price": 2}]},
        {"base": 1, "tiers": [{"start": 9, "price": 2}, {"start": 9, "price": 3}]},
        {"base": 1, "tiers": [{"start": 9, "price": 2, "end": 20}]},
        {"base": 1, "tiers": [2]},
    ],
)
def test_tiers_of_another_form_are_remarked_on(tiered: Any) -> None:
    claim = claim_of({"input_mtok": tiered})
    assert [remark.fault for remark in claim.remarks] == [EntryFault.BAD_TIERS]


def test_a_dated_card_starts_at_midnight_and_the_one_before_holds_since_ever() -> None:
    claim = claim_of(
        [
            {"prices": {"input_mtok": 10, "output_mtok": 40}},
            {"constraint": {"start_date": "2025-06-10"}, "prices": {"input_mtok": 2}},
        ]
    )
    assert claim.quotes == ()
    before, after = claim.scheduled
    assert (before.starts_at, after.starts_at) == (None, datetime(2025, 6, 10, tzinfo=UTC))
    assert prices(before.quotes)["output_tokens", ""] == "40"
    assert prices(after.quotes) == {("input_tokens", ""): "2"}


def test_a_model_that_begins_on_a_day_has_no_card_before() -> None:
    claim = claim_of([{"constraint": {"start_date": "2027-01-01"}, "prices": {"input_mtok": 2}}])
    assert [card.starts_at for card in claim.scheduled] == [datetime(2027, 1, 1, tzinfo=UTC)]


def test_of_two_cards_that_hold_the_last_listed_counts() -> None:
    claim = claim_of(
        [
            {"constraint": {"start_date": "2026-01-01"}, "prices": {"input_mtok": 3}},
            {"constraint": {"start_date": "2025-01-01"}, "prices": {"input_mtok": 5}},
        ]
    )
    assert [prices(card.quotes)["input_tokens", ""] for card in claim.scheduled] == ["5", "5"]


def test_a_daily_window_is_the_card_of_its_hours() -> None:
    window = {"start_time": "00:30:00Z", "end_time": "16:30:00Z"}
    claim = claim_of(
        [
            {"prices": {"input_mtok": 0.135}},
            {"constraint": window, "prices": {"input_mtok": 0.27}},
        ]
    )
    assert claim.scheduled == ()
    assert prices(claim.quotes) == {
        ("input_tokens", ""): "0.135",
        ("input_tokens", "hours=00:30-16:30"): "0.27",
    }


def test_a_window_listed_before_a_later_card_ends_with_it() -> None:
    window = {"start_time": "22:00:00Z", "end_time": "02:00:00Z"}
    claim = claim_of(
        [
            {"prices": {"input_mtok": 1}},
            {"constraint": window, "prices": {"input_mtok": 2}},
            {"constraint": {"start_date": "2026-01-01"}, "prices": {"input_mtok": 3}},
        ]
    )
    before, after = claim.scheduled
    assert prices(before.quotes)["input_tokens", "hours=00:00-02:00,22:00-24:00"] == "2"
    assert prices(after.quotes) == {("input_tokens", ""): "3"}


@pytest.mark.parametrize(
    ("constraint", "fault"),
    [
        ({"start_date": "2025-13-01"}, EntryFault.BAD_DATE),
        ({"start_date": None}, EntryFault.BAD_DATE),
        ({"start_time": "00:30:00", "end_time": "16:30:00Z"}, EntryFault.BAD_HOURS),
        ({"start_time": "00:30:15Z", "end_time": "16:30:00Z"}, EntryFault.BAD_HOURS),
        ({"start_time": "00:30:00+08:00", "end_time": "16:30:00Z"}, EntryFault.BAD_HOURS),
        ({"start_time": "08:00:00Z", "end_time": "08:00:00Z"}, EntryFault.BAD_HOURS),
        ({"start_date": "2025-01-01", "region": "eu"}, EntryFault.UNKNOWN_FIELD),
        ({"end_date": "2025-01-01"}, EntryFault.UNKNOWN_FIELD),
        ("2025-01-01", EntryFault.UNKNOWN_FIELD),
    ],
)
def test_a_constraint_that_cannot_be_read_is_remarked_on(
    constraint: Any, fault: EntryFault
) -> None:
    claim = claim_of([{"constraint": constraint, "prices": {"input_mtok": 2}}])
    assert [remark.fault for remark in claim.remarks] == [fault]
    assert (claim.quotes, claim.scheduled) == ((), ())


def test_a_condition_under_another_name_is_not_dropped() -> None:
    cheaper = {"valid": {"start_time": "16:30:00Z"}, "prices": {"input_mtok": 1}}
    claim = claim_of([{"prices": {"input_mtok": 2}}, cheaper])
    assert [remark.fault for remark in claim.remarks] == [EntryFault.UNKNOWN_FIELD]


def test_windows_that_overlap_are_remarked_on() -> None:
    first = {"start_time": "00:00:00Z", "end_time": "04:00:00Z"}
    second = {"start_time": "03:00:00Z", "end_time": "06:00:00Z"}
    claim = claim_of(
        [
            {"constraint": first, "prices": {"input_mtok": 1}},
            {"constraint": second, "prices": {"input_mtok": 2}},
        ]
    )
    assert EntryFault.BAD_HOURS in {remark.fault for remark in claim.remarks}


def test_an_empty_card_is_free_where_the_id_says_so_and_else_silence() -> None:
    free = claim_of({}, "mai-ds-r1:free")
    assert {quote.state for quote in free.quotes} == {PriceState.FREE}
    assert claim_of({}, "moderation").quotes == ()


def test_exact_names_are_aliases_and_patterns_are_not() -> None:
    match = {
        "or": [
            {"equals": "o3"},
            {"equals": "o3-2025-04-16"},
            {"starts_with": "o3-2025"},
            {"regex": "^o3-\\d+$"},
            {"and": [{"equals": "o3-mini"}, {"contains": "mini"}]},
            {"or": [{"equals": "openai/o3"}]},
        ]
    }
    assert claim_of({"input_mtok": 2}, match=match).aliases == ("o3-2025-04-16", "openai/o3")


@pytest.mark.parametrize("value", ["2", True, [2]])
def test_what_is_no_number_is_remarked_on(value: Any) -> None:
    claim = claim_of({"input_mtok": value})
    assert [remark.fault for remark in claim.remarks] == [EntryFault.NOT_A_FIGURE]


def test_an_unknown_unit_is_named() -> None:
    claim = claim_of({"input_mtok": 2, "storage_mtok_hours": 1, "audio_hours": 0.36})
    assert [(r.fault, r.field) for r in claim.remarks] == [
        (EntryFault.UNKNOWN_FIELD, "prices.storage_mtok_hours"),
        (EntryFault.UNKNOWN_FIELD, "prices.audio_hours"),
    ]


@pytest.mark.parametrize("listed", [None, 5, "free"])
def test_prices_of_another_shape_are_remarked_on(listed: Any) -> None:
    claim = claim_of(listed)
    assert [remark.fault for remark in claim.remarks] == [EntryFault.WRONG_SHAPE]


def test_facts_are_taken_as_the_row_states_them() -> None:
    facts = claim_of({}, name="o3", context_window=200000, deprecated=True).facts
    assert (facts.name, facts.context_tokens, facts.status) == ("o3", 200000, "deprecated")


def test_one_id_with_two_cards_is_a_duplicate() -> None:
    rows = [{"id": "o3", "prices": {"input_mtok": price}} for price in (2, 10)]
    body = json.dumps([{"id": "openai", "models": rows}]).encode()
    (entry,) = genai_prices.split(body)
    (claim,) = genai_prices.read(entry)
    assert EntryFault.DUPLICATE_KEY in {remark.fault for remark in claim.remarks}


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (b"[]", PageFault.NO_ROWS),
        (b'[{"id": "openai", "models": []}]', PageFault.NO_ROWS),
        (b'[{"id": "openai"}]', PageFault.WRONG_FORMAT),
        (b'[{"id": "openai", "models": [{"prices": {}}]}]', PageFault.WRONG_FORMAT),
        (b'[{"models": []}]', PageFault.WRONG_FORMAT),
        (b'{"openai": {}}', PageFault.WRONG_FORMAT),
        (b"404: Not Found", PageFault.WRONG_FORMAT),
    ],
)
def test_another_page_is_refused(body: bytes, fault: PageFault) -> None:
    with pytest.raises(PageError) as caught:
        list(genai_prices.split(body))
    assert caught.value.fault is fault
