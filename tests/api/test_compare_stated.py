"""What the article states, each beside the arithmetic."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from registry.selectors.offers import offer
from tests.api.launch import CALL, FLASH, GPT, PRO, asked, compared, launch
from tests.ledger.saying import point, say
from tests.pipeline.bodies import models_dev
from tests.pipeline.taking import deliver

__all__ = ["compared", "launch"]

pytestmark = pytest.mark.usefixtures("launch")


def stated(compared: Any, model: str, aspect: str, printed: str) -> list[Any]:
    return [
        one
        for one in compared["stated"]
        if (one["model"], one["aspect"], one["printed"]) == (model, aspect, printed)
    ]


@pytest.mark.parametrize(
    ("model", "aspect", "printed", "computed"),
    [
        (FLASH, "price", "37", {"input_tokens": "35.7142857143", "output_tokens": "107.142857143"}),
        (FLASH, "input_tokens", "37", {"input_tokens": "35.7142857143"}),
        (FLASH, "output_tokens", "107", {"output_tokens": "107.142857143"}),
        (FLASH, "cache_read_tokens", "17", {"cache_read_tokens": "17.8571428571"}),
        (FLASH, "input_tokens", "0.03", {"input_tokens": "0.028"}),
        (FLASH, "output_tokens", "0.009", {"output_tokens": "0.00933333333333"}),
        (FLASH, "bill", "56", {"bill": "56.1224489796"}),
        (FLASH, "context_tokens", "4", {"context_tokens": "3.90625"}),
        (PRO, "input_tokens", "0.35", {"input_tokens": "0.348"}),
        (PRO, "output_tokens", "0.12", {"output_tokens": "0.116"}),
        (PRO, "bill", "243.60", {"bill": "243.6"}),
        (PRO, "bill of output_tokens", "69.60", {"bill of output_tokens": "69.6"}),
        (FLASH, "bill of output_tokens", "5.60", {"bill of output_tokens": "5.6"}),
        (GPT, "bill of input_tokens", "500", {"bill of input_tokens": "500"}),
        (GPT, "bill of output_tokens", "600", {"bill of output_tokens": "600"}),
        (GPT, "SWE-Bench Verified", "3.7", {"swe-bench-verified": "3.7"}),
        (GPT, "SWE-Bench Verified", "~10", {"swe-bench-verified": "10.7"}),
        (GPT, "Terminal-Bench 2.0", "~7", {"terminal-bench": "7.7"}),
        (GPT, "Hallucination", "-60% (claimed)", {}),
    ],
)
def test_what_the_article_states_beside_the_arithmetic(
    client: Client, compared: Any, model: str, aspect: str, printed: str, computed: dict[str, str]
) -> None:
    [found] = stated(compared, model, aspect, printed)
    assert {one["aspect"]: one["value"] for one in found["computed"]} == computed
    assert found["doubts"] == []
    assert (found["source"], found["seen_at"]) == ("tokenmix", "2026-04-24T00:00:00Z")
    assert client.get(found["receipt"]).json()["evidence"]["source"]["id"] == "tokenmix"


@pytest.mark.parametrize(
    ("model", "aspect", "printed", "whole"),
    [
        (GPT, "bill", ",100", "1100"),
        (PRO, "bill of input_tokens", "74", "174"),
        (FLASH, "bill of input_tokens", "4", "14"),
        (FLASH, "bill", "9.60", "19.6"),
    ],
)
def test_a_slip_of_the_article_is_shown_as_printed_and_doubted(
    compared: Any, model: str, aspect: str, printed: str, whole: str
) -> None:
    [found] = stated(compared, model, aspect, printed)
    assert [one["value"] for one in found["computed"]] == [whole]
    assert found["doubts"]


def test_what_is_said_beside_models_that_are_not_compared_is_computed_too(client: Client) -> None:
    sold = {"openai/gpt-5.4": ("2.5", "15"), "anthropic/claude-opus-4-7": ("5", "25")}
    rows = {ref: {"input": price, "output": other} for ref, (price, other) in sold.items()}
    deliver("models-dev", models_dev(rows), "2026-04-24")
    for ref, (price, other) in sold.items():
        one = offer(*ref.split("/")).offer_id
        say(point(one, price), point(one, other, meter="output_tokens"))
    compared = asked(client, CALL)
    [doubled] = stated(compared, GPT, "price", "2")
    assert {one["value"] for one in doubled["computed"]} == {"2"}
    [cheaper] = stated(compared, PRO, "price", "65")
    assert (cheaper["relation"], [one["value"] for one in cheaper["computed"]]) == (
        "percent_cheaper",
        ["65.2", "86.08"],
    )


def test_nothing_had_been_stated_before_its_day(client: Client, compared: Any) -> None:
    assert len(compared["stated"]) == 26
    pair = "compare?models=gpt-5.5,deepseek-v4-pro"
    of_two = asked(client, f"{pair}&at=2026-04-24")["stated"]
    assert {one["model"] for one in of_two} == {GPT, PRO}
