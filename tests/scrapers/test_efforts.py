"""Efforts in model names are split off; what is part of a name stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.scoring.setups import Setup, setup_name
from scrapers.efforts import effort_of, split_brackets, split_dashes, split_underscore


@pytest.mark.parametrize(
    ("split", "written", "name", "effort"),
    [
        (split_underscore, "gpt-5.5-pre-release_xhigh", "gpt-5.5-pre-release", "xhigh"),
        (split_underscore, "gpt-5.5_unknown", "gpt-5.5", None),
        (split_underscore, "claude-3-7-sonnet-20250219_16K", "claude-3-7-sonnet-20250219",
         "thinking-16k"),
        (split_underscore, "internlm2_5-7b", "internlm2_5-7b", None),
        (split_underscore, "_high", "_high", None),
        (split_brackets, "GPT-5 (high)", "GPT-5", "high"),
        (split_brackets, "GPT-5 (2025-08-07) (medium reasoning)", "GPT-5 (2025-08-07)", "medium"),
        (split_brackets, "GLM-4.5V (Non-reasoning)", "GLM-4.5V", "none"),
        (split_brackets, "Opus (Adaptive Reasoning, Max Effort)", "Opus", "max"),
        (split_brackets, "Opus (Non-reasoning, High Effort)", "Opus", "none/high"),
        (split_brackets, "Claude Opus 4.6 (120K, High)", "Claude Opus 4.6", "thinking-120k/high"),
        (split_brackets, "gemini-2.5-flash-preview-04-17 (default)",
         "gemini-2.5-flash-preview-04-17", None),
        (split_brackets, "DeepSeek V3 (0324)", "DeepSeek V3 (0324)", None),
        (split_brackets, "o3 (high) + gpt-4.1", "o3 (high) + gpt-4.1", None),
        (split_dashes, "gpt-5.1-2025-11-13-high", "gpt-5.1-2025-11-13", "high"),
        (split_dashes, "claude-opus-4-5-thinking-64k-high-effort", "claude-opus-4-5",
         "thinking-64k/high"),
        (split_dashes, "claude-opus-4-6-thinking-auto-high-effort", "claude-opus-4-6",
         "thinking/high"),
        (split_dashes, "gpt-5.2-nothinking", "gpt-5.2", "none"),
        (split_dashes, "gemini-2.5-pro-06-05-highthinking", "gemini-2.5-pro-06-05", "high"),
        (split_dashes, "gpt-5.1-codex-max", "gpt-5.1-codex-max", None),
        (split_dashes, "gpt-5.1-codex-max-high", "gpt-5.1-codex-max", "high"),
        (split_dashes, "kimi-k2-thinking", "kimi-k2-thinking", None),
        (split_dashes, "mistral-medium-2508", "mistral-medium-2508", None),
    ],
)  # fmt: skip
def test_an_effort_is_split_off_just_where_it_is_one(
    split: Callable[[str], tuple[str, str | None]], written: str, name: str, effort: str | None
) -> None:
    assert split(written) == (name, effort)


@given(st.text(max_size=40))
def test_a_word_that_nobody_declared_is_no_effort(word: str) -> None:
    effort = effort_of(word)
    assert effort is None or Setup(effort=setup_name(effort)).effort == (effort or None)
