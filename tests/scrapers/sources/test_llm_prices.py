"""llm-prices: periods that make dated cards, and long requests as records of their own."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from scrapers.claims import EntryFault, NoteReason, OfferClaim, PageError, PageFault
from scrapers.sources import llm_prices
from tests.scrapers.sources.rates import prices


def record(model: str = "deepseek-chat", **fields: Any) -> dict[str, Any]:
    return {
        "id": model,
        "vendor": "deepseek",
        "name": "DeepSeek Chat",
        "input": 0.27,
        "output": 1.1,
        "input_cached": None,
        "from_date": None,
        "to_date": None,
        **fields,
    }


def claims_of(*rows: Any) -> list[OfferClaim]:
    body = json.dumps({"prices": rows}).encode()
    return [claim for entry in llm_prices.split(body) for claim in llm_prices.read(entry)]


def claim_of(*rows: Any) -> OfferClaim:
    (claim,) = claims_of(*rows)
    return claim


def day(year: int, month: int, day_: int) -> datetime:
    return datetime(year, month, day_, tzinfo=UTC)


def test_an_undated_record_is_the_card_now() -> None:
    claim = claim_of(record(input_cached=0.07))
    assert (claim.provider, claim.model_id) == ("deepseek", "deepseek-chat")
    assert claim.scheduled == ()
    assert prices(claim.quotes) == {
        ("input_tokens", ""): "0.27",
        ("output_tokens", ""): "1.1",
        ("cache_read_tokens", ""): "0.07",
    }


def test_a_record_of_the_current_list_has_no_dates_at_all() -> None:
    row = {key: value for key, value in record().items() if not key.endswith("_date")}
    assert len(claim_of(row).quotes) == 2


def test_an_unknown_cache_price_is_no_quote() -> None:
    assert "cache_read_tokens" not in {quote.meter for quote in claim_of(record()).quotes}


def test_periods_that_follow_one_another_are_dated_cards() -> None:
    claim = claim_of(
        record(from_date="2025-02-08"), record(input=0.14, output=0.28, to_date="2025-02-08")
    )
    assert claim.quotes == ()
    assert [card.starts_at for card in claim.scheduled] == [None, day(2025, 2, 8)]
    assert [prices(c.quotes)["input_tokens", ""] for c in claim.scheduled] == ["0.14", "0.27"]


def test_a_period_that_ends_without_another_is_a_withdrawal() -> None:
    claim = claim_of(record(to_date="2025-09-05"))
    assert [(card.starts_at, len(card.quotes)) for card in claim.scheduled] == [
        (None, 2),
        (day(2025, 9, 5), 0),
    ]


def test_before_the_first_period_there_is_no_card() -> None:
    claim = claim_of(record(from_date="2026-09-01"))
    assert [card.starts_at for card in claim.scheduled] == [day(2026, 9, 1)]


def test_a_gap_between_periods_is_a_card_without_prices() -> None:
    claim = claim_of(record(to_date="2025-01-01"), record(from_date="2025-03-01"))
    assert [(card.starts_at, len(card.quotes)) for card in claim.scheduled] == [
        (None, 2),
        (day(2025, 1, 1), 0),
        (day(2025, 3, 1), 2),
    ]


def test_a_record_of_long_requests_is_part_of_its_base_offer() -> None:
    claim = claim_of(
        record("gpt-5.5", name="GPT-5.5 ≤272k", input=5, output=30),
        record("gpt-5.5-272k", name="GPT-5.5 >272k", input=10, output=45),
    )
    assert claim.model_id == "gpt-5.5"
    assert claim.facts.name == "GPT-5.5"
    assert prices(claim.quotes) == {
        ("input_tokens", ""): "5",
        ("output_tokens", ""): "30",
        ("input_tokens", "context_over=272000"): "10",
        ("output_tokens", "context_over=272000"): "45",
    }


def test_the_misspelt_id_of_2025_is_a_record_of_long_requests_too() -> None:
    claim = claim_of(record("gemini-2.5-pro--200k", name="Gemini 2.5 Pro >200k"))
    assert claim.model_id == "gemini-2.5-pro"
    assert {quote.terms.context_over for quote in claim.quotes} == {200_000}


@pytest.mark.parametrize(
    ("model", "name"),
    [
        ("moonshot-v1-128k", "Moonshot v1 128k"),
        ("kimi-k2", "Kimi K2"),
        ("gpt-5.5-272k", "GPT-5.5 >200k"),
        ("gpt-5.5", "GPT-5.5 >272k"),
    ],
)
def test_an_id_is_its_own_unless_the_name_says_the_same_limit(model: str, name: str) -> None:
    claim = claim_of(record(model, name=name))
    assert claim.model_id == model
    assert {quote.terms.key for quote in claim.quotes} == {""}


def test_the_same_price_under_two_names_is_said_twice() -> None:
    claim = claim_of(record(name="Grok 4 Fast"), record(name="Grok 4 Fast ≤128k"))
    assert len(claim.quotes) == 2
    assert {note.reason for note in claim.notes} == {NoteReason.SAID_TWICE}
    assert claim.remarks == ()


def test_two_prices_for_one_day_contradict_each_other() -> None:
    claim = claim_of(record(to_date="2025-03-01"), record(input=0.14, from_date="2025-02-01"))
    assert [remark.fault for remark in claim.remarks] == [EntryFault.CONFLICTING_FIGURES]


@pytest.mark.parametrize(
    "dates",
    [
        {"from_date": "2025-02-30"},
        {"from_date": "08/02/2025"},
        {"to_date": 20250208},
        {"from_date": "2025-03-01", "to_date": "2025-02-01"},
    ],
)
def test_a_period_that_is_none_is_remarked_on(dates: dict[str, Any]) -> None:
    claim = claim_of(record(**dates))
    assert {remark.fault for remark in claim.remarks} == {EntryFault.BAD_DATE}


@pytest.mark.parametrize("value", ["0.27", True, [0.27]])
def test_what_is_no_number_is_remarked_on(value: Any) -> None:
    claim = claim_of(record(input=value))
    assert [remark.fault for remark in claim.remarks] == [EntryFault.NOT_A_FIGURE]


def test_an_unknown_price_is_named() -> None:
    claim = claim_of(record(input_batch=0.1))
    assert [(r.fault, r.field) for r in claim.remarks] == [
        (EntryFault.UNKNOWN_FIELD, "prices[0].input_batch")
    ]


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (b'{"prices": []}', PageFault.NO_ROWS),
        (b'{"updated_at": "2026-07-30"}', PageFault.WRONG_FORMAT),
        (b'{"prices": [{"id": "x"}]}', PageFault.WRONG_FORMAT),
        (b'{"prices": [{"id": "x", "vendor": "a/b"}]}', PageFault.WRONG_FORMAT),
        (b'{"prices": {}}', PageFault.WRONG_FORMAT),
        (b"[]", PageFault.WRONG_FORMAT),
        (b'{"prices": [{"id": "x",}]}', PageFault.WRONG_FORMAT),
    ],
)
def test_another_page_is_refused(body: bytes, fault: PageFault) -> None:
    with pytest.raises(PageError) as caught:
        list(llm_prices.split(body))
    assert caught.value.fault is fault
