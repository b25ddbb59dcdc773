"""Cards that read well and cannot be right: rows 4 to 6, 15, 16, 18 to 23, 26 and 28."""

from __future__ import annotations

import pytest

from registry.curation.models import Review
from tests.pipeline.bad_inputs.spoilt import FEEDS, Spoilt, held, rejected
from tests.pipeline.bodies import FILLERS, litellm, models_dev, per_token, priced
from tests.pipeline.taking import Item, card, deliver, reviews

pytestmark = pytest.mark.usefixtures("sources")

PAGE = "DeepSeek's page"
TIER = '{"input": %s, "output": 22, "tier": {"type": "context", "size": %s}}'


@pytest.mark.parametrize(
    "spoilt",
    [
        held(4, "models.dev", {"cache_read": None}, "vanished"),
        held(4, "models.dev", {"output": "null"}, "vanished"),
        held(4, "LiteLLM", {"output_cost_per_token": None}, "vanished"),
        held(4, "Portkey", {"response_token": "null"}, "vanished"),
        held(4, "models.dev", {"cache_read": "0"}, "vanished"),
        held(4, "OpenRouter", {"completion": None}, "vanished"),
        held(4, "llm-prices", {"output": "null"}, "vanished"),
        held(4, PAGE, {"$3.48": "—"}, "vanished"),
        held(5, "models.dev", {"input": "0", "output": "0"}, "zero"),
        held(5, "LiteLLM", {"input_cost_per_token": "0.0"}, "zero"),
        held(5, "Portkey", {"request_token": "0", "response_token": "0"}, "zero"),
        held(5, "OpenRouter", {"prompt": "0", "completion": "0"}, "zero"),
        held(5, "llm-prices", {"input": "0e0"}, "zero"),
        held(5, PAGE, {"$1.74": "$0.00"}, "zero"),
        held(
            6,
            "LiteLLM",
            {"input_cost_per_token": "0", "output_cost_per_token": "0",
             "output_cost_per_image": "0.04"},
            "another_unit",
        ),
        held(6, "OpenRouter", {"prompt": "0", "completion": "0", "request": "0.04"},
             "another_unit"),
        held(15, "models.dev", {"input": "3000", "output": "15000"}, "implausible"),
        held(16, "models.dev", {"input": "9.01"}, "large_change"),
        held(16, "LiteLLM", per_token("0.9", "4.5"), "large_change"),
        held(16, "OpenRouter", {"completion": "0.00015"}, "large_change"),
        held(16, "llm-prices", {"input": "0.003"}, "large_change"),
        held(16, PAGE, {"$0.145": "$1.45"}, "large_change"),
        held(16, PAGE, {"$0.145": "Free"}, "large_change"),
        held(16, PAGE, {"$1.74": "Contact us", "$3.48": "Contact us"}, "large_change"),
        held(16, "OpenRouter", {"prompt": "-1", "completion": "-1"}, "large_change"),
        held(18, "models.dev", {"input": "15", "output": "3"}, "swapped"),
        held(18, "LiteLLM", per_token("15", "3"), "swapped"),
        held(18, "Portkey", {"request_token": "0.00151"}, "swapped"),
        held(18, PAGE, {"$1.74": "$3.48", "$3.48": "$1.74"}, "swapped"),
        rejected(19, "models.dev", {"cache_read": "3.01"}, "cache_read_dearer"),
        rejected(19, PAGE, {"$1.74": "$0.145", "$0.145": "$1.74"}, "cache_read_dearer"),
        rejected(19, "LiteLLM", {"cache_read_input_token_cost": "4e-6"}, "cache_read_dearer"),
        held(20, "models.dev", {"cache_write": "2.99"}, "cache_write_cheaper"),
        held(20, "OpenRouter", {"input_cache_write": "0.0000005"}, "cache_write_cheaper"),
        held(21, "LiteLLM", {"output_cost_per_dream": "1e-6"}, "unknown_field"),
        held(21, "models.dev", {"dreams": "4"}, "unknown_field"),
        held(21, "OpenRouter", {"dream": "0.000004"}, "unknown_field"),
        held(21, "Portkey", {"dream_token": "0.0001"}, "unknown_field"),
        held(21, "llm-prices", {"dreams": "4"}, "unknown_field"),
        held(21, "LiteLLM", {"input_cost_per_token_above_0k_tokens": "1e-6"}, "unknown_field"),
        held(21, "LiteLLM", {"output_cost_per_token_above_200k_moons": "1e-6"}, "unknown_field"),
        held(21, PAGE, {"$1.74": "$1.74 / fortnight"}, "unknown_unit"),
        rejected(22, PAGE, {"$1.74": "€1.74"}, "currency_conflict"),
        rejected(22, PAGE, {"$1.74": "¥12"}, "currency_conflict"),
        rejected(22, "OpenRouter", {"prompt": "€0.000003"}, "currency_conflict"),
        held(22, "LiteLLM", {"currency": '"CNY"'}, "unknown_field"),
        held(22, "models.dev", {"currency": '"EUR"'}, "unknown_field"),
        held(23, "models.dev", {"input": "21.3", "output": "106.5", "cache_read": "2.13"},
             "other_currency"),
        held(23, "LiteLLM", per_token("20.4", "108"), "other_currency"),
        held(23, PAGE, {"$1.74": "$12", "$3.48": "$24", "$0.145": "$1"}, "other_currency"),
        rejected(26, "models.dev", {"tiers": "3"}, "bad_tiers"),
        rejected(26, "LiteLLM", {"tiered_pricing": '[{"range": [0, 9]}, {"range": [5, 20]}]'},
                 "bad_tiers"),
    ],
)  # fmt: skip
def test_a_card_that_cannot_be_right_is_kept_as_it_was(spoilt: Spoilt) -> None:
    spoilt.check()


