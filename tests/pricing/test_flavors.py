from decimal import Decimal

import pytest

from registry.pricing.flavors import FLAVORS, read_usage
from registry.pricing.usage import UsageError

SMALLEST = {
    "openai.chat": {"prompt_tokens": 100, "completion_tokens": 20},
    "openai.responses": {"input_tokens": 100, "output_tokens": 20},
    "anthropic.messages": {"input_tokens": 100, "output_tokens": 20},
    "google.generate_content": {"promptTokenCount": 100, "candidatesTokenCount": 20},
}


def leaves(flavor: str, reported: object) -> dict[str, int]:
    return {name: int(count) for name, count in read_usage(flavor, reported).leaves()}


@pytest.mark.parametrize("flavor", FLAVORS)
def test_the_smallest_usage_of_every_flavor_is_input_and_output(flavor: str) -> None:
    assert leaves(flavor, SMALLEST[flavor]) == {"input_tokens": 100, "output_tokens": 20}


@pytest.mark.parametrize("flavor", FLAVORS)
def test_texts_flags_nulls_and_unknown_zeros_are_passed_over(flavor: str) -> None:
    chatter = {"service_tier": "standard", "is_byok": False, "future": None, "new_tokens": 0}
    assert read_usage(flavor, {**SMALLEST[flavor], **chatter}) == read_usage(
        flavor, SMALLEST[flavor]
    )


@pytest.mark.parametrize("flavor", FLAVORS)
@pytest.mark.parametrize("value", [1, 1.5, Decimal("0.1"), [{"count": 3}], {"inner": 2}])
def test_an_unknown_count_is_refused_by_name(flavor: str, value: object) -> None:
    with pytest.raises(UsageError) as refused:
        read_usage(flavor, {**SMALLEST[flavor], "new_tokens": value})
    assert refused.value.field.startswith("new_tokens")


@pytest.mark.parametrize("flavor", FLAVORS)
@pytest.mark.parametrize("value", [True, -1, 1.0, "100", [1], None])
def test_a_required_count_that_is_none_is_refused_by_name(flavor: str, value: object) -> None:
    field = next(iter(SMALLEST[flavor]))
    with pytest.raises(UsageError) as refused:
        read_usage(flavor, {**SMALLEST[flavor], field: value})
    assert refused.value.field == field


def test_openai_counts_cached_tokens_within_the_prompt() -> None:
    for flavor, sent, written in (
        ("openai.chat", "prompt", "completion"),
        ("openai.responses", "input", "output"),
    ):
        reported = {
            f"{sent}_tokens": 1000,
            f"{written}_tokens": 300,
            "total_tokens": 1300,
            f"{sent}_tokens_details": {"cached_tokens": 400, "audio_tokens": 50},
            f"{written}_tokens_details": {
                "reasoning_tokens": 200,
                "audio_tokens": 0,
                "accepted_prediction_tokens": 7,
                "rejected_prediction_tokens": 3,
            },
        }
        assert leaves(flavor, reported) == {
            "input_tokens": 550,
            "cache_read_tokens": 400,
            "input_audio_tokens": 50,
            "output_tokens": 100,
            "reasoning_tokens": 200,
        }


def test_openai_tells_cached_audio_from_cached_text() -> None:
    reported = {
        "input_tokens": 1000,
        "output_tokens": 1,
        "input_tokens_details": {
            "cached_tokens": 300,
            "text_tokens": 600,
            "audio_tokens": 400,
            "cached_tokens_details": {"text_tokens": 200, "audio_tokens": 100},
        },
    }
    assert leaves("openai.responses", reported) == {
        "input_tokens": 400,
        "cache_read_tokens": 200,
        "input_audio_tokens": 300,
        "cache_read_audio_tokens": 100,
        "output_tokens": 1,
    }


def test_a_compatible_provider_may_count_hits_and_misses() -> None:
    reported = {
        "prompt_tokens": 100,
        "completion_tokens": 20,
        "total_tokens": 120,
        "prompt_cache_hit_tokens": 60,
        "prompt_cache_miss_tokens": 40,
        "prompt_tokens_details": {"cached_tokens": 60},
    }
    expected = {"input_tokens": 40, "cache_read_tokens": 60, "output_tokens": 20}
    assert leaves("openai.chat", reported) == expected
    del reported["prompt_tokens_details"]
    assert leaves("openai.chat", reported) == expected


def test_an_embedding_has_no_completion() -> None:
    assert leaves("openai.chat", {"prompt_tokens": 8, "total_tokens": 8}) == {"input_tokens": 8}


def test_anthropic_counts_cached_tokens_beside_the_input() -> None:
    reported = {
        "input_tokens": 100,
        "cache_read_input_tokens": 5000,
        "cache_creation_input_tokens": 700,
        "cache_creation": {"ephemeral_5m_input_tokens": 300, "ephemeral_1h_input_tokens": 400},
        "output_tokens": 50,
        "server_tool_use": {"web_search_requests": 2, "web_fetch_requests": 1},
        "service_tier": "standard",
    }
    usage = read_usage("anthropic.messages", reported)
    assert usage.count("input_tokens") == 5800
    assert dict(usage.leaves()) == {
        "input_tokens": 100,
        "cache_read_tokens": 5000,
        "cache_write_5m_tokens": 300,
        "cache_write_1h_tokens": 400,
        "output_tokens": 50,
        "web_searches": 2,
    }


