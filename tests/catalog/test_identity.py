"""Which model an offer is: every rule by example, ambiguity, and independence of order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.catalog.declarations import declarations
from registry.catalog.declared import Declarations, DeclaredLab, DeclaredProvider, ProviderKind
from registry.catalog.identity import IdentityIndex
from registry.catalog.matches import Match, NewModel, ProviderMatch, Reason, Rule, Unmatched

MODELS = (
    "amazon/nova-lite-v1",
    "anthropic/claude-3-5-sonnet",
    "anthropic/claude-haiku-4-5",
    "anthropic/claude-opus-4-7",
    "deepseek/deepseek-v3.1",
    "deepseek/deepseek-v3.2",
    "deepseek/deepseek-v4-pro",
    "google/gemini-2.5-pro",
    "meta/llama-3.1-8b-instruct",
    "moonshotai/kimi-k2.6",
    "openai/gpt-5.5",
    "openai/gpt-oss-120b",
    "xai/grok-4",
    "zai/glm-5.2",
)


@pytest.fixture(scope="module")
def index() -> IdentityIndex:
    return IdentityIndex(declarations(), MODELS)


@pytest.mark.parametrize(
    ("provider", "model_id", "model", "rule"),
    [
        ("deepseek", "deepseek-v4-pro", "deepseek/deepseek-v4-pro", Rule.OWN_ID),
        ("openai", "gpt-5.5-2026-04-23", "openai/gpt-5.5", Rule.OWN_ID),
        ("openai", "ft:gpt-5.5", "openai/gpt-5.5", Rule.OWN_ID),
        ("anthropic", "claude-opus-4-7-20260415", "anthropic/claude-opus-4-7", Rule.OWN_ID),
        ("anthropic", "claude-4.5-haiku", "anthropic/claude-haiku-4-5", Rule.OWN_ID),
        ("google", "models/gemini-2.5-pro", "google/gemini-2.5-pro", Rule.OWN_ID),
        ("xai", "grok-4-0709", "xai/grok-4", Rule.OWN_ID),
        ("openrouter", "anthropic/claude-opus-4.7", "anthropic/claude-opus-4-7", Rule.NAMESPACE),
        ("openrouter", "z-ai/glm-5.2:free", "zai/glm-5.2", Rule.NAMESPACE),
        ("openrouter", "x-ai/grok-4", "xai/grok-4", Rule.NAMESPACE),
        ("deepinfra", "zai-org/GLM-5.2", "zai/glm-5.2", Rule.NAMESPACE),
        ("deepinfra", "deepseek-ai/DeepSeek-V4-Pro", "deepseek/deepseek-v4-pro", Rule.NAMESPACE),
        ("synthetic", "hf:moonshotai/Kimi-K2.6", "moonshotai/kimi-k2.6", Rule.NAMESPACE),
        (
            "togetherai",
            "meta-llama/Meta-Llama-3.1-8B-Instruct",
            "meta/llama-3.1-8b-instruct",
            Rule.NAMESPACE,
        ),
        (
            "cloudflare-workers-ai",
            "@cf/meta/llama-3.1-8b-instruct",
            "meta/llama-3.1-8b-instruct",
            Rule.NAMESPACE,
        ),
        (
            "google-vertex",
            "deepseek-ai/deepseek-v3.2-maas",
            "deepseek/deepseek-v3.2",
            Rule.NAMESPACE,
        ),
        (
            "amazon-bedrock",
            "us.anthropic.claude-3-5-sonnet-20241022-v2:0",
            "anthropic/claude-3-5-sonnet",
            Rule.VENDOR_ID,
        ),
        (
            "amazon-bedrock",
            "anthropic.claude-opus-4-7",
            "anthropic/claude-opus-4-7",
            Rule.VENDOR_ID,
        ),
        ("amazon-bedrock", "amazon.nova-lite-v1:0:300k", "amazon/nova-lite-v1", Rule.VENDOR_ID),
        ("amazon-bedrock", "openai.gpt-oss-120b-1:0", "openai/gpt-oss-120b", Rule.VENDOR_ID),
        ("amazon-bedrock", "deepseek.v3.1", "deepseek/deepseek-v3.1", Rule.VENDOR_ID),
        (
            "amazon-bedrock",
            "us.meta.llama3-1-8b-instruct-v1:0",
            "meta/llama-3.1-8b-instruct",
            Rule.VENDOR_ID,
        ),
        (
            "google-vertex",
            "claude-opus-4-7@20260415",
            "anthropic/claude-opus-4-7",
            Rule.FAMILY,
        ),
        ("google-vertex", "claude-opus-4-7@default", "anthropic/claude-opus-4-7", Rule.FAMILY),
        (
            "fireworks-ai",
            "accounts/fireworks/models/deepseek-v3p2",
            "deepseek/deepseek-v3.2",
            Rule.FAMILY,
        ),
        ("alibaba", "deepseek-v4-pro", "deepseek/deepseek-v4-pro", Rule.FAMILY),
        ("azure", "gpt-5.5", "openai/gpt-5.5", Rule.FAMILY),
    ],
)
def test_an_id_leads_to_its_model(
    index: IdentityIndex, provider: str, model_id: str, model: str, rule: Rule
) -> None:
    assert index.link(provider, model_id) == Match(model, rule)


@pytest.mark.parametrize(
    ("provider", "model_id", "reason"),
    [
        ("openrouter", "openrouter/auto", Reason.UNKNOWN_NAMESPACE),
        ("openrouter", "~anthropic/claude-opus-latest", Reason.UNKNOWN_NAMESPACE),
        ("chutes", "unsloth/gpt-oss-120b", Reason.UNKNOWN_NAMESPACE),
        ("deepinfra", "Qwen/Qwen-9000", Reason.UNKNOWN_MODEL),
        ("azure", "gpt-5.5-turbo", Reason.UNKNOWN_MODEL),
        ("groq", "auto", Reason.UNKNOWN_FAMILY),
        ("litellm-somebody", "gpt-5.5", Reason.UNKNOWN_FAMILY),
    ],
)
def test_what_no_rule_reads_has_no_model(
    index: IdentityIndex, provider: str, model_id: str, reason: Reason
) -> None:
    assert index.link(provider, model_id) == Unmatched(reason)


def test_a_quantised_or_extended_name_is_not_taken_for_the_model(index: IdentityIndex) -> None:
    for model_id in ("zai-org/GLM-5.2-FP8", "zai-org/GLM-5.2-Turbo", "zai-org/GLM-5"):
        assert index.link("deepinfra", model_id) == Unmatched(Reason.UNKNOWN_MODEL)


def test_two_models_of_one_spelling_are_a_question() -> None:
    index = IdentityIndex(declarations(), ["zai/glm-9.1", "zai/glm-9-1"])
    found = index.link("deepinfra", "zai-org/GLM-9.1")
    assert found == Unmatched(Reason.AMBIGUOUS, ("zai/glm-9-1", "zai/glm-9.1"))


def test_an_alias_that_two_models_own_is_a_question() -> None:
    aliases = [("the-model", "zai/glm-5.2"), ("The-Model", "xai/grok-4")]
    found = IdentityIndex(declarations(), MODELS, aliases).link("groq", "the-model")
    assert found == Unmatched(Reason.AMBIGUOUS, ("xai/grok-4", "zai/glm-5.2"))


def test_a_curated_alias_links_everywhere() -> None:
    aliases = [("the-model", "zai/glm-5.2"), ("unsloth/gpt-oss", "openai/gpt-oss-120b")]
    index = IdentityIndex(declarations(), MODELS, aliases)
    assert index.link("groq", "The-Model") == Match("zai/glm-5.2", Rule.ALIAS)
    assert index.link("chutes", "the-model") == Match("zai/glm-5.2", Rule.ALIAS)
    assert index.link("chutes", "unsloth/gpt-oss") == Match("openai/gpt-oss-120b", Rule.ALIAS)


def test_other_names_of_the_offer_count_when_its_id_says_nothing(index: IdentityIndex) -> None:
    found = index.link("groq", "house-model", ["gpt-5.5", "gpt-5.5-2026-04-23"])
    assert found == Match("openai/gpt-5.5", Rule.OFFER_ALIAS)


def test_other_names_that_disagree_are_a_question(index: IdentityIndex) -> None:
    found = index.link("groq", "house-model", ["gpt-5.5", "grok-4"])
    assert found == Unmatched(Reason.AMBIGUOUS, ("openai/gpt-5.5", "xai/grok-4"))


@pytest.mark.parametrize(
    ("provider", "model_id", "lab", "slug"),
    [
        ("openai", "gpt-9-2027-01-31", "openai", "gpt-9"),
        ("anthropic", "claude-9.1", "anthropic", "claude-9-1"),
        ("openrouter", "anthropic/claude-9.1:free", "anthropic", "claude-9-1"),
        ("openrouter", "sao10k/l9-euryale", "sao10k", "l9-euryale"),
        ("google-vertex", "gemini-9-pro", "google", "gemini-9-pro"),
        ("minimax", "MiniMax-M9", "minimax", "minimax-m9"),
        ("amazon-bedrock", "amazon.nova-pro-v9:0", "amazon", "nova-pro-v9"),
    ],
)
def test_a_labs_own_word_proves_a_model(
    index: IdentityIndex, provider: str, model_id: str, lab: str, slug: str
) -> None:
    assert index.proven_model(provider, model_id) == NewModel(lab, slug)


@pytest.mark.parametrize(
    ("provider", "model_id"),
    [
        ("openai", "gpt-5.5"),  # known already
        ("deepinfra", "zai-org/GLM-9"),  # a host's word
        ("alibaba", "kimi-k9"),  # another lab's model
        ("zai-coding-plan", "glm-9"),  # a plan
        ("google-vertex", "somebody-else"),
        ("openrouter", "openrouter/auto"),
    ],
)
def test_nobody_elses_word_proves_a_model(
    index: IdentityIndex, provider: str, model_id: str
) -> None:
    assert index.proven_model(provider, model_id) is None


@pytest.mark.parametrize(
    ("source", "name", "slug"),
    [
        ("litellm", "bedrock_converse", "amazon-bedrock"),
        ("models-dev", "amazon-bedrock", "amazon-bedrock"),
        ("genai-prices", "aws", "amazon-bedrock"),
        ("litellm", "gemini", "google"),
        ("litellm", "vertex_ai-anthropic_models", "google-vertex"),
        ("litellm", "dashscope", "alibaba"),
        ("models-dev", "alibaba-cn", "alibaba-cn"),
        ("portkey", "x-ai", "xai"),
        ("deepseek", "deepseek", "deepseek"),
    ],
)
def test_a_sources_name_means_a_declared_provider(
    index: IdentityIndex, source: str, name: str, slug: str
) -> None:
    assert index.reader.provider_for(source, name) == ProviderMatch(slug, declared=True)


def test_an_undeclared_name_is_a_provider_of_its_own(index: IdentityIndex) -> None:
    assert index.reader.provider_for("litellm", "amazon-bedrock") == ProviderMatch(
        "litellm-amazon-bedrock", declared=False
    )
    assert index.reader.provider_for("portkey", "newhost") == ProviderMatch(
        "portkey-newhost", False
    )


@given(st.permutations(MODELS), st.permutations(MODELS))
def test_linking_does_not_depend_on_the_order_of_what_is_known(
    one: list[str], other: list[str]
) -> None:
    ids = [("deepinfra", "zai-org/GLM-5.2"), ("azure", "gpt-5.5"), ("groq", "grok-4")]
    first, second = (IdentityIndex(declarations(), models) for models in (one, other))
    assert [first.link(*name) for name in ids] == [second.link(*name) for name in ids]


@given(st.data())
def test_models_are_the_same_in_whatever_order_ids_are_met(data: st.DataObject) -> None:
    ids = [
        ("anthropic", "claude-9-1-20270101"),
        ("openrouter", "anthropic/claude-9.1"),
        ("openrouter", "anthropic/claude-9.1:thinking"),
        ("openai", "gpt-9-2027-01-31"),
        ("openai", "gpt-9"),
    ]
    index = IdentityIndex(declarations())
    found = set()
    for provider, model_id in data.draw(st.permutations(ids)):
        model = index.proven_model(provider, model_id)
        if model is not None:
            index.add(model.ref)
            found.add(model.ref)
    assert found == {"anthropic/claude-9-1", "openai/gpt-9"}


def test_the_longest_family_wins() -> None:
    labs = (
        DeclaredLab("short", "Short", families=("llama-",)),
        DeclaredLab("long", "Long", families=("llama-3.1-nemotron-",)),
    )
    host = DeclaredProvider("host", "Host", ProviderKind.HOST)
    index = IdentityIndex(Declarations(labs, (host,)), ["long/llama-3.1-nemotron-70b"])
    found = index.link("host", "llama-3_1-nemotron-70b")
    assert found == Match("long/llama-3.1-nemotron-70b", Rule.FAMILY)
