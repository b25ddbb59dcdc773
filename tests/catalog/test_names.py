"""Spellings of one name are equal; different names are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.catalog.names import (
    MAX_SLUG,
    is_fit,
    key_of,
    model_slug,
    provider_slug,
    undated,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("claude-opus-4.7", "claude-opus-4-7"),
        ("MiniMax-M2", "minimax-m2"),
        ("llama-3_1-nemotron", "llama-3.1-nemotron"),
        ("claude-opus-4-7@20260415", "claude-opus-4-7-20260415"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("gpt-4", "gpt-4o"), ("qwen2.5-7b", "qwen25-7b"), ("kimi-k2", "kimi-k-2"), ("o1", "o1-")],
)
def test_names_that_differ_otherwise_stay_apart(one: str, other: str) -> None:
    assert key_of(one) != key_of(other)


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("gpt-5.5-2026-04-23", "gpt-5.5"),
        ("claude-opus-4-7-20260415", "claude-opus-4-7"),
        ("claude-opus-4-7@20260415", "claude-opus-4-7"),
        ("mistral-large-latest", "mistral-large"),
    ],
)
def test_a_snapshot_is_of_the_undated_model(name: str, model: str) -> None:
    assert undated(name) == model


@pytest.mark.parametrize(
    "name",
    [
        "deepseek-r1-0528",
        "mistral-large-2411",
        "qwen3-235b-a22b-2507",
        "gemini-2.5-pro-preview-05-06",
        "command-r-08-2024",
        "model-20261399",
        "model-2026-13-01",
    ],
)
def test_part_of_a_date_is_part_of_the_name(name: str) -> None:
    assert undated(name) == name


def test_a_lab_that_writes_dashes_gets_dashes_in_its_slugs() -> None:
    assert model_slug("Claude-Opus-4.7", dashed=True) == "claude-opus-4-7"
    assert model_slug("GPT-5.5", dashed=False) == "gpt-5.5"


@given(st.text(min_size=1, max_size=200), st.text(min_size=1, max_size=200))
def test_undeclared_providers_never_share_a_slug(one: str, other: str) -> None:
    slug = provider_slug("litellm", one)
    assert len(slug) <= MAX_SLUG
    assert (slug == provider_slug("litellm", other)) == (one == other)


@pytest.mark.parametrize("name", ["", " a", "a\x00b", "a\u202eb", "x" * 201])
def test_a_name_that_cannot_be_kept_is_told(name: str) -> None:
    assert not is_fit(name)