@pytest.mark.bad_input(2)
def test_minus_one_is_dynamic_where_the_source_declares_it_and_nowhere_else() -> None:
    router = {"prompt": "-1", "completion": "-1"}
    deliver("openrouter", FEEDS["OpenRouter"].write(router), "2026-04-01")
    served = card("openrouter/openai/gpt-9", "2026-04-01")
    assert set(served.values()) == {"dynamic"}
    deliver("openrouter", FEEDS["OpenRouter"].write({**router, "prompt": "0.000003"}), "2026-04-02")
    assert set(card("openrouter/openai/gpt-9", "2026-04-02").values()) == {"dynamic"}
    assert {(item.outcome, item.reason) for item in reviews()} == {("reject", "negative")}
    deliver("models-dev", FEEDS["models.dev"].write({"input": "-1", "output": "-1"}), "2026-04-01")
    assert card("openai/gpt-9", "2026-04-01") == {}


@pytest.mark.bad_input(5)
def test_a_zero_with_the_word_free_is_free() -> None:
    free = {"prompt": "0", "completion": "0"}
    body = FEEDS["OpenRouter"].write(free).replace(b"openai/gpt-9", b"openai/gpt-9:free")
    deliver("openrouter", body, "2026-04-01")
    assert set(card("openrouter/openai/gpt-9:free", "2026-04-01").values()) == {"free"}


@pytest.mark.bad_input(15)
@pytest.mark.parametrize(("price", "output"), [("0.0435", "0.087"), ("4.35", "8.7")])
def test_a_power_of_ten_off_the_models_other_providers_waits(price: str, output: str) -> None:
    hosts = priced((f"{host}/deepseek-v4-pro" for host in ("deepseek", "groq", "nebius")),
                   "0.435", "0.87")  # fmt: skip
    deliver("models-dev", models_dev(priced(FILLERS, "3", "15") | hosts), "2026-07-01")
    late = {"baseten/deepseek-v4-pro": {"input": price, "output": output}}
    deliver("models-dev", models_dev(priced(FILLERS, "3", "15") | hosts | late), "2026-07-02")
    assert card("baseten/deepseek-v4-pro", "2026-07-02") == {}
    assert reviews() == [Item("models-dev", "baseten/deepseek-v4-pro", "hold", "scale", "open")]


@pytest.mark.bad_input(16)
def test_a_large_change_passes_with_three_feeds_and_not_with_two() -> None:
    for source in ("models.dev", "LiteLLM", "llm-prices"):
        FEEDS[source].deliver(FEEDS[source].good, "2026-04-01")
    moved = {
        "models.dev": {"input": "0.6", "output": "3", "cache_read": "0.06"},
        "LiteLLM": per_token("0.6", "3"),
        "llm-prices": {"input": "0.6", "output": "3"},
    }
    for day, source in enumerate(("models.dev", "LiteLLM"), start=2):
        FEEDS[source].deliver(moved[source], f"2026-04-0{day}")
    assert card("openai/gpt-9", "2026-04-03")["input_tokens"] == "3"
    FEEDS["llm-prices"].deliver(moved["llm-prices"], "2026-04-04")
    assert card("openai/gpt-9", "2026-04-04") == {
        "cache_read_tokens": "0.06", "input_tokens": "0.6", "output_tokens": "3",
    }  # fmt: skip
    assert reviews() == []


