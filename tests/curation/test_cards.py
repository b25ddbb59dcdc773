"""What one source says, judged on its own."""

from __future__ import annotations

import pytest

from registry.curation.policy.cards import read_card
from registry.curation.policy.reasons import HELD, REJECTED, Finding, Outcome, Reason
from registry.pricing.quotes import QuoteFault
from scrapers.claims import EntryFault
from tests.curation.cases import INPUT, OUTPUT, READ, WRITE, card, quotes


@pytest.mark.parametrize(
    ("prices", "reason", "outcome"),
    [
        ({INPUT: "NaN"}, Reason.NOT_FINITE, Outcome.REJECT),
        ({INPUT: "1e400"}, Reason.NOT_FINITE, Outcome.REJECT),
        ({INPUT: "-3"}, Reason.NEGATIVE, Outcome.REJECT),
        ({INPUT: "0", OUTPUT: "0"}, Reason.ZERO, Outcome.HOLD),
        ({INPUT: "0", "output_images": "0.04"}, Reason.ANOTHER_UNIT, Outcome.HOLD),
        ({INPUT: "1_000"}, Reason.FOREIGN_DIGITS, Outcome.REJECT),
        ({INPUT: "1,74"}, Reason.AMBIGUOUS_SEPARATOR, Outcome.REJECT),
        ({INPUT: ".74"}, Reason.EATEN_FIGURE, Outcome.HOLD),
        ({INPUT: "/bin/bash.95"}, Reason.EATEN_VARIABLE, Outcome.REJECT),
        ({INPUT: "3*"}, Reason.FOOTNOTE, Outcome.HOLD),
        ({INPUT: "1-2.50"}, Reason.RANGE, Outcome.HOLD),
        ({INPUT: "1.2345678901234567890"}, Reason.TOO_MANY_DIGITS, Outcome.REJECT),
        ({INPUT: "true"}, Reason.NOT_A_FIGURE, Outcome.REJECT),
        ({INPUT: "3200", OUTPUT: "9710"}, Reason.IMPLAUSIBLE, Outcome.HOLD),
        ({INPUT: "15", OUTPUT: "3"}, Reason.SWAPPED, Outcome.HOLD),
        ({INPUT: "3", READ: "3.01"}, Reason.CACHE_READ_DEARER, Outcome.REJECT),
        ({INPUT: "3", WRITE: "2.99"}, Reason.CACHE_WRITE_CHEAPER, Outcome.HOLD),
        ({INPUT: "¥3"}, Reason.CURRENCY_CONFLICT, Outcome.REJECT),
    ],
)
def test_a_figure_that_cannot_be_taken_names_its_reason(
    prices: dict[str, str], reason: Reason, outcome: Outcome
) -> None:
    found = card(prices)
    assert reason in {finding.reason for finding in found.findings}
    assert {f.outcome for f in found.findings if f.reason is reason} == {outcome}
    assert not found.usable


@pytest.mark.parametrize(
    ("prices", "mode"),
    [
        ({INPUT: "3", OUTPUT: "15", READ: "3"}, "chat"),
        ({INPUT: "0.13", OUTPUT: "0.01"}, "embedding"),
        ({INPUT: "15", OUTPUT: "3"}, "moderation"),
        ({INPUT: "free", OUTPUT: "free"}, "chat"),
        ({INPUT: "3", f"{READ};tier=batch": "5"}, "chat"),
    ],
)
def test_an_ordinary_card_is_usable(prices: dict[str, str], mode: str) -> None:
    assert card(prices, mode=mode).usable


def test_cache_order_is_judged_within_its_own_terms() -> None:
    prices = {INPUT: "5", f"{INPUT};tier=batch": "2.5", f"{READ};tier=batch": "3"}
    [finding] = card(prices).findings
    assert finding.reason is Reason.CACHE_READ_DEARER
    assert "tier=batch" in finding.field


def test_one_meter_told_twice_with_two_amounts_is_a_contradiction() -> None:

    found = read_card([*quotes({INPUT: "3"}), *quotes({INPUT: "4"})], mode="chat", remarked=())
    assert [finding.reason for finding in found.findings] == [Reason.CONFLICTING_FIGURES]


def test_a_finding_says_field_value_and_expectation() -> None:
    [finding] = card({INPUT: "-3"}).findings
    assert finding == Finding(Reason.NEGATIVE, INPUT, "-3", "a price above zero")
    assert str(finding) == "input_tokens: '-3': negative; expected a price above zero"


def test_every_reason_has_exactly_one_outcome() -> None:
    assert HELD.keys() | REJECTED.keys() == set(Reason)
    assert not HELD.keys() & REJECTED.keys()


def test_every_fault_of_a_parser_and_of_a_quote_is_a_reason() -> None:
    reasons = {reason.value for reason in Reason}
    assert {fault.value for fault in EntryFault} <= reasons
    assert {fault.value for fault in QuoteFault} <= reasons
