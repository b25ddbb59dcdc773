"""What waits for a person, by what later and other evidence says of it."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from registry.pipeline.waiting import Published, Worth, published, waiting
from tests.pipeline.bodies import (
    FILLERS,
    Figures,
    litellm,
    llm_prices,
    models_dev,
    per_token,
    priced,
    record,
)
from tests.pipeline.taking import deliver

pytestmark = pytest.mark.usefixtures("sources")

GPT = "openai/gpt-9"
FEEDS = ("models-dev", "litellm", "llm-prices")


def feed(*rows: dict[str, Figures], day: str) -> None:
    """models.dev of a day: the fillers, and rows that may differ from the day before."""
    deliver("models-dev", models_dev(priced(FILLERS, "3", "15") | {k: v for r in rows for k, v in
                                     r.items()}), day)  # fmt: skip


def worths() -> list[tuple[str, Worth, bool]]:
    return [(one.offer, one.worth, one.is_change) for one in waiting(FEEDS)]


def test_a_change_is_unproven_until_a_later_body_has_it_again() -> None:
    feed(priced([GPT], "3", "15"), day="2026-04-01")
    feed(priced([GPT], "30", "150"), day="2026-04-02")
    assert worths() == [(GPT, Worth.UNPROVEN, True)]
    feed(priced([GPT], "30", "150"), priced(["openai/new"], "1", "2"), day="2026-04-03")
    assert worths() == [(GPT, Worth.TRUE, True)]


def test_a_row_that_is_gone_has_not_been_said_again() -> None:
    feed(priced([GPT], "3", "15"), day="2026-04-01")
    feed(priced([GPT], "30", "150"), day="2026-04-02")
    feed(priced(["openai/new"], "1", "2"), day="2026-04-03")
    assert worths() == [(GPT, Worth.UNPROVEN, True)]


def test_an_independent_source_proves_a_change_at_once() -> None:
    feed(priced([GPT], "3", "15"), day="2026-04-01")
    feed(priced([GPT], "30", "150"), day="2026-04-02")
    deliver("litellm", litellm({"gpt-9": per_token("30", "150")}), "2026-04-03")
    assert worths() == [(GPT, Worth.TRUE, True)]


def test_what_is_odd_in_itself_is_no_truer_for_being_repeated() -> None:
    feed(priced([GPT], "15", "3"), day="2026-04-01")
    feed(priced([GPT], "15", "3"), priced(["openai/new"], "1", "2"), day="2026-04-02")
    assert worths() == [(GPT, Worth.DOUBTFUL, False)]


def test_a_zero_without_a_word_is_no_price() -> None:
    feed(priced([GPT], "0", "0"), day="2026-04-01")
    assert worths() == [(GPT, Worth.NO_PRICE, False)]


def test_what_was_published_is_counted_by_card() -> None:
    deliver("llm-prices", llm_prices(record("gpt-9", ("3", "15"))), "2026-04-01")
    assert published(FEEDS) == Published(changes=0, first_cards=1)
    deliver("llm-prices", llm_prices(record("gpt-9", ("4", "20"))), "2026-04-02")
    assert published(FEEDS) == Published(changes=1, first_cards=1)
    assert published(["litellm"]) == Published(changes=0, first_cards=0)


def test_the_command_lists_the_true_ones(capsys: pytest.CaptureFixture[str]) -> None:
    feed(priced([GPT], "3", "15"), day="2026-04-01")
    feed(priced([GPT], "30", "150"), day="2026-04-02")
    feed(priced([GPT], "30", "150"), priced(["openai/new"], "1", "2"), day="2026-04-03")
    call_command("waiting", "--list", "true", stdout=StringIO())
    told = capsys.readouterr().out
    assert "models-dev: openai/gpt-9 (change): large_change" in told
    assert "changes: 0 were published, 1 true ones wait: 100.00% of all" in told
