"""Price pages, damaged in every way that a page comes damaged: never a wrong figure.

Each recording of `fixtures/recordings` that is a page of a provider is cut, shuffled, renamed and
repriced. What may come out is the same claims, a named error, or a claim that says itself what is
wrong with it.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import cast

import pytest

from registry.pricing.rates import PriceState
from scrapers.claims import OfferClaim, PageError, PageFault, Source
from tests.scrapers.sources.damage import with_rows_reversed
from tests.scrapers.sources.publishable import amount, publishable

RECORDINGS = Path(__file__).parents[3] / "fixtures" / "recordings"
CHALLENGE = (
    b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>"
    b"<p>Checking your browser</p></body></html>"
)


@dataclass(frozen=True)
class Page:
    """A recording, a label that it cannot be read without, and the sign of its figures."""

    path: str
    label: str
    sign: str = "$"

    @property
    def body(self) -> bytes:
        return (RECORDINGS / self.path).read_bytes()

    @property
    def text(self) -> str:
        return self.body.decode()

    def read(self, body: bytes | str) -> list[OfferClaim]:
        name = self.path.partition("/")[0]
        parser = cast(Source, import_module(f"scrapers.sources.{name}"))
        raw = body.encode() if isinstance(body, str) else body
        return [claim for entry in parser.split(raw) for claim in parser.read(entry)]


PAGES = [
    Page("deepseek/promotion.html", "1M OUTPUT TOKENS"),
    Page("deepseek/peak.html", "1M INPUT TOKENS (CACHE HIT)"),
    Page("deepseek/chinese.html", "百万tokens输出", sign="元"),
    Page("anthropic/documentation.md", "1h Cache Writes"),
    Page("anthropic/fast-in-prose.md", "Base Input Tokens"),
    Page("anthropic/marketing.html", "Write"),
    Page("openai/pricing.html", "Cached input"),
    Page("openai/reader.md", "Cached input"),
    Page("gemini/reader.md", "Paid Tier, per 1M tokens in USD"),
    Page("xai/reader.md", "Output"),
    Page("moonshot/components.md", "Output Price"),
    Page("moonshot/chinese.html", "输出价格", sign="¥"),
    Page("mistral/pricing.html", "api"),
    Page("cerebras/pricing.html", "Output"),
    Page("zai/pricing.html", "Cached Input"),
    Page("zai/reader.md", "Cached Input"),
    Page("minimax/pricing.html", "输出价格", sign="¥"),
    Page("hologres/pricing.html", "隐式缓存命中", sign="元"),
    Page("tencent/pricing.html", "推理输出", sign="美元"),
    Page("siliconflow/reader.md", "Actions"),
    Page("novita/reader.md", "Output"),
]
ROWS_OF_MODELS = [
    page
    for page in PAGES
    if page.path.partition("/")[0]
    not in {"mistral", "cerebras", "siliconflow", "minimax", "openai"}
    and page.path not in {"anthropic/marketing.html", "moonshot/chinese.html"}
]
# Pages on which sign and figure stand in one text; elsewhere an element or a header parts them.
FIGURES_WITH_SIGNS = [
    page
    for page in PAGES
    if page.path.partition("/")[0] not in {"hologres", "tencent", "siliconflow"}
    and page.path not in {"anthropic/marketing.html", "moonshot/components.md"}
]
every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)


def figures(claims: Iterable[OfferClaim]) -> dict[str, dict[tuple[str, str, str], str | None]]:
    """What each claim prices, by model and series."""
    return {
        claim.model_id: {(q.meter, q.terms.key, q.currency): amount(q) for q in claim.quotes}
        for claim in claims
    }


@every_page
def test_every_page_has_a_figure_that_can_be_published(page: Page) -> None:
    assert publishable(page.read(page.body))


@every_page
def test_a_page_that_is_cut_is_refused(page: Page) -> None:
    text = page.text
    for tenth in range(1, 11):
        cut = text[: len(text) * tenth // 11]
        with pytest.raises(PageError):
            page.read(cut)


@every_page
@pytest.mark.parametrize("body", [b"", b"\n", CHALLENGE], ids=["empty", "blank", "challenge"])
def test_another_page_is_refused(page: Page, body: bytes) -> None:
    with pytest.raises(PageError) as caught:
        page.read(body)
    assert caught.value.fault is PageFault.WRONG_PAGE


@every_page
def test_how_lines_end_and_words_are_parted_does_not_matter(page: Page) -> None:
    known = figures(page.read(page.body))
    other = BOM_UTF8 + page.text.replace("\n", "\r\n").replace(", ", ",\u00a0").encode()
    assert figures(page.read(other)) == known


@pytest.mark.parametrize(
    "page", [p for p in PAGES if not p.path.startswith("hologres")], ids=lambda page: page.path
)
def test_a_page_that_prices_a_thousand_tokens_is_refused(page: Page) -> None:
    lines = page.text.splitlines()
    lines.insert(len(lines) // 2, "Prices per 1K tokens.")
    with pytest.raises(PageError) as caught:
        page.read("\n".join(lines))
    assert caught.value.fault is PageFault.WRONG_FORMAT


@every_page
def test_rows_that_lost_their_last_cell_change_no_figure(page: Page) -> None:
    shorter = re.sub(r"\|[^|\n]*\|$|<td[^>]*>[^<]*</td>(?=\s*</tr>)", "|", page.text, flags=re.M)
    try:
        left = publishable(page.read(shorter))
    except PageError:
        return
    assert left.items() <= publishable(page.read(page.body)).items()


@every_page
def test_a_renamed_column_is_an_error_or_a_remark(page: Page) -> None:
    renamed = page.text.replace(page.label, "Something else")
    assert renamed != page.text
    known = publishable(page.read(page.body))
    try:
        left = publishable(page.read(renamed))
    except PageError:
        return
    assert left.items() < known.items()


@pytest.mark.parametrize("page", ROWS_OF_MODELS, ids=lambda page: page.path)
def test_the_order_of_rows_does_not_matter(page: Page) -> None:
    turned = with_rows_reversed(page.text)
    assert turned != page.text
    assert figures(page.read(turned)) == figures(page.read(page.body))


@every_page
def test_figures_in_another_currency_are_not_published(page: Page) -> None:
    other = {"$": "£", "元": "$", "¥": "$", "美元": "人民币"}[page.sign]
    swapped = page.text.replace(page.sign, other)
    assert swapped != page.text
    try:
        claims = page.read(swapped)
    except PageError:
        return
    left = publishable(claims)
    assert {kind for kind in left.values() if kind not in set(PriceState)} == set()


@every_page
def test_figures_that_lost_their_sign_are_not_published_or_stay_right(page: Page) -> None:
    bare = page.text.replace(page.sign, "")
    try:
        left = publishable(page.read(bare))
    except PageError:
        return
    assert left.items() <= publishable(page.read(page.body)).items()


@every_page
def test_a_figure_with_broken_bytes_is_not_published(page: Page) -> None:
    claims = page.read(page.body)
    quote = next(q for claim in claims for q in claim.quotes if re.search("[0-9][.][0-9]", q.text))
    digits = re.sub("[^0-9.]", "", quote.text).encode()
    broken = page.body.replace(digits, digits[:-1] + b"\xe5", 1)
    assert broken != page.body
    try:
        left = publishable(page.read(broken))
    except PageError:
        return
    assert left.items() <= publishable(claims).items()


@pytest.mark.parametrize("page", FIGURES_WITH_SIGNS, ids=lambda page: page.path)
def test_a_footnote_on_a_figure_is_not_passed_over(page: Page) -> None:
    marked = re.sub(r"(\$[0-9]+\.[0-9]+|[0-9.]+元|¥[0-9.]+)(?=[^0-9.])", r"\1¹", page.text)
    assert marked != page.text
    try:
        left = publishable(page.read(marked))
    except PageError:
        return
    assert left.items() < publishable(page.read(page.body)).items()


@pytest.mark.parametrize(
    "page", [page for page in PAGES if "$1" in page.text], ids=lambda page: page.path
)
def test_figures_of_which_a_dollar_one_was_eaten_are_not_published(page: Page) -> None:
    eaten = page.text.replace("$1", "")
    try:
        left = publishable(page.read(eaten))
    except PageError:
        return
    assert left.items() < publishable(page.read(page.body)).items()
