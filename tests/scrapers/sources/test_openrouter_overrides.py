"""OpenRouter's conditional prices: above so many tokens of the prompt, in hours and on days."""

from __future__ import annotations

from typing import Any

import pytest

from scrapers.claims import EntryFault
from tests.scrapers.sources.rates import prices
from tests.scrapers.sources.test_openrouter import claim_of


def test_an_override_holds_above_its_prompt_tokens() -> None:
    claim = claim_of(
        {
            "prompt": "0.000005",
            "completion": "0.00003",
            "web_search": "0.01",
            "overrides": [
                {"min_prompt_tokens": 272000, "prompt": "0.00001", "completion": "0.000045"}
            ],
        }
    )
    found = prices(claim.quotes)
    assert found["input_tokens", "context_over=272000"] == "10"
    assert found["output_tokens", "context_over=272000"] == "45"
    assert ("web_searches", "context_over=272000") not in found


def test_a_later_override_wins_and_keeps_what_it_does_not_name() -> None:
    claim = claim_of(
        {
            "prompt": "0.000001",
            "completion": "0.000002",
            "overrides": [
                {"min_prompt_tokens": 32000, "prompt": "0.000003", "completion": "0.000004"},
                {"min_prompt_tokens": 128000, "prompt": "0.000005"},
            ],
        }
    )
    found = prices(claim.quotes)
    assert found["input_tokens", "context_over=128000"] == "5"
    assert found["output_tokens", "context_over=128000"] == "4"


def test_an_earlier_override_of_a_higher_limit_loses_to_a_later_one_of_a_lower() -> None:
    claim = claim_of(
        {
            "prompt": "0.000001",
            "overrides": [
                {"min_prompt_tokens": 128000, "prompt": "0.000005"},
                {"min_prompt_tokens": 32000, "prompt": "0.000003"},
            ],
        }
    )
    assert prices(claim.quotes)["input_tokens", "context_over=128000"] == "3"


@pytest.mark.parametrize(
    ("condition", "hours"),
    [
        ({"utc_start": 100, "utc_end": 400}, "01:00-04:00"),
        ({"utc_start": 1030, "utc_end": 2400}, "10:30-24:00"),
        ({"utc_start": 2200, "utc_end": 200}, "00:00-02:00,22:00-24:00"),
        ({"utc_days": ["saturday", "sunday"]}, "sat-sun 00:00-24:00"),
        (
            {"utc_start": 2200, "utc_end": 200, "utc_days": ["monday"]},
            "mon 00:00-02:00,22:00-24:00",
        ),
    ],
)
def test_an_override_holds_in_its_hours_of_its_days(condition: Any, hours: str) -> None:
    claim = claim_of({"prompt": "0.000001", "overrides": [{**condition, "prompt": "0.000002"}]})
    assert prices(claim.quotes)["input_tokens", f"hours={hours}"] == "2"


def test_limits_and_hours_together_make_every_combination_explicit() -> None:
    claim = claim_of(
        {
            "prompt": "0.000001",
            "completion": "0.000002",
            "overrides": [
                {"min_prompt_tokens": 32000, "prompt": "0.000003", "completion": "0.000004"},
                {"utc_start": 100, "utc_end": 400, "prompt": "0.000005"},
            ],
        }
    )
    found = prices(claim.quotes)
    assert found["input_tokens", "hours=01:00-04:00"] == "5"
    assert found["input_tokens", "context_over=32000;hours=01:00-04:00"] == "5"
    assert found["output_tokens", "context_over=32000;hours=01:00-04:00"] == "4"
    assert ("output_tokens", "hours=01:00-04:00") not in found


@pytest.mark.parametrize(
    ("overrides", "fault"),
    [
        ({"prompt": "0.000002"}, EntryFault.WRONG_SHAPE),
        (["0.000002"], EntryFault.WRONG_SHAPE),
        ([{"prompt": "0.000002"}], EntryFault.WRONG_SHAPE),
        ([{"min_prompt_tokens": 0, "prompt": "0.000002"}], EntryFault.BAD_TIERS),
        ([{"utc_start": 170, "utc_end": 400, "prompt": "0.000002"}], EntryFault.BAD_HOURS),
        ([{"utc_start": 400, "utc_end": 400, "prompt": "0.000002"}], EntryFault.BAD_HOURS),
        ([{"utc_days": ["someday"], "prompt": "0.000002"}], EntryFault.BAD_HOURS),
        (
            [
                {"utc_start": 100, "utc_end": 400, "prompt": "0.000002"},
                {"utc_start": 300, "utc_end": 600, "prompt": "0.000003"},
            ],
            EntryFault.BAD_HOURS,
        ),
        ([{"min_prompt_tokens": 9, "weekday": "2"}], EntryFault.UNKNOWN_FIELD),
    ],
)
def test_an_override_that_cannot_be_read_is_remarked_on(overrides: Any, fault: EntryFault) -> None:
    claim = claim_of({"prompt": "0.000001", "overrides": overrides})
    assert {remark.fault for remark in claim.remarks} == {fault}
