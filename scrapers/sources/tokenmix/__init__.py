"""TokenMix's comparison articles as plain text: press, believed least.

2026-04-24  Two models of different labs: a lead with prices and dates, a price table, a month's
            bill, a benchmark table, gaps, context, openness, questions. Tables came with one cell a
            line, and wherever the article had ``$1`` the text breaks off.

The prices are those of the labs' own offers. An eaten figure holds its card, with what the
article's own arithmetic suggests; ``~$0.50`` is about a price and no price. Ratios, gaps and bills
are kept as what the article says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scrapers.claims import Claim, Entry, PageError, PageFault
from scrapers.pages import PAGE_KEY
from scrapers.sources.tokenmix.article import Article
from scrapers.sources.tokenmix.layout import cells_of, lines_of

PAGE = "https://tokenmix.ai/blog"
_SIGN = "TokenMix"
_LAST_SECTION = "FAQ"
_ENDS = (".", "?", "!", ")")
_SHOWN = 80


def split(body: bytes, part: str = "") -> Iterator[Entry]:
    """The article as its one entry; raises `PageError` where it is none, or not whole."""
    text = body.decode("utf-8-sig", errors="replace")
    lines = lines_of(text)
    if _SIGN not in text:
        raise PageError(PageFault.WRONG_PAGE, repr(text[:_SHOWN]), f"an article with {_SIGN!r}")
    if _LAST_SECTION not in lines or not lines[-1].endswith(_ENDS):
        found = f"the end {lines[-1][-_SHOWN:]!r}"
        raise PageError(PageFault.CUT_SHORT, found, f"{_LAST_SECTION}, and a last sentence")
    if not cells_of(lines):
        raise PageError(PageFault.NO_ROWS, "no table", "a table of prices or of benchmarks")
    yield Entry(PAGE_KEY, body)


def read(entry: Entry) -> Iterable[Claim]:
    """A claim for each lab's offer that the article speaks of, and each score that it tells."""
    text = entry.raw.decode("utf-8-sig", errors="replace")
    article = Article.of(text, page=PAGE)
    return [*article.offers(), *article.readings()]
