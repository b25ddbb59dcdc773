"""OpenAI's price page: many tables, the same model once per service tier.

2026-05-08  As the Markdown of a reader: the tier stands on a line above its table; cells that span
            several rows stand in the first of them only.
2026-08-21  HTML: each table is an Astro component, which shows its first rows and carries all rows,
            mostly without column names, as JSON. The tier is the pane around it. Since 2026-07-30
            priority processing is named fast mode; either name asks for it, so ``fast`` here is the
            tier ``priority``.

Of the HTML, prices above 272K input tokens are shown for the newest models only; what a browser
computes for the others is not on the page and is not guessed. Tools are charged beside models and
are not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scrapers.claims import Entry, OfferClaim
from scrapers.pages import is_html
from scrapers.sources.openai import components, reader


def split(body: bytes, part: str = "") -> Iterator[Entry]:
    """The page as its one entry."""
    form = components.FORM if is_html(body) else reader.FORM
    return form.split(body, part)


def read(entry: Entry) -> Iterable[OfferClaim]:
    """A claim for each model of the page, over all of its tables."""
    return components.read(entry.raw) if is_html(entry.raw) else reader.read(entry.raw)
