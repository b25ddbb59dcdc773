"""A price at a moment, as known at a revision, with the way to its receipt."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.api.conftest import Ask

PRO = "provider=deepseek&provider_model_id=deepseek-v4-pro"


@pytest.mark.parametrize(
    ("at", "amount"), [("2026-04-25", "1.74"), ("2026-05-29", "1.74"), ("2026-06-15", "0.87")]
)
def test_an_offers_rate_card_as_of_a_day(ask: Ask, at: str, amount: str) -> None:
    [offer] = ask(f"offers?{PRO}&at={at}&expand=rate_card")["items"]
    rate = next(rate for rate in offer["rate_card"] if rate["meter"] == "input_tokens")
    assert rate["amount"] == amount
    assert rate["terms"] == {}
    assert (rate["state"], rate["currency"], rate["per"]) == ("priced", "USD", 1_000_000)
    assert rate["receipt"].startswith("/api/v1/receipts/")


def test_before_anything_was_known_there_is_no_rate(ask: Ask) -> None:
    [offer] = ask(f"offers?{PRO}&at=2026-04-23&expand=rate_card")["items"]
    assert offer["rate_card"] == []


def test_a_long_context_is_a_term_and_not_another_offer(ask: Ask) -> None:
    card = ask("rate-cards/openai/gpt-5.5?at=2026-05-01")
    inputs = [r for r in card["rates"] if r["meter"] == "input_tokens"]
    assert {(r["terms"].get("context_over"), r["amount"]) for r in inputs} == {
        (None, "5"),
        (272_000, "10"),
    }


def test_a_model_lists_its_offers_as_of_a_day(ask: Ask) -> None:
    offers = ask("models/deepseek/deepseek-v4-pro?at=2026-05-01")["offers"]
    assert [offer["id"] for offer in offers] == [
        "deepseek/deepseek-v4-pro",
        "openrouter/deepseek/deepseek-v4-pro",
    ]


def test_an_answer_to_both_clocks_is_the_same_bytes_for_ever(ask: Ask, client: Client) -> None:
    address = "/api/v1/rate-cards/deepseek/deepseek-v4-pro?at=2026-06-15&revision=1"
    pinned = client.get(address)
    assert "immutable" in pinned["Cache-Control"]
    assert {r["amount"] for r in pinned.json()["rates"]} == {"1.74", "3.48", "0.145"}
    assert client.get(address).content == pinned.content


def test_a_held_copy_is_confirmed_without_a_body(ask: Ask, client: Client) -> None:
    first = client.get("/api/v1/offers")
    again = client.get("/api/v1/offers", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_history_is_half_open_periods_with_their_causes(ask: Ask) -> None:
    series = ask("history/deepseek/deepseek-v4-pro?meter=input_tokens")["series"]
    [periods] = [one["periods"] for one in series]
    assert [(p["starts_at"], p["ends_at"], p["amount"], p["cause"]) for p in periods] == [
        ("2026-04-24T00:00:00Z", "2026-05-30T00:00:00Z", "1.74", "first_seen"),
        ("2026-05-30T00:00:00Z", None, "0.87", "repriced"),
    ]


def test_a_receipt_leads_to_the_bytes_that_were_read(ask: Ask, client: Client) -> None:
    [offer] = ask(f"offers?{PRO}&at=2026-04-25&expand=rate_card")["items"]
    rate = next(rate for rate in offer["rate_card"] if rate["meter"] == "input_tokens")
    receipt = ask(rate["receipt"].removeprefix("/api/v1/"))
    assert receipt["figure"]["amount"] == "1.74"
    evidence = receipt["evidence"]
    assert [quote["text"] for quote in evidence["claim"]["quotes"]] == ["1.74"]
    body = client.get(evidence["snapshot"]["bytes"])
    assert body.status_code == 200
    assert body["Content-Disposition"].startswith("attachment")
    assert body["X-Content-Type-Options"] == "nosniff"
    assert b"deepseek-v4-pro" in b"".join(body) if body.streaming else body.content


def test_every_answer_names_its_revision(ask: Ask) -> None:
    head = ask("")["revision"]
    for path in ("labs", "providers", "models", "offers", "sources", "revisions"):
        assert ask(path)["revision"]["hash"] == head["hash"]
