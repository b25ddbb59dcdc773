"""Real price pages, damaged: figures may be lost, none may come out wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry.pricing.rates import PriceState
from scrapers.catalog import PAGES, SourceSpec
from scrapers.claims import PageError
from tests.scrapers.sources.damage import with_rows_reversed
from tests.scrapers.sources.publishable import publishable
from tests.scrapers.sources.real_pages import newest, read_page

# The sign of each page's figures, where it is not the dollar's.
SIGN_OF = {
    "deepseek-zh": "元",
    "moonshotai-cn": "¥",
    "minimax-cn": "¥",
    "alibaba-hologres": "元",
    "tencent": "美元",
}


@pytest.mark.parametrize(
    "spec", [spec for spec in PAGES if spec.slug != "moonshotai"], ids=lambda spec: spec.slug
)
def test_a_real_page_that_is_cut_is_refused(corpus: Path, spec: SourceSpec) -> None:
    body = newest(corpus, spec).read_bytes()
    for tenth in range(1, 11):
        with pytest.raises(PageError):
            read_page(spec.parser, body[: len(body) * tenth // 11])


def test_joined_pages_that_are_cut_within_the_first_lose_models_but_no_figure(
    corpus: Path,
) -> None:
    body = (corpus / "docs-md/2026-05-08/kimi-pricing.md").read_bytes()
    whole = {claim.model_id: claim for claim in read_page("moonshot", body)}
    refused = 0
    for tenth in range(1, 11):
        try:
            claims = read_page("moonshot", body[: len(body) * tenth // 11])
        except PageError:
            refused += 1
            continue
        assert all(whole[claim.model_id] == claim for claim in claims)
    assert refused >= 8


SIGNS = {"$": "€", "¥": "$", "元": "$", "美元": "人民币"}


@pytest.mark.parametrize("spec", PAGES, ids=lambda spec: spec.slug)
def test_a_real_page_in_another_currency_gives_no_price(corpus: Path, spec: SourceSpec) -> None:
    text = newest(corpus, spec).read_bytes().decode("utf-8", errors="replace")
    sign = SIGN_OF.get(spec.slug, "$")
    swapped = text.replace(sign, SIGNS[sign])
    assert swapped != text
    try:
        left = publishable(read_page(spec.parser, swapped.encode()))
    except PageError:
        return
    assert set(left.values()) <= set(PriceState)


@pytest.mark.parametrize("spec", PAGES, ids=lambda spec: spec.slug)
def test_a_real_page_with_eaten_figures_gives_no_wrong_one(corpus: Path, spec: SourceSpec) -> None:
    text = newest(corpus, spec).read_bytes().decode("utf-8", errors="replace")
    sign = SIGN_OF.get(spec.slug, "$")
    whole = publishable(read_page(spec.parser, text.encode()))
    try:
        left = publishable(read_page(spec.parser, text.replace(f"{sign}1", "").encode()))
    except PageError:
        return
    assert left.items() <= whole.items()


# Labels that the pages with tables cannot be read without.
LABELS = {
    "deepseek": "1M OUTPUT TOKENS",
    "deepseek-zh": "百万tokens输出",
    "anthropic": "Output Tokens",
    "google": "Paid Tier, per 1M tokens in USD",
    "xai": "Context",
    "moonshotai": "Output Price",
    "moonshotai-cn": "输出价格",
    "zai": "Cached Input",
    "alibaba-hologres": "输出单价",
    "tencent": "推理输出",
    "novita-ai": "Model Name",
}
WITH_TABLES = [spec for spec in PAGES if spec.slug in LABELS]


@pytest.mark.parametrize("spec", WITH_TABLES, ids=lambda spec: spec.slug)
def test_the_order_of_a_real_pages_rows_does_not_matter(corpus: Path, spec: SourceSpec) -> None:
    text = newest(corpus, spec).read_bytes().decode("utf-8", errors="replace")
    whole = publishable(read_page(spec.parser, text.encode()))
    assert publishable(read_page(spec.parser, with_rows_reversed(text).encode())) == whole


@pytest.mark.parametrize("spec", WITH_TABLES, ids=lambda spec: spec.slug)
def test_a_real_page_with_a_renamed_label_loses_figures_and_changes_none(
    corpus: Path, spec: SourceSpec
) -> None:
    text = newest(corpus, spec).read_bytes().decode("utf-8", errors="replace")
    whole = publishable(read_page(spec.parser, text.encode()))
    try:
        left = publishable(read_page(spec.parser, text.replace(LABELS[spec.slug], "X").encode()))
    except PageError:
        return
    assert left.items() < whole.items()
