"""What real recordings of two years come to: known prices served, known errors not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from registry.catalog.models import Offer
from registry.curation.models import Review
from registry.ledger.models import Revision
from registry.ledger.verification import verify
from tests.pipeline.taking import card, head_number

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("replay of the corpus")]

PEAK = "hours=mon-fri 01:00-04:00,06:00-10:00"
OVER = "context_over=272000"


@pytest.fixture(scope="module")
def history(django_db_setup: None, django_db_blocker: Any, corpus: Path) -> Iterator[Path]:
    """Everything under the corpus replayed once, and taken back after the last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("replay", str(corpus))
        yield corpus
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("offer", "day", "prices"),
    [
        ("openai/gpt-5.5", "2026-04-24", {"input_tokens": "5", "output_tokens": "30",
                                          "cache_read_tokens": "0.5"}),
        ("openai/gpt-5.5", "2026-04-26", {f"input_tokens;{OVER}": "10",
                                          f"output_tokens;{OVER}": "45",
                                          f"cache_read_tokens;{OVER}": "1",
                                          "input_tokens;tier=batch": "2.5",
                                          "output_tokens;tier=batch": "15",
                                          "input_tokens;tier=flex": "2.5",
                                          "output_tokens;tier=flex": "15"}),
        ("openai/gpt-5.5", "2026-10-05", {"input_tokens;tier=priority": "12.5",
                                          "output_tokens;tier=priority": "75"}),
        ("deepseek/deepseek-v4-pro", "2026-04-25", {"input_tokens": "1.74",
                                                    "output_tokens": "3.48",
                                                    "cache_read_tokens": "0.145"}),
        ("deepseek/deepseek-v4-pro", "2026-06-15", {"input_tokens": "0.435",
                                                    "output_tokens": "0.87",
                                                    "cache_read_tokens": "0.003625"}),
        ("deepseek/deepseek-v4-pro", "2026-09-01", {
            "input_tokens": "0.66", "output_tokens": "1.98", "cache_read_tokens": "0.022",
            f"input_tokens;{PEAK}": "1.32", f"output_tokens;{PEAK}": "3.96",
            f"cache_read_tokens;{PEAK}": "0.044"}),
        ("deepseek/deepseek-v4-flash", "2026-04-25", {"input_tokens": "0.14",
                                                      "output_tokens": "0.28",
                                                      "cache_read_tokens": "0.028"}),
        ("deepseek/deepseek-v4-flash", "2026-06-15", {"cache_read_tokens": "0.0028"}),
        ("deepseek/deepseek-v4-flash", "2026-09-01", {
            "input_tokens": "0.22", "output_tokens": "0.66", "cache_read_tokens": "0.007",
            f"input_tokens;{PEAK}": "0.44", f"output_tokens;{PEAK}": "1.32",
            f"cache_read_tokens;{PEAK}": "0.014"}),
        ("deepseek/deepseek-v4-flash", "2026-10-05", {
            "input_tokens": "0.15", "output_tokens": "0.6", "cache_read_tokens": "0.003",
            f"input_tokens;{PEAK}": "0.3", f"output_tokens;{PEAK}": "1.2",
            f"cache_read_tokens;{PEAK}": "0.006"}),
        ("openai/o3", "2025-05-10", {"input_tokens": "10", "output_tokens": "40"}),
        ("openai/o3", "2025-06-15", {"input_tokens": "2", "output_tokens": "8"}),
        ("anthropic/claude-opus-4-7", "2026-04-27", {
            "input_tokens": "5", "output_tokens": "25", "cache_read_tokens": "0.5",
            "cache_write_5m_tokens": "6.25", "cache_write_1h_tokens": "10",
            "input_tokens;tier=batch": "2.5", "output_tokens;tier=batch": "12.5"}),
    ],
)  # fmt: skip
def test_a_price_that_is_known(history: Path, offer: str, day: str, prices: dict[str, str]) -> None:
    served = card(offer, day)
    assert {name: served.get(name) for name in prices} == prices


@pytest.mark.parametrize(
    ("offer", "day", "wrong"),
    [
        ("openai/gpt-5.5-pro", "2026-04-27", {"input_tokens": "60", "output_tokens": "360"}),
        ("openai/gpt-5.5-pro", "2026-04-27", {"input_tokens;tier=batch": "30"}),
        ("cohere/command-r7b-12-2024", "2025-07-20", {"input_tokens": "0.15"}),
        ("cohere/command-r7b-12-2024", "2026-04-30", {"input_tokens": "0.15"}),
        ("openai/gpt-4", "2025-07-02", {"input_tokens": "10", "output_tokens": "30"}),
        ("azure-ai/jais-30b-chat", "2026-10-05", {"input_tokens": "3200"}),
    ],
)
def test_an_error_that_a_source_carried_is_not_served(
    history: Path, offer: str, day: str, wrong: dict[str, str]
) -> None:
    served = card(offer, day)
    for name, amount in wrong.items():
        assert served.get(name) != amount


def test_gpt_5_5_pro_has_its_right_price_throughout(history: Path) -> None:
    for day in ("2026-04-27", "2026-10-05"):
        served = card("openai/gpt-5.5-pro", day)
        assert (served["input_tokens"], served["output_tokens"]) == ("30", "180")


def test_no_minimax_m2_7_costs_a_hundredth(history: Path) -> None:
    """A feed carried it at 0.003 and 0.012; every host asks about 0.3 and 1.2."""
    offers = Offer.objects.filter(model__slug="minimax-m2.7").select_related("provider")
    assert offers.count() > 5
    for one in offers:
        assert card(str(one), "2026-10-05").get("input_tokens") != "0.003"


def test_what_was_not_served_can_be_listed(history: Path) -> None:
    implausible = Review.objects.filter(
        state=Review.State.OPEN, offer__provider_model_id="jais-30b-chat", reason="implausible"
    )
    assert implausible.exists()


def test_the_chain_holds_and_a_second_replay_says_nothing_new(history: Path) -> None:
    before = head_number()
    call_command("replay", str(history))
    assert head_number() == before == Revision.objects.latest("number").number
    assert verify().ok
