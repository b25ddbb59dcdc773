"""Every source as data: where it is read, how often, how far it is believed, and whose word it is.

Trust: the provider's own page or API 90, hand-kept lists that cite the page 60, aggregator feeds
50, resellers 40, press 20. An address belongs to a *part*; most sources have one, under the empty
name.
"""

from __future__ import annotations

from scrapers.leaderboards import BENCHMARKS
from scrapers.source_spec import RecordedAs, SourceSpec

__all__ = ["BENCHMARKS", "FEEDS", "PAGES", "PRESS", "SOURCES", "RecordedAs", "SourceSpec"]

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

# Some pages are filled by a browser; a reader returns their text as Markdown.
_READER = "https://r.jina.ai/"


def _page(
    slug: str,
    name: str,
    address: str,
    *recorded: str,
    parser: str | None = None,
    provider: str | None = None,
) -> SourceSpec:
    """A provider's own price page: parser and provider bear the slug's name unless told."""
    return SourceSpec(
        slug=slug,
        name=name,
        parser=parser or slug,
        addresses={"": address},
        trust=90,
        homepage="/".join(address.removeprefix(_READER).split("/")[:3]),
        licence="the provider's page; figures only",
        own_providers=(provider or slug,),
        recorded_as=tuple(RecordedAs(pattern) for pattern in recorded),
    )


PAGES = (
    _page(
        "deepseek",
        "DeepSeek price page",
        "https://api-docs.deepseek.com/quick_start/pricing",
        "html/*/deepseek-pricing.html",
        "html/*/deepseek-pricing.excerpt.html",
    ),
    _page(
        "deepseek-zh",
        "DeepSeek price page in Chinese",
        "https://api-docs.deepseek.com/zh-cn/quick_start/pricing",
        "html/*/deepseek-pricing.zh.html",
        parser="deepseek",
        provider="deepseek",
    ),
    _page(
        "anthropic",
        "Anthropic prices, documentation",
        "https://platform.claude.com/docs/en/about-claude/pricing.md",
        "docs-md/*/anthropic-pricing.md",
    ),
    _page(
        "claude-com",
        "Anthropic price page",
        "https://claude.com/pricing",
        "html/*/anthropic-pricing.html",
        parser="anthropic",
        provider="anthropic",
    ),
    _page(
        "openai",
        "OpenAI price page",
        "https://developers.openai.com/api/docs/pricing",
        "html/*/openai-pricing.html",
        "docs-md/*/openai-pricing.jina.md",
    ),
    _page(
        "google",
        "Gemini API price page",
        f"{_READER}https://ai.google.dev/gemini-api/docs/pricing",
        "docs-md/*/gemini-pricing.jina.md",
        parser="gemini",
    ),
    _page(
        "xai",
        "xAI models and prices",
        f"{_READER}https://docs.x.ai/docs/models",
        "docs-md/*/grok-pricing.jina.md",
    ),
    _page(
        "moonshotai",
        "Kimi price page",
        "https://platform.kimi.ai/docs/pricing/chat-k26.md",
        "docs-md/*/kimi-pricing.md",
        parser="moonshot",
    ),
    _page(
        "moonshotai-cn",
        "Kimi price page in Chinese",
        "https://platform.kimi.com/docs/pricing/chat-k26",
        "html/*/kimi-pricing.zh.html",
        parser="moonshot",
    ),
    _page(
        "mistral",
        "Mistral price page",
        "https://mistral.ai/pricing",
        "html/*/mistral-pricing.html",
    ),
    _page(
        "zai",
        "Z.ai price page",
        "https://docs.z.ai/guides/overview/pricing",
        "html/*/zai-pricing.html",
        "docs-md/*/zai-pricing.jina.md",
    ),
    _page(
        "minimax-cn",
        "MiniMax price page in Chinese",
        "https://platform.minimaxi.com/subscribe/token-plan",
        "html/*/minimax-pricing.zh.html",
        parser="minimax",
    ),
    _page(
        "cerebras",
        "Cerebras price page",
        "https://www.cerebras.ai/pricing",
        "html/*/cerebras-pricing.html",
    ),
    _page(
        "alibaba-hologres",
        "Hologres prices of hosted models, in Chinese",
        "https://help.aliyun.com/zh/hologres/user-guide/managed-models-billing",
        "html/*/aliyun-hologres-models.zh.html",
        parser="hologres",
    ),
    _page(
        "tencent",
        "Tencent Cloud model prices, in Chinese",
        "https://www.tencentcloud.com/zh/document/product/1300/78937",
        "html/*/tencent-intl-pricing.zh.html",
    ),
    _page(
        "siliconflow",
        "SiliconFlow price page",
        f"{_READER}https://www.siliconflow.com/pricing",
        "docs-md/*/siliconflow-pricing.jina.md",
    ),
    _page(
        "novita-ai",
        "Novita price page",
        f"{_READER}https://novita.ai/pricing",
        "docs-md/*/novita-pricing.jina.md",
        parser="novita",
    ),
)

PRESS = (
    SourceSpec(
        slug="tokenmix",
        name="TokenMix comparison articles",
        parser="tokenmix",
        addresses={},  # an article comes as plain text, in a file
        trust=20,
        homepage="https://tokenmix.ai",
        licence="the article's publisher; figures only",
        recorded_as=(RecordedAs("tokenmix/*/*.txt", part="*"),),
    ),
)

SOURCES = (*FEEDS, *PAGES, *BENCHMARKS, *PRESS)
