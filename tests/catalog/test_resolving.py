"""Spellings that clients, bills and logs hold, and what each of them means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.catalog.declared import (
    Declarations,
    DeclaredLab,
    DeclaredProvider,
    ProviderKind,
)
from registry.catalog.identity import IdentityIndex
from registry.catalog.resolving import How, KnownOffer, Resolver
from registry.catalog.spellings import Step, spellings

SELLERS = {
    "openai": "openai",
    "anthropic": "anthropic",
    "azure": "azure",
    "bedrock": "amazon-bedrock",
    "openrouter": "openrouter",
    "vertex_ai": "google-vertex",
    "deepseek": "deepseek",
    "gemini": "google",
}
HELD = (
    ("openai", "gpt-5.5", "openai/gpt-5.5", True),
    ("openai", "ft:gpt-4.1", "openai/gpt-4.1", True),
    ("openai", "gpt-4.1", "openai/gpt-4.1", True),
    ("azure", "gpt-5.5", "openai/gpt-5.5", False),
    ("azure", "gpt-5.5-2026-04-23", "openai/gpt-5.5", False),
    ("anthropic", "claude-opus-4-7", "anthropic/claude-opus-4-7", True),
    ("google-vertex", "claude-opus-4-7", "anthropic/claude-opus-4-7", False),
    ("amazon-bedrock", "anthropic.claude-opus-4-7", "anthropic/claude-opus-4-7", False),
    ("openrouter", "anthropic/claude-opus-4.7", "anthropic/claude-opus-4-7", False),
    ("openrouter", "deepseek/deepseek-v4-pro", "deepseek/deepseek-v4-pro", False),
    ("openrouter", "deepseek/deepseek-r1:free", "deepseek/deepseek-r1", False),
    ("deepseek", "deepseek-v4-pro", "deepseek/deepseek-v4-pro", True),
    ("together", "deepseek-ai/DeepSeek-V4-Pro", "deepseek/deepseek-v4-pro", False),
    ("novita", "deepseek-ai/DeepSeek-V4-Pro", "deepseek/deepseek-v4-pro", False),
    ("google", "gemini-2.5-pro", "google/gemini-2.5-pro", True),
)
IDS = {f"{provider}/{model_id}": pk for pk, (provider, model_id, _, _) in enumerate(HELD)}
DECLARED = Declarations(
    labs=(DeclaredLab("deepseek", "DeepSeek", namespaces=("deepseek-ai", "deepseek")),),
    providers=(DeclaredProvider("together", "Together", ProviderKind.HOST),),
)


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    offers = [KnownOffer(pk, *columns) for pk, columns in enumerate(HELD)]
    aliases = [("deepseek", "deepseek-reasoner-v4", IDS["deepseek/deepseek-v4-pro"])]
    models = sorted({offer.model for offer in offers if offer.model})
    return Resolver(offers, aliases, IdentityIndex(DECLARED, models), SELLERS)


@pytest.mark.parametrize(
    ("written", "offer", "how"),
    [
        ("openai/gpt-5.5", "openai/gpt-5.5", How.EXACT),
        ("gpt-5.5", "openai/gpt-5.5", How.EXACT),
        ("GPT-5.5", "openai/gpt-5.5", How.SPELLING),
        ("openrouter/deepseek/deepseek-v4-pro", "openrouter/deepseek/deepseek-v4-pro", How.EXACT),
        ("deepseek/deepseek-v4-pro", "deepseek/deepseek-v4-pro", How.EXACT),
        ("deepseek/deepseek-r1:free", "openrouter/deepseek/deepseek-r1:free", How.EXACT),
        ("anthropic/claude-opus-4.7", "anthropic/claude-opus-4-7", How.SPELLING),
        ("anthropic/claude-opus-4.7:nitro", "anthropic/claude-opus-4-7", How.RULE),
        ("deepseek-reasoner-v4", "deepseek/deepseek-v4-pro", How.ALIAS),
        ("models/gemini-2.5-pro", "google/gemini-2.5-pro", How.EXACT),
        ("claude-opus-4-7@20260415", "google-vertex/claude-opus-4-7", How.RULE),
        ("claude-opus-4-7[1m]", "anthropic/claude-opus-4-7", How.RULE),
        ("claude-opus-4-7-latest", "anthropic/claude-opus-4-7", How.RULE),
        ("ft:gpt-4.1:our-org:support:abc123", "openai/ft:gpt-4.1", How.RULE),
    ],
)
def test_a_spelling_leads_to_its_offer(
    resolver: Resolver, written: str, offer: str, how: How
) -> None:
    found = resolver.resolve(written)
    assert found.offer is not None
    assert (found.offer.ref, found.offer_by) == (offer, how)
    assert found.model == HELD[IDS[offer]][2]


@pytest.mark.parametrize(
    ("written", "offer", "region"),
    [
        ("azure/eu/gpt-5.5-2026-04-23", "azure/gpt-5.5-2026-04-23", "eu"),
        ("azure/eu/gpt-5.5-2026-05-01", "azure/gpt-5.5", "eu"),
        (
            "us.anthropic.claude-opus-4-7-20260415-v1:0",
            "amazon-bedrock/anthropic.claude-opus-4-7",
            "us",
        ),
        (
            "bedrock/us-east-1/anthropic.claude-opus-4-7",
            "amazon-bedrock/anthropic.claude-opus-4-7",
            "us-east-1",
        ),
        (
            "arn:aws:bedrock:us-east-1:1234:inference-profile/eu.anthropic.claude-opus-4-7-v1:0",
            "amazon-bedrock/anthropic.claude-opus-4-7",
            "eu",
        ),
        (
            "arn:aws:bedrock:us-west-2::foundation-model/anthropic.claude-opus-4-7",
            "amazon-bedrock/anthropic.claude-opus-4-7",
            "us-west-2",
        ),
        (
            "projects/p/locations/europe-west4/publishers/anthropic/models/claude-opus-4-7@default",
            "google-vertex/claude-opus-4-7",
            "europe-west4",
        ),
    ],
)
def test_a_region_in_the_spelling_is_found(
    resolver: Resolver, written: str, offer: str, region: str
) -> None:
    found = resolver.resolve(written)
    assert found.offer is not None
    assert (found.offer.ref, found.region) == (offer, region)


def test_a_tier_in_the_spelling_is_found(resolver: Resolver) -> None:
    found = resolver.resolve("gpt-5.5:batch", "openai")
    assert found.offer is not None
    assert (found.offer.ref, found.tier, found.steps) == (
        "openai/gpt-5.5",
        "batch",
        (Step.TIER,),
    )


def test_a_given_provider_decides(resolver: Resolver) -> None:
    found = resolver.resolve("anthropic/claude-opus-4.7", "openrouter")
    assert found.offer is not None
    assert found.offer.ref == "openrouter/anthropic/claude-opus-4.7"
    assert resolver.resolve("gpt-5.5", "deepseek").offer is None


@pytest.mark.parametrize(
    "written", ["deepseek-ai/DeepSeek-V4-Pro", "https://huggingface.co/deepseek-ai/DeepSeek-V4-Pro"]
)
def test_of_several_sellers_none_is_guessed(resolver: Resolver, written: str) -> None:
    found = resolver.resolve(written)
    assert found.offer is None
    assert found.model == "deepseek/deepseek-v4-pro"
    assert [offer.ref for offer in found.offers] == [
        "novita/deepseek-ai/DeepSeek-V4-Pro",
        "together/deepseek-ai/DeepSeek-V4-Pro",
    ]


def test_a_bare_id_names_the_others_who_sell_it(resolver: Resolver) -> None:
    assert [offer.ref for offer in resolver.resolve("gpt-5.5").offers] == ["azure/gpt-5.5"]


@pytest.mark.parametrize(
    ("written", "model"),
    [
        ("deepseek/deepseek-v4-pro:free", "deepseek/deepseek-v4-pro"),
        ("ft:gpt-5.5:our-org::abc123", "openai/gpt-5.5"),
        ("gpt-5.5-2026-04-23.ft-0a1b2c", "openai/gpt-5.5"),
    ],
)
def test_what_has_a_price_of_its_own_is_not_billed_as_its_base(
    resolver: Resolver, written: str, model: str
) -> None:
    found = resolver.resolve(written)
    assert (found.offer, found.model) == (None, model)
    assert found.offers


def test_a_name_may_tell_the_model_of_an_offer_that_is_not_held(resolver: Resolver) -> None:
    found = resolver.resolve("deepseek-ai/deepseek-v4-pro", "together-eu")
    assert (found.offer, found.model, found.model_by) == (
        None,
        "deepseek/deepseek-v4-pro",
        How.NAME,
    )


def test_what_nobody_knows_is_nothing(resolver: Resolver) -> None:
    found = resolver.resolve("nonsense-9000")
    assert (found.offer, found.model, found.offers, found.models) == (None, None, (), ())


@given(st.text(max_size=80), st.none() | st.sampled_from(["azure", "amazon-bedrock", "nobody"]))
def test_any_text_is_read_without_fault_and_ends(written: str, provider: str | None) -> None:
    read = spellings(written, provider, sellers=SELLERS)
    assert read[0].model_id == written
    assert len(read) <= 16
    assert len(set(read)) == len(read)


@given(st.sampled_from(sorted(IDS)), st.sampled_from(["", "[1m]"]))
def test_the_registrys_own_id_of_an_offer_always_leads_to_it(
    resolver: Resolver, ref: str, suffix: str
) -> None:
    provider, _, model_id = ref.partition("/")
    found = resolver.resolve(f"{model_id}{suffix}", provider)
    assert found.offer is not None
    assert found.offer.ref == ref
