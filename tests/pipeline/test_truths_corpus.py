"""What real recordings of two years come to: known prices served, known errors not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from registry.catalog.models import Model, Offer
from registry.curation.models import Review
from registry.curation.policy.facts.meaning import same_as
from registry.ingest.models import ModelName
from registry.ingest.questions import open_names
from registry.ledger.models import FactPoint, PricePoint, Revision, ScorePoint
from registry.ledger.verification import verify
from registry.selectors.clocks import AsOf
from registry.selectors.facts import facts_of_model
from registry.selectors.score_receipts import score_receipt
from tests.pipeline.taking import card, head_number, moment, scores

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


CODEX_21 = "terminal-bench effort={};harness=codex;version=2.1"


@pytest.mark.parametrize(
    ("model", "told"),
    [
        ("openai/gpt-5.5", {
            "swe-bench-verified effort=xhigh": "80.5785123967",
            CODEX_21.format("xhigh"): "84.1",
            CODEX_21.format("medium"): "75.8",
            "terminal-bench harness=terminus-2;version=2.1": "78.2",
            "terminal-bench harness=codex;version=2.0": "82",
            "swe-bench-pro effort=xhigh;harness=codex;subset=hard-aa": "30.9",
            "swe-bench-pro effort=medium;harness=cursor-cli;subset=hard-aa": "24.9",
        }),
        ("openai/gpt-5.4", {
            "swe-bench-verified effort=high": "76.8595041322314",
            CODEX_21.format("medium"): "69.8",
            "terminal-bench harness=forgecode;version=2.0": "81.8",
            "swe-bench-pro subset=public": "59.1",
        }),
        ("deepseek/deepseek-v4-pro", {
            "swe-bench-verified": "80.6",
            "terminal-bench effort=high;harness=claude-code;version=2.1": "64.7",
            "swe-bench-pro effort=high;harness=claude-code;subset=hard-aa": "18",
        }),
        ("deepseek/deepseek-v4-flash", {"swe-bench-verified": "79"}),
        ("anthropic/claude-opus-4-7", {
            "swe-bench-verified effort=max": "83.4710743802",
            "swe-bench-pro": "64.3",
            "terminal-bench harness=terminus-2;version=2.1": "66.1",
            "swe-bench-pro effort=max;harness=claude-code;subset=hard-aa": "44.9",
        }),
        ("alibaba/qwen3.6-27b", {"swe-bench-verified": "77.2"}),
        ("moonshotai/kimi-k2.6", {
            "swe-bench-verified": "80.2",
            "swe-bench-pro harness=claude-code;subset=hard-aa": "27.3",
        }),
    ],
)  # fmt: skip
def test_a_score_stands_under_its_setup_with_its_receipt(
    history: Path, model: str, told: dict[str, str]
) -> None:
    found = scores(model, "2026-10-01")
    assert {name: found.get(name) for name in told} == told
    lab, _, slug = model.partition("/")
    for point in ScorePoint.objects.filter(series__model__slug=slug, series__model__lab__slug=lab):
        receipt = score_receipt(point.pk)
        assert receipt.evidence is not None
        assert receipt.evidence.sha256 is not None


def test_scores_are_told_on_their_benchmarks_scale(history: Path) -> None:
    shares = ScorePoint.objects.filter(series__benchmark__scale="percent", value__isnull=False)
    assert shares.count() > 3_000
    assert not shares.exclude(value__gte=0, value__lte=100).exists()
    assert not shares.filter(qualifier="forecast").exists()


def test_runs_of_another_number_of_items_are_held(history: Path) -> None:
    held = Review.objects.filter(reason="incomplete_run", source__slug="aider")
    assert held.exists()
    claims = held.values("claim_id")
    assert not ScorePoint.objects.filter(claim_id__in=claims).exists()


def test_names_that_nobody_declared_wait(history: Path) -> None:
    waiting = {(name.source, name.name) for name in open_names() if name.kind == "benchmark"}
    assert ("artificial-analysis-table", "aime") in waiting
    known = ModelName.objects.exclude(model=None).count()
    assert known > 1_100


NAMED_MODELS = (
    "openai/gpt-5.5",
    "openai/gpt-5.4",
    "deepseek/deepseek-v4-pro",
    "deepseek/deepseek-v4-flash",
    "anthropic/claude-opus-4-7",
    "alibaba/qwen3.6-27b",
    "moonshotai/kimi-k2.6",
)
KNOWN = {
    "context_tokens", "open_weights", "input_modalities", "output_modalities", "released_on",
}  # fmt: skip


def model_named(ref: str) -> Model:
    lab, _, slug = ref.partition("/")
    return Model.objects.get(lab__slug=lab, slug=slug)


@pytest.mark.parametrize("ref", NAMED_MODELS)
def test_a_model_has_prices_facts_and_a_score_each_with_its_receipt(
    history: Path, ref: str
) -> None:
    model = model_named(ref)
    prices = PricePoint.objects.filter(series__offer__model=model, amount__isnull=False)
    facts = FactPoint.objects.filter(series__model=model)
    told = ScorePoint.objects.filter(series__model=model)
    assert set(facts.values_list("series__name", flat=True)) >= KNOWN
    for points in (prices, facts, told):
        assert points.exists()
        assert not points.filter(claim__first_run__snapshot=None).exists()


@pytest.mark.parametrize("day", ["2026-04-24", "2026-04-30", "2026-10-05"])
def test_gpt_5_5s_context_shows_the_million_and_the_articles_quarter(
    history: Path, day: str
) -> None:
    asked = AsOf(moment(day) + timedelta(hours=23), 0, "", at_given=True, revision_given=False)
    known = {fact.name: fact for fact in facts_of_model(model_named("openai/gpt-5.5").pk, asked)}
    context = known["context_tokens"]
    sides = {side.value: side for side in context.sides}
    assert same_as("context_tokens")(context.value, 1_050_000)
    assert sides[256_000].source == "tokenmix"
    assert not sides[256_000].agrees