@pytest.mark.bad_input(18)
def test_an_embedding_may_cost_more_to_read_than_to_write() -> None:
    row = {**per_token("15", "3"), "mode": '"embedding"'}
    deliver("litellm", FEEDS["LiteLLM"].write(row), "2026-04-01")
    assert card("openai/gpt-9", "2026-04-01")["input_tokens"] == "15"


@pytest.mark.bad_input(19)
def test_a_cache_read_as_dear_as_input_is_taken() -> None:
    FEEDS["models.dev"].deliver({"input": "3", "output": "15", "cache_read": "3"}, "2026-04-01")
    assert card("openai/gpt-9", "2026-04-01")["cache_read_tokens"] == "3"


@pytest.mark.bad_input(20)
def test_a_storage_price_among_the_writes_waits_alone() -> None:
    feed = FEEDS["models.dev"]
    feed.deliver(feed.good, "2026-04-01")
    feed.deliver({**feed.good, "output": "16", "cache_write": "0.375"}, "2026-04-02")
    assert card("openai/gpt-9", "2026-04-01")["output_tokens"] == "15"
    served = card("openai/gpt-9", "2026-04-02")
    assert served["output_tokens"] == "16"
    assert "cache_write_tokens" not in served
    assert [item.reason for item in reviews()] == ["cache_write_cheaper"]


@pytest.mark.bad_input(22)
def test_a_bare_yen_sign_names_no_currency() -> None:
    feed = FEEDS["DeepSeek's page"]
    feed.deliver({}, "2026-04-01")
    feed.deliver({"$3.48": "¥24"}, "2026-04-02")
    assert card(feed.offer, "2026-04-02")["output_tokens"] == "3.48"
    assert {item.outcome for item in reviews()} == {"reject"}


@pytest.mark.bad_input(28)
@pytest.mark.parametrize(
    "twice",
    [
        b'"gpt-9": {"cost": {"input": 3, "input": 4, "output": 15, "cache_read": 0.3}}',
        b'"gpt-9": {"cost": {"input": 4, "output": 15}}, "gpt-9": {"cost": {"input": 5}}',
    ],
)
def test_a_key_that_stands_twice_with_two_values_is_rejected(twice: bytes) -> None:
    feed = FEEDS["models.dev"]
    feed.deliver(feed.good, "2026-04-01")
    good = b'"gpt-9": {"cost": {"input": 3, "output": 15, "cache_read": 0.3}}'
    body = feed.write(feed.good)
    assert good in body
    deliver("models-dev", body.replace(good, twice), "2026-04-02")
    assert card(feed.offer, "2026-04-02")["input_tokens"] == "3"
    assert reviews() == [Item("models-dev", feed.offer, "reject", "duplicate_key", "open")]


@pytest.mark.bad_input(28)
def test_two_names_of_one_offer_with_two_prices_wait() -> None:
    rows = {name: per_token("3", "15") for name in ("gpt-8", "gpt-9", "openai/gpt-9")}
    deliver("litellm", litellm(rows), "2026-04-01")
    deliver("litellm", litellm({**rows, "openai/gpt-9": per_token("4", "15")}), "2026-04-02")
    assert card("openai/gpt-9", "2026-04-02")["input_tokens"] == "3"
    [item] = Review.objects.filter(state=Review.State.OPEN)
    assert item.outcome == Review.Outcome.HOLD
    assert "conflicting_figures" in {reason for reason, *_ in item.findings}


SELLERS = ("groq", "nebius", "vercel", "deepinfra")


@pytest.mark.bad_input(16)
@pytest.mark.parametrize("movers", [SELLERS[:1], SELLERS])
def test_resellers_that_cut_a_price_together_are_believed_after_a_week(
    movers: tuple[str, ...],
) -> None:
    old, new = {"input": "1.74", "output": "3.48"}, {"input": "0.435", "output": "0.87"}
    hosts = {f"{host}/deepseek-v4-pro": old for host in ("deepseek", *SELLERS)}
    moved = {f"{host}/deepseek-v4-pro": new for host in movers}
    fillers = priced(FILLERS, "3", "15") | priced([f"{name}-b" for name in FILLERS], "3", "15")
    deliver("models-dev", models_dev(fillers | hosts), "2026-07-01")
    deliver("models-dev", models_dev(fillers | hosts | moved), "2026-07-02")
    assert card("groq/deepseek-v4-pro", "2026-07-02")["input_tokens"] == "1.74"
    deliver("models-dev", models_dev(fillers | hosts | moved), "2026-07-10")
    cut = "0.435" if len(movers) > 1 else "1.74"
    assert card("groq/deepseek-v4-pro", "2026-07-10")["input_tokens"] == cut
