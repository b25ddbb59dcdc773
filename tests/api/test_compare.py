"""GPT-5.5 and DeepSeek V4 side by side at 24 April 2026: prices, months and what they are."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.api.launch import CALL, FLASH, GPT, PRO, asked, compared, launch
from tests.pipeline.bodies import models_dev
from tests.pipeline.taking import deliver

__all__ = ["compared", "launch"]

pytestmark = pytest.mark.usefixtures("launch")


def prices(compared: Any, meter: str) -> dict[str, Any]:
    [row] = [row for row in compared["prices"] if row["meter"] == meter]
    return {price["model"]: price for price in row["prices"]}


@pytest.mark.parametrize(
    ("model", "meter", "amount", "times", "cheaper"),
    [
        (PRO, "input_tokens", "1.74", "0.348", "2.87356321839"),
        (PRO, "output_tokens", "3.48", "0.116", "8.62068965517"),
        (FLASH, "input_tokens", "0.14", "0.028", "35.7142857143"),
        (FLASH, "output_tokens", "0.28", "0.00933333333333", "107.142857143"),
        (FLASH, "cache_read_tokens", "0.028", "0.056", "17.8571428571"),
    ],
)
def test_a_price_beside_the_baselines(
    compared: Any, model: str, meter: str, amount: str, times: str, cheaper: str
) -> None:
    price = prices(compared, meter)[model]
    assert (price["rate"]["amount"], price["times"], price["times_cheaper"]) == (
        amount,
        times,
        cheaper,
    )


@pytest.mark.parametrize(
    ("model", "total", "cheaper"),
    [(GPT, "1100", "1"), (PRO, "243.6", "4.51559934319"), (FLASH, "19.6", "56.1224489796")],
)
def test_a_month_beside_the_baselines(compared: Any, model: str, total: str, cheaper: str) -> None:
    [month] = [one for one in compared["months"] if one["model"] == model]
    assert (month["total"], month["times_cheaper"]) == (total, cheaper)


@pytest.mark.parametrize(
    ("model", "of_input", "of_output"),
    [(GPT, "500", "600"), (PRO, "174", "69.6"), (FLASH, "14", "5.6")],
)
def test_a_month_by_its_meters(compared: Any, model: str, of_input: str, of_output: str) -> None:
    [subject] = [one for one in compared["models"] if one["model"]["id"] == model]
    lines = subject["month"]["standard"]["lines"]
    assert [line["amount"] for line in lines] == [of_input, of_output]


@pytest.mark.parametrize(
    ("model", "tokens", "times"),
    [(GPT, 256_000, "1"), (PRO, 1_000_000, "3.90625"), (FLASH, 1_000_000, "3.90625")],
)
def test_a_context_beside_the_baselines(compared: Any, model: str, tokens: int, times: str) -> None:
    [context] = [one for one in compared["contexts"] if one["model"] == model]
    assert (context["tokens"], context["times"]) == (tokens, times)


@pytest.mark.parametrize(
    ("model", "known"),
    [
        (
            GPT,
            {"released_on": "2026-04-23", "input_modalities": ["text", "image", "audio", "video"]},
        ),
        (
            PRO,
            {
                "released_on": "2026-04-24",
                "open_weights": True,
                "licence": "Apache 2.0",
                "total_parameters": 1_600_000_000_000,
                "active_parameters": 49_000_000_000,
                "input_modalities": ["text"],
                "tool_calls": True,
            },
        ),
        (FLASH, {"total_parameters": 284_000_000_000, "active_parameters": 13_000_000_000}),
    ],
)
def test_what_a_model_is(compared: Any, model: str, known: dict[str, Any]) -> None:
    [found] = [one["model"] for one in compared["models"] if one["model"]["id"] == model]
    assert {name: found[name] for name in known} == known


def test_what_a_model_is_is_told_as_it_was_known_at_both_clocks(client: Client) -> None:
    """A context that is stated later, and weights that are opened: not at the launch."""
    rows = {"openai/gpt-5.5": {"input": "5", "output": "30", "cache_read": "0.5"}}
    facts = {"limit": '{"context": 400000}', "open_weights": "true"}
    deliver("models-dev", models_dev(rows, facts=facts), "2026-05-10")
    head = asked(client, "revisions?limit=1")["items"][0]["number"]
    pair = "compare?models=gpt-5.5,deepseek-v4-pro"
    known = {
        question: (
            asked(client, f"{pair}&{question}")["models"][0]["model"]["open_weights"],
            asked(client, f"{pair}&{question}")["contexts"][-1]["times"],
        )
        for question in ("at=2026-04-24", "at=2026-05-11", f"at=2026-05-11&revision={head - 1}")
    }
    assert known == {
        "at=2026-04-24": (False, "3.90625"),
        "at=2026-05-11": (True, "2.5"),
        f"at=2026-05-11&revision={head - 1}": (False, "3.90625"),
    }


def test_the_baseline_is_the_first_unless_another_is_named(client: Client, compared: Any) -> None:
    assert compared["baseline"] == GPT
    other = asked(client, f"{CALL}&baseline=deepseek-v4-pro")
    assert other["baseline"] == PRO
    assert prices(other, "input_tokens")[GPT]["times"] == "2.87356321839"


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("models=gpt-5.5", "models"),
        ("models=gpt-5.5,gpt-5.5", "models"),
        ("models=gpt-5.5,nonsense", "models[1]"),
        ("models=gpt-5.5,openai/gpt-5.5", "models[1]"),
        ("models=gpt-5.5,deepseek-v4-pro&baseline=o3", "baseline"),
        ("models=gpt-5.5,deepseek-v4-pro&workload=tokens:1", "workload"),
        ("models=gpt-5.5,deepseek-v4-pro&workload=cache_read_tokens:1", "workload.input_tokens"),
        ("models=gpt-5.5,deepseek-v4-pro&setups=some", "setups"),
        ("", "models"),
    ],
)
def test_a_mistake_names_its_field(client: Client, question: str, field: str) -> None:
    answer = client.get(f"/api/v1/compare?{question}&at=2026-04-25")
    assert answer.status_code == 400, answer.content
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_the_statements_are_few(client: Client) -> None:
    with CaptureQueriesContext(connection) as captured:
        asked(client, CALL)
    assert len(captured) <= 14
    with CaptureQueriesContext(connection) as captured:
        asked(client, CALL)
    assert len(captured) <= 8
