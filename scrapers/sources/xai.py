"""xAI's page of models and prices, as the Markdown of a reader.

2026-05-08  A table of text models (model, context, input, output), one of image and video models
            whose unit stands in the cell. A nameless last column is empty.

Names are API ids. Voice and tools are priced by mode, not by model, and are not read. The share
that batch saves is given as a range (20 to 50 %), so no batch rate is made of it.
"""

from __future__ import annotations

from collections.abc import Iterable

from scrapers.claims import Entry, Facts, OfferClaim
from scrapers.figures import ITEM, SECOND, Figures, Price, put_row, token_count
from scrapers.pages import Offers, PageForm
from scrapers.tables import markdown_tables, tables_with

PROVIDER = "xai"
PAGE = "https://docs.x.ai/docs/models"
FORM = PageForm(sign="# Models and Pricing | xAI Docs", end_mark="Last updated:")
split = FORM.split

FIGURES = Figures(sign="$")
_COLUMNS = {
    "Model": None,
    "Context": None,
    "Input": Price("input_tokens"),
    "Output": Price("output_tokens"),
}
_MEDIA = {
    "/ image": (Price("output_images"), Figures(sign="$", per=None, units={"/ image": ITEM})),
    "/ sec": (Price("output_video_seconds"), Figures(sign="$", per=None, units={"/ sec": SECOND})),
}
_UNKNOWN = (Price("output_images"), Figures(sign="$", per=None, units={"/ image": ITEM}))


def read(entry: Entry) -> Iterable[OfferClaim]:
    """A claim for each model of the page."""
    tables = markdown_tables(FORM.text(entry.raw))
    offers = Offers(PROVIDER, PAGE)
    for table in tables_with(tables, "Model", "Context", "Input", "Output"):
        for row in table.rows:
            context = token_count(row[table.column("Context")].text)
            card = offers.card(row[table.column("Model")].text, Facts(context_tokens=context))
            put_row(card, table, row, _COLUMNS, FIGURES)
    for table in tables_with(tables, "Model", "Cost"):
        for row in table.rows:
            cost = row[table.column("Cost")].label
            price, figures = next(
                (known for unit, known in _MEDIA.items() if cost.endswith(unit)), _UNKNOWN
            )
            card = offers.card(row[table.column("Model")].text)
            put_row(card, table, row, {"Model": None, "Cost": price}, figures)
    return offers.claims()
