"""A provider's price page as a source: whole or not at all.

A page is one entry, since its tables, notes and dates are only certain together. Before anything
of it is read it must bear the sign of the page that it should be (else it is a challenge, a login,
an error page or nothing) and reach its end (else it was cut on the way).
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass, field

from scrapers.claims import Entry, Facts, OfferClaim, PageError, PageFault
from scrapers.quoting import Card, name_remark
from scrapers.units import says_per_thousand

PAGE_KEY = "page"
_LINE_ENDS = re.compile(r"\r\n?|[\u0085\u2028\u2029]")
_SPACES = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_TAIL = 2_000
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class PageForm:
    """``sign``: a text that only this page has. ``end_mark``: a text that stands at its end.

    A page on which figures without a unit buy a million tokens must not speak of a thousand;
    ``per_thousand``: this one may.
    """

    sign: str
    end_mark: str
    per_thousand: bool = False

    def split(self, body: bytes, part: str = "") -> Iterator[Entry]:
        """The page as its one entry; raises `PageError` where it is not the page, or not whole.

        ``part`` is not needed: a page says itself what it is.
        """
        self.text(body)
        yield Entry(PAGE_KEY, body)

    def text(self, body: bytes) -> str:
        """The page's text, its lines ended and its words parted in one way.

        Broken bytes become U+FFFD: no figure and no name can hold one.
        """
        text = body.decode("utf-8-sig", errors="replace")
        text = _SPACES.sub(" ", _LINE_ENDS.sub("\n", text))
        if self.sign not in text:
            start = " ".join(text[:_SHOWN].split())
            raise PageError(PageFault.WRONG_PAGE, repr(start), f"a page with {self.sign!r}")
        if self.end_mark not in text[-_TAIL:]:
            end = " ".join(text[-_SHOWN:].split())
            raise PageError(
                PageFault.CUT_SHORT, f"the end {end!r}", f"{self.end_mark!r} at the end"
            )
        if not self.per_thousand and (thousand := says_per_thousand(text)):
            raise PageError(PageFault.WRONG_FORMAT, repr(thousand), "prices per million tokens")
        return text


def is_html(body: bytes) -> bool:
    """Whether a body is HTML, for a page that also comes as Markdown."""
    return body.removeprefix(BOM_UTF8).lstrip()[:1] == b"<"


@dataclass(slots=True)
class Offers:
    """The cards of a page while its tables are read: one a model, in order of appearance."""

    provider: str
    page: str
    currency: str = "USD"
    _cards: dict[str, Card] = field(default_factory=dict)
    _facts: dict[str, Facts] = field(default_factory=dict)

    def card(self, model_id: str, facts: Facts | None = None) -> Card:
        """The model's card, begun where it is named for the first time."""
        if facts is not None:
            self._facts.setdefault(model_id, facts)
        return self._cards.setdefault(model_id, Card(strings=True, currency=self.currency))

    def claims(self) -> list[OfferClaim]:
        """One claim a model; raises `PageError` where the page has none."""
        if not self._cards:
            raise PageError(PageFault.NO_ROWS, "no model with a price", "at least one")
        return [self._claim(model_id, card) for model_id, card in self._cards.items()]

    def _claim(self, model_id: str, card: Card) -> OfferClaim:
        card.settle()
        misnamed = name_remark(model_id, "model")
        return OfferClaim(
            provider=self.provider,
            model_id=model_id,
            quotes=tuple(card.quotes),
            facts=self._facts.get(model_id, Facts()),
            remarks=(*card.remarks, *((misnamed,) if misnamed else ())),
            page=self.page,
            notes=tuple(card.notes),
        )
