"""The launch of GPT-5.5 and DeepSeek V4 as an article compares them: its day, prices and scores."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from registry.benchmarks.models import Benchmark
from registry.catalog.models import Model
from tests.ledger.saying import say
from tests.ledger.scoring import score
from tests.pipeline.bodies import llm_prices, record
from tests.pipeline.taking import deliver

ARTICLE = (
    Path(__file__).resolve().parents[2] / "fixtures/recordings/tokenmix/gpt-5-5-vs-deepseek-v4.txt"
)
CALL = (
    "compare?models=gpt-5.5,deepseek-v4-pro,deepseek-v4-flash&at=2026-04-24"
    "&workload=input_tokens:100M,output_tokens:20M&tasks=33"
)
GPT, PRO, FLASH = "openai/gpt-5.5", "deepseek/deepseek-v4-pro", "deepseek/deepseek-v4-flash"

# Further scores as the article tells them; the recording carries those of two benchmarks.
FURTHER = {
    ("swe-bench-pro", ""): ("58.6", "~55", "~48"),
    ("terminal-bench", "version=2.0"): ("82.7", "~75", "~68"),
    ("mmlu", ""): ("92.4", "~89", "~84"),
}


@pytest.fixture
def launch(sources: None) -> None:
    """The labs' prices of that day, and the article's own scores."""
    at_deepseek = {"vendor": '"deepseek"'}
    deliver(
        "llm-prices",
        llm_prices(
            record("gpt-5.5", ("5", "30", "0.5")),
            record("deepseek-v4-pro", ("1.74", "3.48", "0.145")) | at_deepseek,
            record("deepseek-v4-flash", ("0.14", "0.28", "0.028")) | at_deepseek,
        ),
        "2026-04-24",
    )
    deliver("tokenmix", ARTICLE.read_bytes(), "2026-04-24")
    models = dict(Model.objects.values_list("slug", "pk"))
    benchmarks = dict(Benchmark.objects.values_list("slug", "pk"))
    say(
        *(
            score(
                models[model],
                benchmarks[benchmark],
                figure.removeprefix("~"),
                setup=setup,
                qualifier="approximate" if figure.startswith("~") else "exact",
            )
            for (benchmark, setup), figures in FURTHER.items()
            for model, figure in zip(
                ("gpt-5.5", "deepseek-v4-pro", "deepseek-v4-flash"), figures, strict=True
            )
        )
    )


@pytest.fixture
def compared(launch: None, client: Client) -> Any:
    """The whole comparison of the article, out of one call."""
    return asked(client, CALL)


def asked(client: Client, path: str) -> Any:
    """The body of an answer that must be one."""
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.content
    return answer.json()
