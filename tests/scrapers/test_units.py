"""Units as pages write them: how many of what a figure buys, or nothing where that is a guess."""

from __future__ import annotations

from decimal import Decimal

import pytest

from registry.pricing.meters import Unit
from scrapers.units import Bought, bought, figure_and_unit, says_per_thousand


@pytest.mark.parametrize(
    ("text", "figure", "amount", "unit"),
    [
        ("$5 / MTok", "$5", 1_000_000, Unit.TOKEN),
        ("$5/MTok", "$5", 1_000_000, Unit.TOKEN),
        ("$5 per MTok", "$5", 1_000_000, Unit.TOKEN),
        ("$5 /Mt", "$5", 1_000_000, Unit.TOKEN),
        ("$5/M tokens", "$5", 1_000_000, Unit.TOKEN),
        ("$5 / 1M", "$5", 1_000_000, Unit.TOKEN),
        ("$5 / 1M tokens", "$5", 1_000_000, Unit.TOKEN),
        ("$5 per 1 million tokens", "$5", 1_000_000, Unit.TOKEN),
        ("$5 per million", "$5", 1_000_000, Unit.TOKEN),
        ("$5 / 1,000,000 tokens", "$5", 1_000_000, Unit.TOKEN),
        ("$0.1 / 1K tokens", "$0.1", 1_000, Unit.TOKEN),
        ("$0.000005 per token", "$0.000005", 1, Unit.TOKEN),
        ("2元/百万tokens", "2元", 1_000_000, Unit.TOKEN),
        ("¥2 / 百万 tokens", "¥2", 1_000_000, Unit.TOKEN),
        ("0.002元/千tokens", "0.002元", 1_000, Unit.TOKEN),
        ("2元 每百万 tokens", "2元", 1_000_000, Unit.TOKEN),
        ("$30.00 / 1M characters", "$30.00", 1_000_000, Unit.CHARACTER),
        ("¥2 / 万字符", "¥2", 10_000, Unit.CHARACTER),
        ("$2 / 1,000 pages", "$2", 1_000, Unit.CALL),
        ("$2 / 1000 pages", "$2", 1_000, Unit.CALL),
        ("$14 / 1,000 search queries", "$14", 1_000, Unit.CALL),
        ("$10 / 1k calls", "$10", 1_000, Unit.CALL),
        ("$0.04 per image", "$0.04", 1, Unit.ITEM),
        ("$0.05 / sec", "$0.05", 1, Unit.SECOND),
        ("$0.006 / minute", "$0.006", 60, Unit.SECOND),
        ("$1 an image per hour", "$1 an image", 3_600, Unit.SECOND),
    ],
)
def test_a_unit_is_a_count_of_something(text: str, figure: str, amount: int, unit: Unit) -> None:
    before, written = figure_and_unit(text)
    assert before == figure
    assert written is not None
    assert bought(written) == Bought(Decimal(amount), unit)


@pytest.mark.parametrize(
    "unit",
    [
        *("", "M", "m", "1K", "thousand", "song", "1M UTF-8 bytes", "0 tokens", "1,00 tokens"),
        *("1ms", "MTok (about $0.01/minute)", "1K/2K image", "tokens per hour", "１M tokens"),
    ],
)
def test_what_is_not_certain_is_no_unit(unit: str) -> None:
    assert bought(unit) is None


@pytest.mark.parametrize("text", ["$5", "", "5 million", "supersonic"])
def test_a_figure_without_a_unit(text: str) -> None:
    assert figure_and_unit(text) == (text, None)


@pytest.mark.parametrize(
    "text",
    ["Prices per 1K tokens.", "USD / 1,000 tokens", "per thousand tokens", "单价(元/千 token)"],
)
def test_a_page_may_price_a_thousand_tokens(text: str) -> None:
    assert says_per_thousand(text)


@pytest.mark.parametrize(
    "text", ["Prices per 1M tokens.", "$14 / 1,000 search queries", "more than 200K tokens", "/k"]
)
def test_other_thousands_are_not_tokens(text: str) -> None:
    assert says_per_thousand(text) is None
