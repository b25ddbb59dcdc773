"""The launch of three models, priced over REST out of the bundled catalogue.

100 million tokens in and 20 million out a month, at 24 April 2026.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from tests.api.bundled import bundled

__all__ = ["bundled"]

pytestmark = pytest.mark.usefixtures("bundled", "db")

LAUNCH = "2026-04-24"
USAGE = {"input_tokens": 100_000_000, "output_tokens": 20_000_000}
TOTALS = {"gpt-5.5": "1100", "deepseek-v4-pro": "243.6", "deepseek-v4-flash": "19.6"}


def sent(client: Client, path: str, **question: Any) -> Any:
    """The answer to a posted question about the day of the launch."""
    asked = {"at": LAUNCH, **question}
    answer = client.post(f"/api/v1/{path}", asked, content_type="application/json")
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_month_at_the_three_models(client: Client) -> None:
    items = sent(client, "workloads", usage=USAGE, models=list(TOTALS))["items"]
    assert {item["asked"]: item["month"]["total"] for item in items} == TOTALS
    assert [item["asked"] for item in items] == list(reversed(TOTALS))
    assert [item["times_cheapest"] for item in items] == ["1", "12.4285714286", "56.1224489796"]


@pytest.mark.parametrize(("model", "total"), TOTALS.items())
def test_a_bill_of_many_requests(client: Client, model: str, total: str) -> None:
    usage = {"offer": model, "usage": USAGE, "request_input_tokens": 8_000}
    [bill] = sent(client, "cost", usages=[usage])["items"]
    assert bill["total"] == total
    assert sum(Decimal(line["amount"]) for line in bill["lines"]) == Decimal(total)
    for line in bill["lines"]:
        assert client.get(line["rate"]["receipt"]).status_code == 200


def test_one_request_of_that_size_would_be_a_long_one(client: Client) -> None:
    [bill] = sent(client, "cost", usages=[{"offer": "gpt-5.5", "usage": USAGE}])["items"]
    assert [line["rate"]["terms"] for line in bill["lines"]] == [{"context_over": 272_000}] * 2
    assert bill["total"] == "1900"


@pytest.mark.parametrize(
    ("model", "times", "percent"),
    [
        ("deepseek-v4-pro", "4.51559934319", "-77.8545454545"),
        ("deepseek-v4-flash", "56.1224489796", "-98.2181818182"),
    ],
)
def test_a_migration_against_the_baseline(
    client: Client, model: str, times: str, percent: str
) -> None:
    answer = sent(
        client,
        "scenarios",
        usage=USAGE,
        baseline={"routes": [{"offer": "gpt-5.5"}]},
        options=[{"name": "migrate", "routes": [{"offer": model}]}],
    )
    [option] = answer["options"]
    assert answer["baseline"]["total"] == "1100"
    assert (option["total"], option["times_cheaper"], option["percent"]) == (
        TOTALS[model],
        times,
        percent,
    )


def test_a_hybrid_of_two_routes(client: Client) -> None:
    """A fifth stays; the rest moves and needs a quarter more output for the same work."""
    routes = [
        {"offer": "gpt-5.5", "share": "0.2"},
        {"offer": "deepseek-v4-flash", "share": 0.8, "output_multiplier": "1.25"},
    ]
    answer = sent(
        client,
        "scenarios",
        usage=USAGE,
        baseline={"routes": [{"offer": "gpt-5.5"}]},
        options=[{"name": "hybrid", "routes": routes}],
    )
    [option] = answer["options"]
    assert [route["month"]["total"] for route in option["routes"]] == ["220", "16.8"]
    assert (option["total"], option["difference"]) == ("236.8", "-863.2")


def test_a_month_in_batches_and_from_the_cache(client: Client) -> None:
    """Half waits for a batch; of the rest a quarter of the input is read from the cache."""
    shares = {"cache_hit_share": "0.25", "batch_share": "0.5"}
    question = {"models": ["gpt-5.5"], "usage": USAGE, "at": "2026-05-01", **shares}
    [item] = sent(client, "workloads", **question)["items"]
    month = item["month"]
    assert month["standard"]["total"] == "493.75"
    assert Decimal(month["standard"]["total"]) + Decimal(month["batch"]["total"]) == Decimal(
        month["total"]
    )


def test_what_a_card_lacks_is_said_and_not_guessed(client: Client) -> None:
    [item] = sent(
        client, "workloads", usage=USAGE, batch_share="0.5", models=["deepseek-v4-flash"]
    )["items"]
    assert item["month"] is None
    assert (item["refused"]["field"], item["refused"]["value"]) == ("tier", "batch")
    [item] = sent(
        client,
        "workloads",
        usage=USAGE,
        batch_share="0.5",
        fallback="standard",
        models=["deepseek-v4-flash"],
    )["items"]
    assert item["month"]["total"] == "19.6"
    assert {tuple(line["standard_for"]) for line in item["month"]["batch"]["lines"]} == {("tier",)}


def test_a_total_in_another_currency_carries_rate_day_and_source(client: Client) -> None:
    [item] = sent(client, "workloads", usage=USAGE, models=["deepseek-v4-pro"], convert_to="EUR")[
        "items"
    ]
    beside = item["month"]["converted"]
    assert Decimal(beside["amount"]) == Decimal("243.6") * Decimal(beside["rate"])
    assert beside["on"] <= LAUNCH
    assert beside["source"].startswith("European Central Bank")


def test_a_thousand_usages_at_as_many_moments(client: Client) -> None:
    """A log of one offer over its price cut: the statements do not grow with it."""
    usages = [
        {
            "offer": "deepseek/deepseek-v4-pro",
            "usage": {"prompt_tokens": 1_000_000, "completion_tokens": 0},
            "flavor": "openai.chat",
            "at": f"2026-{4 + n % 7:02}-{25 if n % 7 == 0 else 1 + n % 28:02}T00:{n % 60:02}:00Z",
        }
        for n in range(1_000)
    ]
    answer = sent(client, "cost", usages=usages)
    assert len(answer["items"]) == 1_000
    assert {item["total"] for item in answer["items"]} >= {"1.74", "0.435", "0.66"}
    total = sum(Decimal(item["total"]) for item in answer["items"])
    assert [(one["currency"], Decimal(one["total"])) for one in answer["totals"]] == [
        ("USD", total)
    ]


def test_models_of_a_lab_that_sells_none_are_priced_at_the_cheapest_seller(client: Client) -> None:
    model = "meta/llama-3.1-70b-instruct"
    [item] = sent(client, "workloads", usage=USAGE, models=[model])["items"]
    assert (item["offer"]["model"], item["offer"]["chosen"]) == (model, "cheapest")
