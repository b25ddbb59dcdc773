"""Every source as data: where it is read, how often, how far it is believed, and whose word it is.

Trust: the provider's own page or API 90, hand-kept lists that cite the page 60, aggregator feeds
50, resellers 40, press 20. An address belongs to a *part*; most sources have one, under the empty
name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RecordedAs:
    """Where dated recordings of an address lie, as a glob; part ``*`` is the file's stem."""

    pattern: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """One source: ``own_providers`` name whose own word it is, ``derives_from`` whom it copies.

    ``interval_hours``: how often it is due; its word is stale after twice that. ``size_cap``: the
    largest decoded body that is taken, in bytes.
    """

    slug: str
    name: str
    parser: str
    addresses: Mapping[str, str]
    trust: int
    homepage: str
    licence: str
    interval_hours: int = 24
    own_providers: tuple[str, ...] = ()
    derives_from: str | None = None
    size_cap: int = 10_000_000
    recorded_as: tuple[RecordedAs, ...] = field(default=())


_PORTKEY_FILES = (
    "anthropic", "azure-ai", "cohere", "dashscope", "deepseek", "google", "groq", "mistral-ai",
    "moonshot", "openai", "openrouter", "together-ai", "x-ai", "z-ai",
)  # fmt: skip

FEEDS = (
    SourceSpec(
        slug="litellm",
        name="LiteLLM model map",
        parser="litellm",
        addresses={
            "": "https://raw.githubusercontent.com/BerriAI/litellm/main/"
            "model_prices_and_context_window.json"
        },
        trust=50,
        homepage="https://github.com/BerriAI/litellm",
        licence="MIT",
        recorded_as=(RecordedAs("litellm/*/model_prices_and_context_window.json"),),
    ),
    SourceSpec(
        slug="models-dev",
        name="models.dev",
        parser="models_dev",
        addresses={"": "https://models.dev/api.json"},
        trust=50,
        homepage="https://models.dev",
        licence="MIT",
        recorded_as=(RecordedAs("models.dev/*/api.json"),),
    ),
    SourceSpec(
        slug="openrouter",
        name="OpenRouter models",
        parser="openrouter",
        addresses={"": "https://openrouter.ai/api/v1/models"},
        trust=90,
        homepage="https://openrouter.ai",
        licence="none stated",
        interval_hours=6,
        own_providers=("openrouter",),
        recorded_as=(RecordedAs("openrouter/*/models.json"),),
    ),
    SourceSpec(
        slug="genai-prices",
        name="genai-prices",
        parser="genai_prices",
        addresses={
            "": "https://raw.githubusercontent.com/pydantic/genai-prices/refs/heads/main/"
            "prices/new_data/v2/data.json"
        },
        trust=60,
        homepage="https://github.com/pydantic/genai-prices",
        licence="MIT",
        recorded_as=(
            RecordedAs("genai-prices/*/data.json"),
            RecordedAs("genai-prices/*/v2/data.json"),
        ),
    ),
    SourceSpec(
        slug="llm-prices",
        name="llm-prices",
        parser="llm_prices",
        addresses={"": "https://www.llm-prices.com/historical-v1.json"},
        trust=60,
        homepage="https://www.llm-prices.com",
        licence="none stated",
        recorded_as=(RecordedAs("llm-prices/*/historical-v1.json"),),
    ),
    SourceSpec(
        slug="portkey",
        name="Portkey models",
        parser="portkey",
        addresses={
            name: f"https://configs.portkey.ai/pricing/{name}.json" for name in _PORTKEY_FILES
        },
        # A feed with known faults of scale (a model at a hundredth) weighs less than the others.
        trust=45,
        homepage="https://github.com/Portkey-AI/models",
        licence="MIT",
        recorded_as=(RecordedAs("portkey/*/*.json", part="*"),),
    ),
)

PAGES = (
    SourceSpec(
        slug="deepseek",
        name="DeepSeek pricing page",
        parser="deepseek",
        addresses={"": "https://api-docs.deepseek.com/quick_start/pricing"},
        trust=90,
        homepage="https://api-docs.deepseek.com",
        licence="the provider's page; figures only",
        own_providers=("deepseek",),
        recorded_as=(
            RecordedAs("html/*/deepseek-pricing.html"),
            RecordedAs("html/*/deepseek-pricing.excerpt.html"),
        ),
    ),
)

SOURCES = (*FEEDS, *PAGES)
