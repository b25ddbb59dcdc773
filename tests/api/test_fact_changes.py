"""The feed of facts over HTTP: from what to what, with receipts, refused in words."""

from __future__ import annotations

import pytest

from tests.api.conftest import Ask
from tests.api.test_facts import told

__all__ = ["told"]
ROOT = "/api/v1/"
PRO = "deepseek/deepseek-v4-pro"


def test_a_context_that_grows_says_from_what_and_on_whose_word(told: Ask) -> None:
    [change] = told(f"changes/facts?name=context_tokens&cause=changed&model={PRO}&of=model")[
        "items"
    ]
    assert (change["before"]["value"], change["now"]["value"]) == (128_000, 1_000_000)
    assert (change["subject"], change["source"], change["of"]) == (PRO, "models-dev", "model")
    receipt = told(change["now"]["receipt"].removeprefix(ROOT))
    assert (receipt["name"], receipt["value"]) == ("context_tokens", 1_000_000)


def test_openness_is_told_when_it_is_first_seen(told: Ask) -> None:
    [change] = told(f"changes/facts?name=open_weights&model={PRO}")["items"]
    assert (change["cause"], change["before"], change["now"]["value"]) == ("first_seen", None, True)


def test_a_fact_that_is_none_is_refused_by_name(told: Ask) -> None:
    [fault] = told("changes/facts?name=context", status=400)["errors"]
    assert (fault["field"], fault["nearest"]) == ("name", "context_tokens")


@pytest.mark.parametrize("asked", ["provider=openai", "lab=openai", "since=999"])
def test_what_nobody_published_is_an_empty_list(told: Ask, asked: str) -> None:
    assert told(f"changes/facts?{asked}")["items"] == []
