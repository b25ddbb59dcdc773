"""What is kept back becomes an item once, stays while it is said, and closes with its reason."""

from __future__ import annotations

import pytest

from registry.curation.models import Review
from registry.ledger.models import PricePoint, Revision
from tests.pipeline.bodies import (
    FILLERS,
    deepseek_page,
    litellm,
    llm_prices,
    models_dev,
    per_token,
    priced,
    record,
)
from tests.pipeline.taking import Item, card, deliver, head_number, moment, reviews

pytestmark = pytest.mark.usefixtures("sources")

GPT = "openai/gpt-9"
V4 = "deepseek/deepseek-v4-pro"
HELD = Item("models-dev", GPT, "hold", "large_change", "open")


def feed(price: str, output: str = "60", **facts: str) -> bytes:
    return models_dev(priced(FILLERS, "3", "15") | priced((GPT,), price, output), facts=facts)


def test_a_change_too_large_is_one_item_however_often_it_is_read() -> None:
    deliver("models-dev", feed("3"), "2026-04-01")
    first = deliver("models-dev", feed("12"), "2026-04-02")
    assert (first.counts["kept"], first.counts["new_reviews"]) == (1, 1)
    deliver("models-dev", feed("12"), "2026-04-03")
    again = deliver("models-dev", feed("12", name='"GPT 9"'), "2026-04-04")
    assert (again.counts["kept"], again.counts["new_reviews"]) == (1, 0)
    assert reviews(state=None) == [HELD]
    assert Review.objects.get().seen_at == moment("2026-04-02")
    assert card(GPT, "2026-04-04")["input_tokens"] == "3"


def test_an_item_says_what_was_found_what_was_expected_and_what_it_would_change() -> None:
    deliver("models-dev", feed("3"), "2026-04-01")
    deliver("models-dev", feed("12"), "2026-04-02")
    item = Review.objects.get()
    [[reason, field, value, expected]] = item.findings
    assert (reason, field, value) == ("large_change", "input_tokens", "3 -> 12")
    assert "at most x3" in expected
    assert item.proposal == [["input_tokens", "", "USD", "priced", "12"]]
    assert item.claim is not None
    assert item.claim.content["quotes"][0]["text"] == "12"


def test_a_rejected_card_is_one_item_too() -> None:
    deliver("models-dev", feed("3"), "2026-04-01")
    for day in ("02", "03"):
        deliver("models-dev", feed("-3", name=f'"{day}"'), f"2026-04-{day}")
    assert reviews(state=None) == [Item("models-dev", GPT, "reject", "negative", "open")]
    assert card(GPT, "2026-04-03")["input_tokens"] == "3"


def test_one_bad_figure_keeps_the_whole_card_back() -> None:
    deliver("models-dev", feed("3", "60"), "2026-04-01")
    deliver("models-dev", feed("true", "50"), "2026-04-02")
    assert card(GPT, "2026-04-02") == {"input_tokens": "3", "output_tokens": "60"}


def test_what_is_said_no_more_is_superseded() -> None:
    deliver("models-dev", feed("3"), "2026-04-01")
    deliver("models-dev", feed("12"), "2026-04-02")
    deliver("models-dev", feed("3"), "2026-04-03")
    assert reviews(state=None) == [HELD._replace(state="superseded")]
    assert Review.objects.get().closed_at == moment("2026-04-03")


def test_what_is_said_again_after_it_was_superseded_is_the_same_item_open_again() -> None:
    for day, price in (("01", "3"), ("02", "12"), ("03", "3"), ("04", "12")):
        deliver("models-dev", feed(price), f"2026-04-{day}")
    assert reviews(state=None) == [HELD]
    assert Review.objects.get().closed_at is None


def test_three_feeds_that_agree_release_a_held_change_from_when_it_was_first_seen() -> None:
    deliver("models-dev", feed("3"), "2026-04-01")
    deliver("models-dev", feed("12"), "2026-04-05")
    deliver("litellm", litellm({"gpt-9": per_token("12", "60")}), "2026-04-07")
    assert reviews() == [HELD]
    assert card(GPT, "2026-04-07")["input_tokens"] == "3"
    deliver("llm-prices", llm_prices(record("gpt-9", ("12", "60"))), "2026-04-09")
    assert reviews(state=None) == [HELD._replace(state="published")]
    assert card(GPT, "2026-04-04")["input_tokens"] == "3"
    assert card(GPT, "2026-04-05")["input_tokens"] == "12"


