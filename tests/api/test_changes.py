"""The feed of changes over HTTP: followed without a gap, filtered, refused in words."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Ask
from tests.pipeline.bodies import llm_prices, record
from tests.pipeline.taking import deliver

ROOT = "/api/v1/"


def steps(answer: Any) -> list[tuple[str, str | None, str | None]]:
    return [
        (one["meter"], (one["before"] or {}).get("amount"), one["now"]["amount"])
        for one in answer["items"]
    ]


def test_a_repricing_says_from_what_to_what_and_on_whose_word(ask: Ask) -> None:
    found = ask("changes?cause=repriced&provider=deepseek")
    assert steps(found) == [("input_tokens", "1.74", "0.87"), ("output_tokens", "3.48", "1.74")]
    [first, _] = found["items"]
    assert (first["source"], first["revision"]) == ("llm-prices", 3)
    assert ask(first["now"]["receipt"].removeprefix(ROOT))["figure"]["amount"] == "0.87"
    assert ask(first["before"]["receipt"].removeprefix(ROOT))["figure"]["amount"] == "1.74"


def test_since_a_revision_is_what_came_after_it(ask: Ask) -> None:
    assert {one["revision"] for one in ask("changes?since=2")["items"]} == {3}
    assert ask("changes?since=3")["items"] == []


def followed(ask: Ask, address: str) -> tuple[list[Any], str]:
    """Everything from an address on, and where to ask for what comes later."""
    seen: list[Any] = []
    while items := (answer := ask(address))["items"]:
        seen += items
        address = answer["follow"].removeprefix(ROOT)
    return seen, address


@pytest.mark.parametrize("limit", [1, 2, 5, 500])
def test_following_gives_every_change_once_and_later_ones_when_they_come(
    ask: Ask, limit: int
) -> None:
    everything = ask("changes?limit=500")["items"]
    seen, address = followed(ask, f"changes?limit={limit}")
    assert seen == everything
    cut = record("deepseek-v4-pro", ("0.9", "1.74", "0.145")) | {"vendor": '"deepseek"'}
    others = [record("gpt-5.5", ("5", "30", "0.5")), record("gpt-5.5-272k", ("10", "45", "1"))]
    deliver("llm-prices", llm_prices(cut, *others), "2026-06-30")
    later, _ = followed(ask, address)
    assert ("input_tokens", "0.87", "0.9") in steps({"items": later})


def test_newest_first_follows_from_the_newest(ask: Ask) -> None:
    answer = ask("changes?order=newest&limit=2")
    assert answer["items"] == ask("changes?limit=500")["items"][:-3:-1]
    assert ask(answer["follow"].removeprefix(ROOT))["items"] == []


@pytest.mark.parametrize("since", ["-1", "yesterday", "1.5", "WyJhIl0"])
def test_a_place_that_is_none_is_refused_by_name(ask: Ask, since: str) -> None:
    [fault] = ask(f"changes?since={since}", status=400)["errors"]
    assert (fault["field"], fault["value"]) == ("since", since)
