"""A small registry to be written as a catalogue: prices, facts and scores of three sources."""

from __future__ import annotations

from tests.pipeline.bodies import llm_prices, models_dev, models_dev_scores, record, scored
from tests.pipeline.taking import deliver

ROWS = {
    "openai/gpt-5.5": {"input": "5", "output": "30", "cache_read": "0.5"},
    "openai/o3": {"input": "2", "output": "8"},
    "groq/openai/gpt-oss-120b": {"input": "0.15", "output": "0.75"},
}
CHANGED = {"limit": '{"context": 400000, "output": 32000}'}
FACTS = {"limit": '{"context": 200000, "output": 32000}', "reasoning": "true"}


def fill() -> None:
    """Two sources that agree on one offer and differ on another, one repriced."""
    first = [record("gpt-5.5", ("5", "30", "0.5")), record("o3", ("10", "40"))]
    deliver("llm-prices", llm_prices(*first), "2026-04-24")
    deliver("models-dev", models_dev(ROWS, facts=FACTS), "2026-04-30")
    deliver("llm-prices", llm_prices(first[0], record("o3", ("9", "36"))), "2026-05-30")


def rate() -> None:
    """Scores of one model under two setups, one measured anew; and one that nobody can place."""
    codex = {"name": "Terminal Bench 2.1", "score": 75.1, "harness": "Codex"}
    first = scored("openai/gpt-5.5", {"score": 87, "date": "2026-04-24"}, codex)
    deliver("models-dev-scores", models_dev_scores(first), "2026-05-01")
    second = scored("openai/gpt-5.5", {"score": 88, "date": "2026-05-20"}, codex, {"name": "??"})
    deliver("models-dev-scores", models_dev_scores(second), "2026-06-01")
