"""genai-prices' file: announced cards from their day on, what it cannot hold with the reason."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from registry.exports.compat import genai_prices
from registry.exports.compat.left_out import LeftOut, LeftOuts, Reason
from registry.exports.json_text import dumps
from registry.pricing.rates import Rate
from registry.selectors.clocks import as_of
from registry.selectors.export_rows import DatedCard, announced_cards
from registry.selectors.offers import offer
from tests.exports.rows import row
from tests.ledger.saying import point, say
from tests.pipeline.bodies import llm_prices, record
from tests.pipeline.taking import deliver
from tests.pricing.cards import GPT_5_5, V4_PRO_AUGUST, chat_rates, rate

NEW_YEAR = datetime(2027, 1, 1, tzinfo=UTC)
OFFER = "deepseek/m"


def written(
    rates: Sequence[Rate], *coming: tuple[datetime, Sequence[Rate]]
) -> tuple[dict[str, Any], list[LeftOut]]:
    """The model of an offer with cards to come, and what of it is left out."""
    left_out = LeftOuts()
    cards = tuple(DatedCard(start, tuple(found)) for start, found in coming)
    document = genai_prices.document([row("deepseek", "m", rates)], left_out, {OFFER: cards})
    [provider] = json.loads(dumps(document))
    [model] = provider["models"]
    return model, left_out.found


def reasons(left_out: list[LeftOut]) -> set[tuple[str | None, str | None, Reason, Any]]:
    return {(one.meter, one.terms, one.reason, one.starts_at) for one in left_out}


def test_an_announced_card_holds_from_its_day_on() -> None:
    model, left_out = written(chat_rates("1", "0.1", "2"), (NEW_YEAR, chat_rates("3", "0.3", "6")))
    assert model["prices"] == [
        {"prices": {"input_mtok": 1, "cache_read_mtok": 0.1, "output_mtok": 2}},
        {
            "constraint": {"start_date": "2027-01-01"},
            "prices": {"input_mtok": 3, "cache_read_mtok": 0.3, "output_mtok": 6},
        },
    ]
    assert left_out == []


def test_several_announcements_stand_in_their_order() -> None:
    later = datetime(2027, 6, 1, tzinfo=UTC)
    model, _ = written(
        chat_rates("1", "0.1", "2"),
        (NEW_YEAR, chat_rates("3", "0.3", "6")),
        (later, chat_rates("2", "0.2", "4")),
    )
    starts = [one.get("constraint", {}).get("start_date") for one in model["prices"]]
    assert starts == [None, "2027-01-01", "2027-06-01"]


def test_a_tier_that_becomes_the_usual_price_is_told_anew() -> None:
    """The variant told before stays in force, so that the first that holds must say otherwise."""
    dearer = [rate(one.meter, "9", terms=one.terms) for one in GPT_5_5.rates]
    model, _ = written(GPT_5_5.rates, (NEW_YEAR, dearer))
    first = next(one for one in model["price_variants"] if one["when"] == {"processing": "batch"})
    assert first["constraint"] == {"start_date": "2027-01-01"}
    assert first["prices"]["input_mtok"] == 9


def test_a_tier_that_ends_costs_what_is_usual() -> None:
    plain = [one for one in GPT_5_5.rates if one.terms.tier is None]
    model, _ = written(GPT_5_5.rates, (NEW_YEAR, plain))
    ended = [one for one in model["price_variants"] if "constraint" in one]
    assert [one["when"] for one in ended] == [
        {"service_tier": "priority"},
        {"service_tier": "flex"},
        {"processing": "batch"},
    ]
    assert {one["prices"]["input_mtok"]["base"] for one in ended} == {5}


def test_hours_of_weekdays_are_listed_with_their_terms() -> None:
    _, left_out = written(V4_PRO_AUGUST.rates)
    timed = [one for one in V4_PRO_AUGUST.rates if one.terms.hours is not None]
    assert reasons(left_out) == {(r.meter, r.terms.key, Reason.TERMS, None) for r in timed}


def test_a_start_within_a_day_cannot_be_told_and_is_listed() -> None:
    noon = NEW_YEAR.replace(hour=16)
    model, left_out = written(chat_rates("1", "0.1", "2"), (noon, chat_rates("3", "0.3", "6")))
    assert model["prices"] == {"input_mtok": 1, "cache_read_mtok": 0.1, "output_mtok": 2}
    assert {(one.reason, one.starts_at) for one in left_out} == {(Reason.TERMS, noon)}
    assert {one.price for one in left_out} == {"3", "0.3", "6"}


def test_of_an_announced_card_the_hours_are_listed_and_the_usual_price_told() -> None:
    model, left_out = written(chat_rates("1", "0.1", "2"), (NEW_YEAR, V4_PRO_AUGUST.rates))
    assert model["prices"][1]["constraint"] == {"start_date": "2027-01-01"}
    assert {(one.reason, one.starts_at) for one in left_out} == {(Reason.TERMS, NEW_YEAR)}
    assert all("hours" in (one.terms or "") for one in left_out)


def test_what_was_listed_already_is_not_listed_again() -> None:
    euros = rate("input_tokens", "1", currency="EUR")
    now, then = chat_rates("1", "0.1", "2"), chat_rates("3", "0.3", "6")
    _, left_out = written([*now, euros], (NEW_YEAR, [*then, euros]))
    assert reasons(left_out) == {("input_tokens", "", Reason.CURRENCY, None)}


@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        (rate("input_tokens", "1", currency="EUR"), Reason.CURRENCY),
        (rate("input_tokens", "1", region="eu"), Reason.TERMS),
        (rate("guardrail_units", "1"), Reason.METER),
        (rate("input_image_tokens", "1"), None),
    ],
)
def test_every_rate_stands_there_or_is_listed(odd: Rate, reason: Reason | None) -> None:
    _, left_out = written([*chat_rates("1", "0.1", "2"), odd])
    assert [one.reason for one in left_out] == ([] if reason is None else [reason])


def test_announced_are_the_starts_to_come_and_only_of_now(sources: None) -> None:
    told = record("deepseek-v4-pro", ("1.74", "3.48", "0.145")) | {"vendor": '"deepseek"'}
    deliver("llm-prices", llm_prices(told), "2026-04-24")
    pro = offer("deepseek", "deepseek-v4-pro").offer_id
    far = datetime(2099, 1, 1, tzinfo=UTC)
    say(point(pro, "9", starts=far))
    [(ref, [card])] = announced_cards(as_of()).items()
    assert (ref, card.starts_at) == ("deepseek/deepseek-v4-pro", far)
    amounts = {one.meter: one.amount for one in card.rates}
    assert amounts["input_tokens"] == Decimal(9)
    assert amounts["output_tokens"] == Decimal("3.48")
    assert announced_cards(as_of(datetime(2026, 5, 1, tzinfo=UTC))) == {}
    assert announced_cards(as_of(revision=1)) == {}
