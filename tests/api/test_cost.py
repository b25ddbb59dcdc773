"""Bills over REST: providers' own usage objects, fallbacks said, mistakes told."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.usefixtures("registry")

ONE_MILLION = {"input_tokens": 1_000_000, "output_tokens": 0}


def send(client: Client, *usages: dict[str, Any], **question: Any) -> Any:
    """The answer to usages posted at a day on which all of them are priced."""
    sent = {"at": "2026-05-01", **question, "usages": list(usages)}
    return client.post("/api/v1/cost", sent, content_type="application/json")


@pytest.mark.parametrize(
    ("flavor", "usage"),
    [
        ("canonical", {"input_tokens": 1000, "cache_read_tokens": 400, "output_tokens": 10}),
        (
            "openai.chat",
            {
                "prompt_tokens": 1000,
                "prompt_tokens_details": {"cached_tokens": 400},
                "completion_tokens": 10,
                "total_tokens": 1010,
            },
        ),
        (
            "openai.responses",
            {
                "input_tokens": 1000,
                "input_tokens_details": {"cached_tokens": 400},
                "output_tokens": 10,
            },
        ),
        (
            "anthropic.messages",
            {"input_tokens": 600, "cache_read_input_tokens": 400, "output_tokens": 10},
        ),
        (
            "google.generate_content",
            {"promptTokenCount": 1000, "cachedContentTokenCount": 400, "candidatesTokenCount": 10},
        ),
    ],
)
def test_one_usage_in_every_form_is_one_bill(
    client: Client, flavor: str, usage: dict[str, Any]
) -> None:
    [bill] = send(client, {"offer": "gpt-5.5", "flavor": flavor, "usage": usage}).json()["items"]
    assert {line["meter"]: line["amount"] for line in bill["lines"]} == {
        "input_tokens": "0.003",
        "cache_read_tokens": "0.0002",
        "output_tokens": "0.0003",
    }
    assert bill["total"] == "0.0035"


def test_each_usage_is_billed_at_its_own_moment(client: Client) -> None:
    usage = {"offer": "deepseek/deepseek-v4-pro", "usage": ONE_MILLION}
    answer = send(client, usage, usage | {"at": "2026-06-15T12:00:00+02:00"}).json()
    assert [bill["total"] for bill in answer["items"]] == ["1.74", "0.87"]
    assert answer["totals"] == [{"currency": "USD", "total": "2.61"}]


def test_an_earlier_revision_is_billed_as_it_was_known(client: Client) -> None:
    usage = {"offer": "deepseek/deepseek-v4-pro", "usage": ONE_MILLION, "at": "2026-06-15"}
    answer = send(client, usage, revision=1).json()
    assert (answer["revision"]["number"], answer["items"][0]["total"]) == (1, "1.74")


def test_a_meter_without_a_rate_says_what_was_taken(client: Client) -> None:
    usage = {"input_tokens": 10, "cache_write_tokens": 10, "output_tokens": 0}
    [bill] = send(client, {"offer": "gpt-5.5", "usage": usage}).json()["items"]
    [line] = bill["lines"]
    assert (line["meter"], line["fallback_from"], line["rate"]["meter"]) == (
        "cache_write_tokens",
        "cache_write_tokens",
        "input_tokens",
    )
    assert line["notes"] == ["no rate of its own: billed as input_tokens"]


@pytest.mark.parametrize(
    ("usage", "field", "value"),
    [
        ({"offer": "nonsense"}, "usages[0].offer", "nonsense"),
        ({"tier": "batch"}, "usages[0].tier", "batch"),
        ({"tier": "gold"}, "usages[0].tier", "gold"),
        ({"region": "eu"}, "usages[0].region", "eu"),
        ({"currency": "CNY"}, "usages[0].currency", "CNY"),
        ({"at": "2020-01-01"}, "usages[0].offer", "gpt-5.5"),
        ({"convert_to": "XYZ"}, "usages[0].convert_to", "XYZ"),
        ({"fallback": "half"}, "usages[0].fallback", "half"),
        ({"usage": {"input_tokens": -1}}, "usages[0].usage.input_tokens", "-1"),
        ({"usage": {"input_tokens": 1.5}}, "usages[0].usage.input_tokens", "1.5"),
        ({"usage": {"input_tokens": True}}, "usages[0].usage.input_tokens", "true"),
        ({"usage": {"tokens": 1}}, "usages[0].usage.tokens", "1"),
        ({"usage": {"cache_read_tokens": 1}}, "usages[0].usage.input_tokens", "nothing"),
        ({"flavor": "openai.chat"}, "usages[0].usage.prompt_tokens", "nothing"),
        ({"usage": {"input_tokens": 0, "web_searches": 3}}, "usages[0].meter", "web_searches"),
    ],
)
def test_a_usage_that_cannot_be_billed_is_told_with_its_path(
    client: Client, usage: dict[str, Any], field: str, value: str
) -> None:
    answer = send(client, {"offer": "gpt-5.5", "usage": ONE_MILLION} | usage)
    assert answer.status_code == 400, answer.content
    [error] = answer.json()["errors"]
    assert (error["field"], error["value"]) == (field, value)
    assert error["expected"]


def test_every_usage_at_fault_is_told_and_none_is_billed(client: Client) -> None:
    fine = {"offer": "gpt-5.5", "usage": ONE_MILLION}
    answer = send(client, fine, fine | {"tier": "batch"}, fine | {"offer": "x"}).json()
    assert [error["field"] for error in answer["errors"]] == ["usages[1].tier", "usages[2].offer"]
    assert "items" not in answer


def test_an_id_of_several_offers_is_not_billed_by_guess(client: Client) -> None:
    fine = {"offer": "deepseek/deepseek-v4-pro", "usage": ONE_MILLION}
    [bill] = send(client, fine | {"provider": "openrouter"}).json()["items"]
    assert (bill["offer"]["id"], bill["total"]) == ("openrouter/deepseek/deepseek-v4-pro", "1.6")


@pytest.mark.parametrize("spelling", ["gpt-5.5", "openai/gpt-5.5"])
def test_thirty_usages_take_as_many_statements_as_three(client: Client, spelling: str) -> None:
    # Names are read once, by whoever asks first after they changed.
    send(client, {"offer": spelling, "usage": ONE_MILLION})
    counts = []
    for size in (3, 30):
        usages = [
            {"offer": spelling, "usage": ONE_MILLION, "at": f"2026-05-{day + 1:02}"}
            for day in range(size)
        ]
        with CaptureQueriesContext(connection) as captured:
            assert send(client, *usages).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 8
