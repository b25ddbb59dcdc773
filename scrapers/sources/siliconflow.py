"""SiliconFlow's price page, as the text of a reader: no tables, a cell on each line.

2026-05-08  Blocks that begin with the names of their columns and end with "Actions"; then a model
            is its name, its context, two or three figures and a link. With two figures there is no
            rate of cached input.

The page gives display names only, so those are the ids. Only the first rows of each family are on
the page. A figure of zero is not said to be free, and is held.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from scrapers.claims import Entry, EntryFault, Facts, OfferClaim, PageError, PageFault
from scrapers.figures import Figures, Price, token_count
from scrapers.pages import Offers, PageForm
from scrapers.tables import Cell
from scrapers.units import MILLION, ONE

PROVIDER = "siliconflow"
PAGE = "https://www.siliconflow.com/pricing"
FORM = PageForm(sign="Title: Pricing Plans - SiliconFlow", end_mark="/legals/privacy-policy")
split = FORM.split

FIGURES = Figures(sign="$", per=None)
_INPUT, _CACHED = Price("input_tokens", per=MILLION), Price("cache_read_tokens", per=MILLION)
_OUTPUT = Price("output_tokens", per=MILLION)

_CONTEXT = "Context Length"
# Which prices a model may state, by the columns of its block and by how many it states.
_BLOCKS: dict[tuple[str, ...], dict[int, tuple[Price, ...]]] = {
    (_CONTEXT, "Input", "Cached Input", "Output"): {
        2: (_INPUT, _OUTPUT),
        3: (_INPUT, _CACHED, _OUTPUT),
    },
    ("Price (/image)",): {1: (Price("output_images", per=ONE),)},
    ("Price (/video)",): {1: (Price("output_videos", per=ONE),)},
}
_FIGURE = re.compile(r"[$€£¥]")


def read(entry: Entry) -> Iterable[OfferClaim]:
    """A claim for each model of the page."""
    lines = [line.strip() for line in FORM.text(entry.raw).splitlines() if line.strip()]
    offers = Offers(PROVIDER, PAGE)
    for columns, cells in _records(lines):
        _put_model(offers, columns, cells)
    return offers.claims()


def _records(lines: list[str]) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """The cells of each model with the columns of its block."""
    columns: tuple[str, ...] | None = None
    cells: list[str] = []
    waiting = iter(lines)
    for line in waiting:
        if line == "Model Name":
            columns, cells = tuple(iter(waiting.__next__, "Actions")), []
        elif line.startswith("[Details]") and columns is not None:
            yield columns, cells
            cells = []
        elif line == "Load More" or line.startswith("Prices "):
            cells = []
        elif columns is not None:
            cells.append(line)


def _put_model(offers: Offers, columns: tuple[str, ...], cells: list[str]) -> None:
    signs = [place for place, cell in enumerate(cells) if _FIGURE.fullmatch(cell)]
    told = ("Model Name", *(name for name in columns if name == _CONTEXT))
    whole = [*range(len(told), len(cells), 2)]  # a sign, then its figure, as often as there are
    if not signs or signs != whole or len(cells) != len(told) + 2 * len(signs):
        raise PageError(PageFault.WRONG_FORMAT, " | ".join(cells), f"{', '.join(told)} and figures")
    context = token_count(cells[1]) if _CONTEXT in columns else None
    if _CONTEXT in columns and context is None:
        raise PageError(PageFault.WRONG_FORMAT, cells[1], "how many tokens a context has")
    name, figures = cells[0], [" ".join(cells[place : place + 2]) for place in signs]
    card = offers.card(name, Facts(context_tokens=context))
    prices = _BLOCKS.get(columns, {}).get(len(figures))
    if prices is None:
        found = f"{', '.join(columns)}: {' '.join(figures)}"
        card.remark(EntryFault.UNKNOWN_FIELD, "columns", found, "columns that are known")
        return
    for price, figure in zip(prices, figures, strict=True):
        FIGURES.put(card, Cell(figure), price, field=price.meter)
