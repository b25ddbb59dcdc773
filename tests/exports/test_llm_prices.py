"""llm-prices' files: what holds now, and every period so far."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from registry.exports.compat import llm_prices
from registry.exports.compat.left_out import LeftOuts, Reason
from registry.exports.json_text import dumps
from registry.selectors.export_rows import DatedCard, ExportRow
from tests.exports.rows import row
from tests.pricing.cards import GPT_5_5, chat_rates, rate


def now(*rows: ExportRow) -> tuple[dict[str, Any], LeftOuts]:
    left_out = LeftOuts()
    body = dumps(llm_prices.current(rows, datetime(2026, 11, 26, 9, tzinfo=UTC), left_out))
    return json.loads(body, parse_float=str, parse_int=str), left_out


def periods(*cards: DatedCard) -> list[tuple[Any, ...]]:
    body = dumps(llm_prices.historical([(row("openai", "m", ()), cards)]))
    fields = ("input", "from_date", "to_date")
    return [tuple(p[f] for f in fields) for p in json.loads(body, parse_int=str)["prices"]]


def card(day: int, amount: str | None, hour: int = 0) -> DatedCard:
    rates = () if amount is None else chat_rates(amount, "1", "30")
    return DatedCard(datetime(2026, 5, day, hour, tzinfo=UTC), rates)


def test_longer_requests_are_an_entry_of_their_own() -> None:
    told, _ = now(row("openai", "gpt-5.5", GPT_5_5.rates))
    assert told["updated_at"] == "2026-11-26"
    assert [(p["id"], p["vendor"], p["input"], p["input_cached"]) for p in told["prices"]] == [
        ("gpt-5.5", "openai", "5", "0.5"),
        ("gpt-5.5-272k", "openai", "10", "1"),
    ]


def test_a_cached_price_that_is_unknown_is_null_and_never_zero() -> None:
    told, _ = now(row("openai", "m", [rate("input_tokens", "1"), rate("output_tokens", "2")]))
    assert told["prices"][0]["input_cached"] is None


def test_what_the_file_cannot_hold_is_listed() -> None:
    rates = [*GPT_5_5.rates, rate("web_searches", "10")]
    half = [rate("input_tokens", "1")]
    _, left_out = now(
        row("302ai", "m", half), row("openai", "half", half), row("openai", "gpt-5.5", rates)
    )
    assert {one.reason for one in left_out.found} == {
        Reason.SELLER,
        Reason.METER,
        Reason.TERMS,
        Reason.PRICE_OF_WHOLE,
    }


def test_a_period_ends_on_the_first_day_of_the_next() -> None:
    assert periods(card(1, "5"), card(8, "4"), card(20, "4")) == [
        ("5", "2026-05-01", "2026-05-08"),
        ("4", "2026-05-08", None),
    ]


def test_a_withdrawn_price_ends_and_a_return_begins_anew() -> None:
    assert periods(card(1, "5"), card(8, None), card(20, "5")) == [
        ("5", "2026-05-01", "2026-05-08"),
        ("5", "2026-05-20", None),
    ]


def test_of_several_changes_on_one_day_the_last_counts() -> None:
    assert periods(card(1, "9"), card(1, "5", hour=6)) == [("5", "2026-05-01", None)]
