"""A small registry as the pages show it: two labs, a host and a reseller over three dates."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.pipeline.bodies import llm_prices, models_dev, record
from tests.pipeline.taking import deliver

Open = Callable[..., str]


@pytest.fixture
def registry(sources: None) -> None:
    """Two sources over three dates; llm-prices is trusted more than models.dev."""
    first = [
        record("deepseek-v4-pro", ("1.74", "3.48", "0.145")) | {"vendor": '"deepseek"'},
        record("gpt-5.5", ("5", "30", "0.5")),
        record("gpt-5.5-272k", ("10", "45", "1")) | {"name": '"gpt-5.5 >272k"'},
    ]
    deliver("llm-prices", llm_prices(*first), "2026-04-24")
    rows = {
        "deepseek/deepseek-v4-pro": {"input": "1.74", "output": "3.48", "cache_read": "0.145"},
        "novita-ai/deepseek/deepseek-v4-pro": {"input": "1.6", "output": "3.2"},
        "openrouter/deepseek/deepseek-v4-pro": {"input": "1.5", "output": "3.2"},
    }
    deliver("models-dev", models_dev(rows), "2026-04-30")
    cut = [record("deepseek-v4-pro", ("0.87", "1.74", "0.145")) | {"vendor": '"deepseek"'}]
    deliver("llm-prices", llm_prices(*cut, *first[1:]), "2026-05-30")


@pytest.fixture
def page(client: Client) -> Open:
    """Opens a page and gives its HTML; ``status`` is what it must answer."""

    def get(address: str, *, status: int = 200, **headers: str) -> str:
        answer = client.get(address, headers=headers)
        assert answer.status_code == status, answer.content
        return answer.content.decode()

    return get
