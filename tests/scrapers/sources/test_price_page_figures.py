"""Real price pages, read: figures compared by eye with what a person sees on the page."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from registry.pricing.quotes import read_quote
from scrapers.catalog import PAGES, SourceSpec
from tests.scrapers.sources.publishable import publishable
from tests.scrapers.sources.rates import prices
from tests.scrapers.sources.real_pages import newest, read_page

PEAK = "hours=mon-fri 01:00-04:00,06:00-10:00"
OFF_PEAK = "hours=mon-fri 00:00-01:00,04:00-06:00,10:00-24:00 sat-sun 00:00-24:00"

# source, page, model -> meter, terms, amount in the page's own currency.
SEEN: dict[tuple[str, str, str], list[tuple[str, str, str]]] = {
    ("deepseek", "html/2026-05-08/deepseek-pricing.html", "deepseek-v4-pro"): [
        ("input_tokens", "", "0.435"),
        ("output_tokens", "", "0.87"),
        ("cache_read_tokens", "", "0.003625"),
    ],
    ("deepseek", "html/2026-07-17/deepseek-pricing.zh.html", "deepseek-v4-pro"): [
        ("input_tokens", "", "3"),
        ("output_tokens", "", "6"),
        ("cache_read_tokens", "", "0.025"),
    ],
    ("deepseek", "html/2026-08-18/deepseek-pricing.excerpt.html", "deepseek-v4-flash"): [
        ("input_tokens", OFF_PEAK, "0.22"),
        ("input_tokens", PEAK, "0.44"),
        ("output_tokens", OFF_PEAK, "0.66"),
        ("cache_read_tokens", PEAK, "0.014"),
    ],
    ("anthropic", "docs-md/2026-04-17/anthropic-pricing.md", "claude-opus-4-6"): [
        ("input_tokens", "tier=fast", "30"),
        ("output_tokens", "tier=batch", "12.5"),
    ],
    ("anthropic", "docs-md/2026-04-17/anthropic-pricing.md", "claude-opus-4-7"): [
        ("input_tokens", "", "5"),
        ("output_tokens", "", "25"),
        ("cache_read_tokens", "", "0.5"),
        ("cache_write_5m_tokens", "", "6.25"),
        ("cache_write_1h_tokens", "", "10"),
        ("input_tokens", "tier=batch", "2.5"),
        ("output_tokens", "region=us", "27.5"),
    ],
    ("anthropic", "docs-md/2026-08-21/anthropic-pricing.md", "claude-sonnet-5"): [
        ("input_tokens", "", "2"),
        ("output_tokens", "", "10"),
    ],
    ("anthropic", "html/2026-05-08/anthropic-pricing.html", "claude-haiku-4-5"): [
        ("output_tokens", "", "5"),
        ("cache_write_5m_tokens", "", "1.25"),
    ],
    ("openai", "html/2026-08-21/openai-pricing.html", "gpt-5.5"): [
        ("input_tokens", "", "5"),
        ("output_tokens", "", "30"),
        ("cache_read_tokens", "", "0.5"),
        ("output_tokens", "tier=flex", "15"),
        ("input_tokens", "tier=priority", "12.5"),
    ],
    ("openai", "docs-md/2026-05-08/openai-pricing.jina.md", "gpt-5.5"): [
        ("input_tokens", "", "5"),
        ("input_tokens", "context_over=272000", "10"),
        ("output_tokens", "context_over=272000", "45"),
        ("cache_read_tokens", "context_over=272000", "1"),
        ("output_tokens", "tier=batch", "15"),
        ("output_tokens", "tier=priority", "75"),
    ],
    ("openai", "docs-md/2026-05-08/openai-pricing.jina.md", "gpt-realtime-mini"): [
        ("input_audio_tokens", "", "10"),
        ("output_tokens", "", "2.4"),
        ("input_image_tokens", "", "0.8"),
    ],
    ("openai", "html/2026-08-21/openai-pricing.html", "gpt-5.6-sol"): [
        ("output_tokens", "context_over=272000", "45"),
        ("cache_write_tokens", "context_over=272000;tier=batch", "6.25"),
    ],
    ("openai", "html/2026-08-21/openai-pricing.html", "o3"): [("output_tokens", "", "8")],
    ("gemini", "docs-md/2026-07-21/gemini-pricing.jina.md", "gemini-2.5-pro"): [
        ("input_tokens", "", "1.25"),
        ("output_tokens", "context_over=200000", "15"),
    ],
    ("gemini", "docs-md/2026-07-21/gemini-pricing.jina.md", "gemini-3.1-flash-live-preview"): [
        ("input_tokens", "", "0.75"),
        ("input_audio_tokens", "", "3"),
        ("input_video_tokens", "", "1"),
        ("output_audio_tokens", "", "12"),
    ],
    ("gemini", "docs-md/2026-07-21/gemini-pricing.jina.md", "gemini-3.6-flash"): [
        ("input_tokens", "", "1.5"),
        ("output_tokens", "", "7.5"),
        ("cache_read_tokens", "", "0.15"),
    ],
    ("gemini", "docs-md/2026-07-21/gemini-pricing.jina.md", "gemini-2.5-flash-image"): [
        ("output_images", "", "0.039"),
        ("output_images", "tier=batch", "0.0195"),
        ("input_tokens", "tier=priority", "0.54"),
    ],
    ("gemini", "docs-md/2026-07-21/gemini-pricing.jina.md", "lyria-3-pro-preview"): [
        ("requests", "", "80"),
    ],
    ("gemini", "docs-md/2026-07-21/gemini-pricing.jina.md", "imagen-4.0-ultra-generate-001"): [
        ("output_images", "", "0.06"),
    ],
    ("gemini", "docs-md/2026-07-21/gemini-pricing.jina.md", "veo-3.1-fast-generate-preview"): [
        ("output_video_seconds", "variant=720p", "0.1"),
        ("output_video_seconds", "variant=1080p", "0.12"),
        ("output_video_seconds", "variant=4k", "0.3"),
    ],
    ("xai", "docs-md/2026-05-08/grok-pricing.jina.md", "grok-4.3"): [
        ("input_tokens", "", "1.25"),
        ("output_tokens", "", "2.5"),
    ],
    ("moonshot", "docs-md/2026-05-08/kimi-pricing.md", "moonshot-v1-8k"): [
        ("input_tokens", "", "0.2"),
        ("output_tokens", "", "2"),
    ],
    ("moonshot", "docs-md/2026-05-08/kimi-pricing.md", "kimi-k2.6"): [
        ("input_tokens", "", "0.95"),
        ("cache_read_tokens", "", "0.16"),
    ],
    ("moonshot", "html/2026-07-17/kimi-pricing.zh.html", "kimi-k2.6"): [
        ("input_tokens", "", "6.5"),
        ("output_tokens", "", "27"),
    ],
    ("cerebras", "html/2026-05-08/cerebras-pricing.html", "gpt-oss-120b"): [
        ("input_tokens", "", "0.35"),
        ("output_tokens", "", "0.75"),
    ],
    ("zai", "html/2026-08-18/zai-pricing.html", "glm-5.2"): [
        ("input_tokens", "", "1.4"),
        ("cache_read_tokens", "", "0.26"),
    ],
    ("zai", "docs-md/2026-05-08/zai-pricing.jina.md", "glm-4.5-flash"): [
        ("output_tokens", "", "free"),
    ],
    ("minimax", "html/2026-07-20/minimax-pricing.zh.html", "MiniMax-M3"): [
        ("input_tokens", "", "2.1"),
        ("output_tokens", "context_over=512000", "16.8"),
    ],
    ("hologres", "html/2026-07-20/aliyun-hologres-models.zh.html", "Qwen3.6-Plus"): [
        ("input_tokens", "region=cn", "2.4"),
        ("output_tokens", "context_over=256000;region=ap-southeast-1", "53.96"),
    ],
    ("tencent", "html/2026-07-17/tencent-intl-pricing.zh.html", "DeepSeek-V4-Pro"): [
        ("input_tokens", "region=ap-singapore", "1.74"),
    ],
    ("tencent", "html/2026-07-17/tencent-intl-pricing.zh.html", "DeepSeek-V4-Pro 原厂直供"): [
        ("input_tokens", "region=ap-singapore", "0.435"),
    ],
    ("siliconflow", "docs-md/2026-05-08/siliconflow-pricing.jina.md", "DeepSeek-V4-Flash"): [
        ("input_tokens", "", "0.14"),
        ("cache_read_tokens", "", "0.028"),
        ("output_tokens", "", "0.28"),
    ],
    ("novita", "docs-md/2026-05-08/novita-pricing.jina.md", "moonshotai/kimi-k2.6"): [
        ("input_tokens", "", "0.95"),
        ("cache_read_tokens", "", "0.16"),
        ("output_tokens", "", "4"),
    ],
}

# How many models a person counts on the newest page, and how many of them are certain.
COUNTED = {
    "deepseek": (2, 2),
    "deepseek-zh": (2, 2),
    "anthropic": (15, 15),
    "claude-com": (9, 9),
    "openai": (83, 80),
    "google": (35, 34),
    "xai": (10, 10),
    "moonshotai": (13, 13),
    "moonshotai-cn": (1, 1),
    "mistral": (25, 22),
    "zai": (30, 29),
    "minimax-cn": (10, 6),
    "cerebras": (4, 4),
    "alibaba-hologres": (19, 19),
    "tencent": (22, 22),
    "siliconflow": (37, 33),
    "novita-ai": (90, 86),
}


@pytest.mark.parametrize("seen", SEEN, ids=lambda seen: f"{seen[1]}:{seen[2]}")
def test_the_figures_are_those_on_the_page(corpus: Path, seen: tuple[str, str, str]) -> None:
    parser, path, model_id = seen
    claims = read_page(parser, (corpus / path).read_bytes())
    (claim,) = (claim for claim in claims if claim.model_id == model_id)
    read = prices(claim.quotes)
    assert {(meter, terms): read[meter, terms] for meter, terms, _ in SEEN[seen]} == {
        (meter, terms): amount for meter, terms, amount in SEEN[seen]
    }


def test_mistral_lists_dollars_beside_euros(corpus: Path) -> None:
    claims = read_page("mistral", (corpus / "html/2026-05-08/mistral-pricing.html").read_bytes())
    (medium,) = (claim for claim in claims if claim.model_id == "mistral-medium-latest")
    rates = [read_quote(quote).rate for quote in medium.quotes]
    assert {(rate.meter, rate.currency, str(rate.amount)) for rate in rates} == {
        ("input_tokens", "USD", "1.5"),
        ("output_tokens", "USD", "7.5"),
        ("input_tokens", "EUR", "1.25"),
        ("output_tokens", "EUR", "6.4"),
    }


def test_deepseeks_list_price_comes_back_when_the_promotion_ends(corpus: Path) -> None:
    body = (corpus / "html/2026-05-08/deepseek-pricing.html").read_bytes()
    flash, pro = read_page("deepseek", body)
    (then,) = pro.scheduled
    assert then.starts_at == datetime(2026, 5, 31, 15, 59, tzinfo=UTC)
    assert prices(then.quotes)["input_tokens", ""] == "1.74"
    assert flash.scheduled == ()


@pytest.mark.parametrize("spec", PAGES, ids=lambda spec: spec.slug)
def test_every_model_of_the_newest_page_is_claimed(corpus: Path, spec: SourceSpec) -> None:
    claims = read_page(spec.parser, newest(corpus, spec).read_bytes())
    certain = {model_id for model_id, *_ in publishable(claims)}
    assert (len(claims), len(certain)) == COUNTED[spec.slug]
    assert {claim.provider for claim in claims} == set(spec.own_providers)
