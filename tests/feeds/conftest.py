"""Three days of DeepSeek's prices, from one feed."""

from __future__ import annotations

import pytest

from tests.pipeline.bodies import llm_prices, record
from tests.pipeline.taking import deliver


def prices(*figures: str) -> bytes:
    """A body in which DeepSeek V4 Pro costs this: input, output and cache read."""
    return llm_prices(record("deepseek-v4-pro", figures) | {"vendor": '"deepseek"'})


@pytest.fixture
def registry(sources: None) -> None:
    """Revisions 1 and 2: a first price, and half of it a month later; fresh for 60 days each."""
    deliver("llm-prices", prices("1.74", "3.48", "0.145"), "2026-04-24")
    deliver("llm-prices", prices("0.87", "1.74", "0.145"), "2026-05-24")
