"""What a model is called: as its id reads, by who knows best, never after a snapshot of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.curation.policy.facts.names import Label, called

PAGE, LIST, FEED, HOST = 90, 60, 50, 20


def label(text: str, trust: int = FEED, source: str = "feed") -> Label:
    return Label(text, trust, source)


@pytest.mark.parametrize(
    ("slug", "lab", "labels", "name"),
    [
        # The lab's page names the snapshot behind the id, a feed the model.
        (
            "deepseek-v4-pro",
            "DeepSeek",
            [label("DeepSeek-V4-Pro-0813", PAGE, "page"), label("DeepSeek V4 Pro")],
            "DeepSeek V4 Pro",
        ),
        ("kimi-k2", "Moonshot", [label("Kimi K2 0711 Preview"), label("Kimi K2", HOST)], "Kimi K2"),
        (
            "llama-4-maverick",
            "Meta",
            [label("Llama-4-Maverick-17B-128E-Instruct-FP8"), label("Llama 4 Maverick", HOST)],
            "Llama 4 Maverick",
        ),
        # How it is offered, where, and by whom is no part of its name.
        ("gemini-3-pro", "Google", [label("Google: Gemini 3 Pro (free)", HOST)], "Gemini 3 Pro"),
        ("gpt-5.5", "OpenAI", [label("GPT-5.5 (Azure)", HOST)], "GPT-5.5"),
        ("gpt-5.5", "OpenAI", [label("OpenAI GPT-5.5", HOST)], "GPT-5.5"),
        ("gpt-4o", "OpenAI", [label("GPT-4o (2024-11-20)")], "GPT-4o"),
        (
            "claude-opus-4-7",
            "Anthropic",
            [label("Claude Opus 4.7 (Vertex AI (Anthropic))", HOST)],
            "Claude Opus 4.7",
        ),
        ("mistral-medium", "Mistral", [label("Mistral Medium (latest)")], "Mistral Medium"),
        # A name before an id in small letters, where both are the lab's; but the lab's word first.
        (
            "gpt-4.1",
            "OpenAI",
            [label("gpt 4.1", LIST, "list"), label("GPT-4.1", LIST, "other"), label("GPT-4.1")],
            "GPT-4.1",
        ),
        (
            "gpt-oss-120b",
            "OpenAI",
            [label("gpt-oss-120b", LIST, "list"), label("GPT OSS 120B", HOST)],
            "gpt-oss-120b",
        ),
        (
            "deepseek-v4-flash",
            "DeepSeek",
            [
                label("DeepSeek-V4-Flash", PAGE, "page"),
                label("DeepSeek-V4-Flash", LIST, "another list"),
                label("DeepSeek V4 Flash"),
                label("DeepSeek V4 Flash", LIST, "list"),
                label("DeepSeek-V4-Flash", HOST, "host"),
            ],
            "DeepSeek V4 Flash",
        ),
        # A host that lists the id has not named it.
        (
            "mistral-medium-2508",
            "Mistral",
            [label("mistral-medium-2508", HOST, "host"), label("Mistral Medium 3.1")],
            "Mistral Medium 3.1",
        ),
        # The order of words is the lab's.
        (
            "claude-3-5-sonnet",
            "Anthropic",
            [label("Claude 3.5 Sonnet", HOST), label("Claude Sonnet 3.5", PAGE, "page")],
            "Claude Sonnet 3.5",
        ),
        (
            "claude-3-haiku",
            "Anthropic",
            [label("Claude Haiku 3", PAGE, "page"), label("Claude 3 Haiku")],
            "Claude 3 Haiku",
        ),
        # Where nobody spells the id: the lab's own name for it, without a snapshot.
        (
            "mistral-medium-2508",
            "Mistral",
            [label("Mistral Medium 3.1"), label("Mistral: Medium", HOST)],
            "Mistral Medium 3.1",
        ),
        (
            "veo-3.1-fast-generate-preview",
            "Google",
            [label("Veo 3.1", PAGE, "page"), label("Veo 3.1 Fast")],
            "Veo 3.1 Fast",
        ),
        (
            "command-r-plus",
            "Cohere",
            [label("Command R+", LIST, "list"), label("Command R+ (08-2024)")],
            "Command R+",
        ),
        (
            "pixtral-big",
            "Mistral",
            [label("Pixtral Large 2411", PAGE, "page"), label("Pixtral Large", HOST)],
            "Pixtral Large",
        ),
        # And after a snapshot where it is called nothing else.
        ("qwen-plus", "Alibaba", [label("Qwen Plus 3 2026-02-15")], "Qwen Plus 3 2026-02-15"),
        ("ministral-2410", "Mistral", [label("Ministral 8B 24.10")], "Ministral 8B 24.10"),
        # A path is an id of its own.
        ("gemma-7b-it", "Google", [label("@hf/google/gemma-7b-it", HOST)], None),
        ("gpt-5.5", "OpenAI", [], None),
    ],
)
def test_what_a_model_is_called(slug: str, lab: str, labels: list[Label], name: str | None) -> None:
    assert called(slug, lab, labels, None) == name
    assert called(slug, lab, labels[::-1], None) == name


def test_a_name_stays_where_another_is_no_better() -> None:
    labels = [label("GPT 5.5 Pro", source="a"), label("GPT 5.5-Pro", source="b")]
    for stands in ("GPT 5.5 Pro", "GPT 5.5-Pro"):
        assert called("gpt-5.5-pro", "OpenAI", labels, stands) == stands


def test_a_name_that_reads_as_the_id_stays_when_nobody_says_it_any_more() -> None:
    newer = [label("GPT-5.5-0813", PAGE, "page"), label("GPT 5.5 Turbo", HOST)]
    assert called("gpt-5.5", "OpenAI", newer, "GPT-5.5") == "GPT-5.5"
    assert called("gpt-5.5", "OpenAI", newer, "Orion") == "GPT 5.5 Turbo"


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["GPT-5.5", "gpt-5.5", "GPT 5.5 (free)", "OpenAI: GPT-5.5", "Orion"]),
            st.sampled_from([HOST, FEED, LIST, PAGE]),
            st.sampled_from("abc"),
        ),
        max_size=6,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_labels_does_not_matter_and_naming_again_changes_nothing(
    rows: list[tuple[str, int, str]], random: object
) -> None:
    labels = [Label(*row) for row in rows]
    shuffled = list(labels)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    name = called("gpt-5.5", "OpenAI", labels, None)
    assert called("gpt-5.5", "OpenAI", shuffled, None) == name
    assert called("gpt-5.5", "OpenAI", labels, name) == name
    named = [text for text, trust, _ in rows if text != "gpt-5.5" or trust > HOST]
    assert set(named) <= {"Orion"} or name in {"GPT-5.5", "gpt-5.5", "GPT 5.5"}