def page(*prices: str) -> bytes:
    plain, output, cached = prices
    return deepseek_page({"deepseek-v4-pro": (plain, output, cached)})


def test_a_feed_that_follows_the_provider_releases_its_change_from_when_the_provider_said_it() -> (
    None
):
    row = {"input": "1.74", "output": "3.48", "cache_read": "0.145"}
    deliver("models-dev", models_dev({V4: row}), "2026-04-24")
    deliver("deepseek", page("1.74", "3.48", "0.145"), "2026-04-24")
    deliver("deepseek", page("0.435", "0.87", "0.003625"), "2026-05-08")
    assert [item.reason for item in reviews()] == ["large_change"]
    assert card(V4, "2026-05-08")["input_tokens"] == "1.74"
    followed = {"input": "0.435", "output": "0.87", "cache_read": "0.003625"}
    deliver("models-dev", models_dev({V4: followed}), "2026-05-21")
    assert [item.state for item in reviews(state=None)] == ["published"]
    assert card(V4, "2026-05-07")["output_tokens"] == "3.48"
    assert card(V4, "2026-05-08") == {
        "cache_read_tokens": "0.003625",
        "input_tokens": "0.435",
        "output_tokens": "0.87",
    }
    points = PricePoint.objects.filter(starts_at=moment("2026-05-08"))
    assert {(p.status, p.claim.source.slug) for p in points if p.claim} == {
        ("confirmed", "deepseek")
    }


def test_what_the_registry_had_said_before_the_release_stays_readable() -> None:
    deliver("models-dev", feed("3"), "2026-04-01")
    deliver("models-dev", feed("12"), "2026-04-05")
    deliver("litellm", litellm({"gpt-9": per_token("12", "60")}), "2026-04-07")
    before = head_number()
    deliver("llm-prices", llm_prices(record("gpt-9", ("12", "60"))), "2026-04-09")
    assert card(GPT, "2026-04-06", revision=before)["input_tokens"] == "3"
    assert card(GPT, "2026-04-06")["input_tokens"] == "12"


def test_the_item_of_a_stale_source_stays_open() -> None:
    deliver("models-dev", feed("3"), "2026-04-01", fresh_days=1)
    deliver("models-dev", feed("12"), "2026-04-02", fresh_days=1)
    deliver("litellm", litellm({"gpt-9": per_token("3", "60")}), "2026-04-20")
    assert reviews(state=None) == [HELD]


def test_a_run_publishes_one_revision_however_many_offers_it_moves() -> None:
    deliver("models-dev", feed("3"), "2026-04-01")
    assert [r.number for r in Revision.objects.all()] == [1]
    moved = priced(FILLERS[:2], "3.3", "15") | priced(FILLERS[2:], "3", "15")
    deliver("models-dev", models_dev(moved | priced((GPT,), "4", "60")), "2026-04-02")
    revision = Revision.objects.get(number=2)
    assert (revision.point_count, revision.author) == (3, "models-dev")
    assert revision.published_at == moment("2026-04-02")


def test_a_run_that_moves_nothing_publishes_no_revision() -> None:
    deliver("models-dev", feed("3"), "2026-04-01")
    deliver("models-dev", feed("3", name='"GPT 9"'), "2026-04-02")
    deliver("models-dev", feed("12"), "2026-04-03")
    assert head_number() == 1


def named(model_id: str, output: str) -> bytes:
    return models_dev(priced(FILLERS, "3", "15") | priced((f"openai/{model_id}",), "3", output))


def test_a_name_that_cannot_be_kept_is_an_item_without_an_offer() -> None:
    item = Item("models-dev", "", "reject", "bad_name", "open")
    run = deliver("models-dev", named("x" * 201, "15"), "2026-04-01")
    assert (run.outcome, run.counts["new_reviews"]) == ("published", 1)
    assert reviews() == [item]
    deliver("models-dev", named("x" * 201, "16"), "2026-04-02")
    assert reviews(state=None) == [item]
    deliver("models-dev", named("x" * 200, "16"), "2026-04-03")
    assert reviews(state=None) == [item._replace(state="superseded")]
    deliver("models-dev", named("x" * 201, "16"), "2026-04-04")
    assert reviews(state=None) == [item]