def test_anthropics_cache_writes_are_of_five_minutes_where_they_are_not_told_apart() -> None:
    reported = {"input_tokens": 1, "output_tokens": 1, "cache_creation_input_tokens": 7}
    assert leaves("anthropic.messages", reported)["cache_write_5m_tokens"] == 7


def test_google_counts_thoughts_beside_the_candidates_and_tools_beside_the_prompt() -> None:
    reported = {
        "promptTokenCount": 1000,
        "cachedContentTokenCount": 300,
        "toolUsePromptTokenCount": 50,
        "candidatesTokenCount": 200,
        "thoughtsTokenCount": 80,
        "totalTokenCount": 1330,
        "trafficType": "ON_DEMAND",
        "promptTokensDetails": [
            {"modality": "TEXT", "tokenCount": 500},
            {"modality": "AUDIO", "tokenCount": 300},
            {"modality": "VIDEO", "tokenCount": 200},
        ],
        "cacheTokensDetails": [
            {"modality": "TEXT", "tokenCount": 150},
            {"modality": "AUDIO", "tokenCount": 100},
            {"modality": "VIDEO", "tokenCount": 50},
        ],
        "toolUsePromptTokensDetails": [{"modality": "TEXT", "tokenCount": 50}],
        "candidatesTokensDetails": [
            {"modality": "TEXT", "tokenCount": 120},
            {"modality": "IMAGE", "tokenCount": 80},
        ],
    }
    assert leaves("google.generate_content", reported) == {
        "input_tokens": 400,
        "cache_read_tokens": 200,
        "input_audio_tokens": 200,
        "cache_read_audio_tokens": 100,
        "input_video_tokens": 150,
        "output_tokens": 120,
        "reasoning_tokens": 80,
        "output_image_tokens": 80,
    }


def test_google_cached_tokens_of_an_all_text_prompt_need_no_details() -> None:
    reported = {"promptTokenCount": 100, "cachedContentTokenCount": 60, "totalTokenCount": 100}
    assert leaves("google.generate_content", reported) == {
        "input_tokens": 40,
        "cache_read_tokens": 60,
    }


CONTRADICTIONS = [
    ("openai.chat", {"total_tokens": 121}, "total_tokens"),
    ("openai.chat", {"prompt_tokens_details": {"cached_tokens": 101}}, "input_tokens"),
    ("openai.chat", {"completion_tokens_details": {"reasoning_tokens": 21}}, "output_tokens"),
    (
        "openai.chat",
        {"prompt_cache_hit_tokens": 5, "prompt_tokens_details": {"cached_tokens": 6}},
        "prompt_tokens_details.cached_tokens",
    ),
    (
        "openai.chat",
        {"prompt_cache_hit_tokens": 60, "prompt_cache_miss_tokens": 41},
        "prompt_cache_miss_tokens",
    ),
    (
        "openai.responses",
        {
            "input_tokens_details": {
                "cached_tokens": 5,
                "cached_tokens_details": {"audio_tokens": 6},
            }
        },
        "input_tokens_details.cached_tokens",
    ),
    (
        "anthropic.messages",
        {
            "cache_creation_input_tokens": 7,
            "cache_creation": {"ephemeral_5m_input_tokens": 3, "ephemeral_1h_input_tokens": 3},
        },
        "cache_creation_input_tokens",
    ),
    ("google.generate_content", {"totalTokenCount": 121}, "totalTokenCount"),
    ("google.generate_content", {"cachedContentTokenCount": 101}, "input_tokens"),
    (
        "google.generate_content",
        {
            "cachedContentTokenCount": 10,
            "promptTokensDetails": [{"modality": "AUDIO", "tokenCount": 50}],
        },
        "cacheTokensDetails",
    ),
    (
        "google.generate_content",
        {"promptTokensDetails": [{"modality": "SMELL", "tokenCount": 50}]},
        "promptTokensDetails.modality",
    ),
    (
        "google.generate_content",
        {
            "cachedContentTokenCount": 10,
            "cacheTokensDetails": [{"modality": "TEXT", "tokenCount": 9}],
        },
        "cachedContentTokenCount",
    ),
]


@pytest.mark.parametrize(("flavor", "more", "field"), CONTRADICTIONS)
def test_counts_that_contradict_each_other_are_refused_by_field(
    flavor: str, more: dict[str, object], field: str
) -> None:
    with pytest.raises(UsageError) as refused:
        read_usage(flavor, {**SMALLEST[flavor], **more})
    assert refused.value.field == field


def test_an_unknown_flavor_is_named_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"flavor: 'cohere'.*openai\.chat"):
        read_usage("cohere", {})


@pytest.mark.parametrize("reported", [None, [], "usage", 5])
def test_what_is_no_object_is_refused(reported: object) -> None:
    with pytest.raises(UsageError, match="usage: "):
        read_usage("openai.chat", reported)
