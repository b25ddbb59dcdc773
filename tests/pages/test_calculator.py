"""The calculator: exact bills, whatever is pasted, and words where something cannot be billed."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from tests.api.conftest import registry

__all__ = ["registry"]

pytestmark = pytest.mark.usefixtures("registry")
BOTH = "openai/gpt-5.5\ndeepseek/deepseek-v4-pro"


def shown(client: Client, path: str, /, *, status: Any = 200, **asked: Any) -> str:
    answer = client.get(f"/calculator{path}?{urlencode(asked)}")
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def test_the_worked_example_comes_out_to_the_cent(client: Client) -> None:
    page = shown(client, "", models=BOTH, at="2026-04-25")
    assert '$1,100<span class="fraction">.00' in page
    assert '$243<span class="fraction">.60' in page
    assert page.index("$243") < page.index("$1,100")


def test_tokens_are_read_as_people_write_them(client: Client) -> None:
    for sent, written in (("1500000", "1,000"), ("1.5M", "1K"), ("1 500 000", "0.001m")):
        page = shown(client, "", models=BOTH, input=sent, output=written, at="2026-04-25")
        assert 'value="1,500,000"' in page
        assert 'value="1,000"' in page


def test_the_form_keeps_what_was_asked(client: Client) -> None:
    page = client.get(f"/calculator?{urlencode({'models': BOTH, 'input': '7M'})}").content.decode()
    assert f"{BOTH}</textarea>" in page
    assert 'value="7,000,000"' in page


def test_a_bill_leads_to_its_receipts(client: Client) -> None:
    page = shown(client, "", models="openai/gpt-5.5")
    assert 'href="/receipts/' in page


def test_what_is_not_certain_stands_last_with_why(client: Client) -> None:
    page = shown(client, "", models=f"gpt-nothing\n{BOTH}")
    assert page.index("deepseek/deepseek-v4-pro <small") < page.index("No bill")
    assert "gpt-nothing" in page


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"input": "many"}, "input"),
        ({"input": "1.5"}, "input"),
        ({"cached": "101"}, "cached"),
        ({"output": "-3"}, "output"),
        ({"models": "\n".join(map(str, range(99)))}, "models"),
    ],
)
def test_a_form_that_cannot_be_read_is_refused_by_name(
    client: Client, asked: dict[str, str], field: str
) -> None:
    assert field in shown(client, "", status=400, **asked)


@pytest.mark.parametrize(
    ("flavor", "usage"),
    [
        ("canonical", {"input_tokens": 1000, "cache_read_tokens": 400, "output_tokens": 100}),
        (
            "openai.chat",
            {
                "prompt_tokens": 1000,
                "completion_tokens": 100,
                "prompt_tokens_details": {"cached_tokens": 400},
            },
        ),
        (
            "openai.responses",
            {
                "input_tokens": 1000,
                "output_tokens": 100,
                "input_tokens_details": {"cached_tokens": 400},
            },
        ),
    ],
)
def test_a_pasted_usage_is_billed_in_any_flavor(
    client: Client, flavor: str, usage: dict[str, Any]
) -> None:
    page = shown(client, "/request", offer="openai/gpt-5.5", flavor=flavor, usage=json.dumps(usage))
    assert '<h2 id="told">$0.0062</h2>' in page


@pytest.mark.parametrize(
    ("usage", "field"),
    [
        ("{", "usage"),
        ("[]", "usage"),
        ('{"input_tokens": -1}', "usage.input_tokens"),
        ('{"colour": 1}', "usage.colour"),
    ],
)
def test_a_usage_that_is_none_is_refused_by_name(client: Client, usage: str, field: str) -> None:
    assert field in shown(client, "/request", status=400, offer="openai/gpt-5.5", usage=usage)


def test_a_tier_that_the_card_lacks_is_not_guessed(client: Client) -> None:
    page = shown(client, "/request", offer="openai/gpt-5.5", tier="batch")
    assert "This cannot be billed as asked" in page
    assert "batch" in page
    allowed = shown(client, "/request", offer="openai/gpt-5.5", tier="batch", fallback="standard")
    assert "This cannot be billed" not in allowed


def test_a_moment_is_billed_at_its_own_prices(client: Client) -> None:
    asked = {"offer": "deepseek/deepseek-v4-pro", "usage": '{"input_tokens": 1000000}'}
    assert ">$1.74<" in shown(client, "/request", when="2026-05-01T12:00", **asked)
    assert ">$0.87<" in shown(client, "/request", when="2026-06-01T12:00", **asked)


def test_traffic_moved_wholly_and_in_part(client: Client) -> None:
    asked = {"today": "openai/gpt-5.5", "target": "deepseek/deepseek-v4-pro", "share": "80"}
    page = shown(client, "/scenario", at="2026-04-25", **asked)
    for figure in ("$1,100", "$243", "$414"):
        assert figure in page
    assert "hybrid" in page
    assert "hybrid" not in shown(client, "/scenario", at="2026-04-25", **asked | {"share": "100"})


def test_a_model_that_needs_more_words_costs_more(client: Client) -> None:
    asked = {"today": "openai/gpt-5.5", "target": "deepseek/deepseek-v4-pro", "multiplier": "2"}
    assert "$313" in shown(client, "/scenario", at="2026-04-25", **asked)
    assert "multiplier" in shown(client, "/scenario", status=400, **asked | {"multiplier": "0"})
