"""Figures that are none, or not for certain: rows 1, 3 and 7 to 14 of the bad-input table."""

from __future__ import annotations

import pytest

from tests.pipeline.bad_inputs.spoilt import Spoilt, held, rejected

pytestmark = pytest.mark.usefixtures("sources")

PAGE = "DeepSeek's page"
STRUCK = "<s>$1.74</s> $0.435"


@pytest.mark.parametrize(
    "spoilt",
    [
        rejected(1, "OpenRouter", {"prompt": "NaN"}, "not_finite"),
        rejected(1, "OpenRouter", {"completion": "-Infinity"}, "not_finite"),
        rejected(1, "models.dev", {"input": "1e400"}, "not_finite"),
        rejected(1, "models.dev", {"input": "NaN"}, "not_finite"),
        rejected(1, "LiteLLM", {"input_cost_per_token": "Infinity"}, "not_finite"),
        rejected(1, "llm-prices", {"input": "1e999"}, "not_finite"),
        rejected(1, "Portkey", {"request_token": "Infinity"}, "not_finite"),
        rejected(3, "models.dev", {"input": "-3"}, "negative"),
        rejected(3, "models.dev", {"input": "-0"}, "negative"),
        rejected(3, "OpenRouter", {"completion": "-1"}, "negative"),
        rejected(3, "models.dev", {"output": "-0.001"}, "negative"),
        rejected(3, "LiteLLM", {"input_cost_per_token": "-1"}, "negative"),
        rejected(3, "Portkey", {"response_token": "-1.5e-3"}, "negative"),
        rejected(3, PAGE, {"$1.74": "$-1.74"}, "negative"),
        rejected(3, PAGE, {"$1.74": "−$1.74"}, "negative"),
        rejected(7, "OpenRouter", {"prompt": "0.000_003"}, "foreign_digits"),
        rejected(7, "OpenRouter", {"prompt": "٠.٠٠٠٠٠٣"}, "foreign_digits"),
        rejected(7, PAGE, {"$3.48": "$３.４８"}, "foreign_digits"),
        rejected(8, "OpenRouter", {"prompt": "0,000003"}, "ambiguous_separator"),
        rejected(8, PAGE, {"$1.74": "$1,74"}, "ambiguous_separator"),
        rejected(8, PAGE, {"$1.74": "$1.234,56"}, "ambiguous_separator"),
        held(9, "OpenRouter", {"prompt": ".000003"}, "eaten_figure"),
        held(9, PAGE, {"$1.74": "$.74"}, "eaten_figure"),
        held(9, PAGE, {"$3.48": "$,480"}, "eaten_figure"),
        held(9, "models.dev", {"output": "5"}, "eaten_figure"),
        held(9, PAGE, {"$1.74": "$1.7"}, "eaten_figure"),
        rejected(10, "OpenRouter", {"prompt": "/bin/bash.000003"}, "eaten_variable"),
        rejected(10, PAGE, {"$1.74": "$pkgname"}, "eaten_variable"),
        rejected(10, PAGE, {"$3.48": "$price_output"}, "eaten_variable"),
        held(11, "OpenRouter", {"prompt": "0.000003*"}, "footnote"),
        held(11, PAGE, {"$3.48": "$3.48¹"}, "footnote"),
        held(11, PAGE, {"$1.74": "from $2"}, "range"),
        held(11, PAGE, {"$1.74": "$1–$2.50"}, "range"),
        held(11, PAGE, {"$1.74": "$1 to $2.50"}, "range"),
        held(12, PAGE, {"$1.74": "$0.435 (75% OFF) <s>$1.74</s>"}, "promotion_without_end"),
        held(12, PAGE, {"$3.48": "$0.87 (75% off) <del>$3.48</del>"}, "promotion_without_end"),
        rejected(13, "models.dev", {"input": "3.0000000000000000001"}, "too_many_digits"),
        rejected(13, "LiteLLM", {"input_cost_per_token": "1e-24"}, "too_many_digits"),
        rejected(13, "OpenRouter", {"prompt": "12345678901234567890"}, "too_many_digits"),
        rejected(14, "models.dev", {"input": "true"}, "not_a_figure"),
        rejected(14, "models.dev", {"input": "[3]"}, "not_a_figure"),
        rejected(14, "models.dev", {"input": '{"usd": 3}'}, "not_a_figure"),
        rejected(14, "LiteLLM", {"input_cost_per_token": '"3e-6"'}, "not_a_figure"),
        rejected(14, "llm-prices", {"input": '"three"'}, "not_a_figure"),
        rejected(14, "Portkey", {"request_token": "false"}, "not_a_figure"),
    ],
)
def test_a_figure_that_cannot_be_taken_keeps_its_card_as_it_was(spoilt: Spoilt) -> None:
    spoilt.check()
