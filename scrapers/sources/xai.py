"""xAI's page of models and prices, as the Markdown of a reader.

2026-05-08  A table of text models (model, context, input, output), one of image and video models
            whose unit stands in the cell. A nameless last column is empty.

Names are API ids. Voice and tools are priced by mode, not by model, and are not read. The share
that batch saves is given as a range (20 to 50 %), so no batch rate is made of it.
"""

from __future__ import annotations

from collections.abc import Iterable

from registry.pricing.meters import Unit
from scrapers.claims import Entry, Facts, OfferClaim
from scrapers.figures import Figures, Price, put_row, token_count
from scrapers.pages import Offers, PageForm
from scrapers.tables import markdown_tables, tables_with
from scrapers.units import bought, figure_and_unit

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
# What a price of a picture or of film is for, by the unit in its cell.
_MEDIA = {Unit.ITEM: Price("output_images"), Unit.SECOND: Price("output_video_seconds")}


def read(entry: Entry) -> Iterable[OfferClaim]:
    """A claim for each model of the page."""
    tables = markdown_tables(FORM.text(entry.raw))
    offers = Offers(PROVIDER, PAGE)
    for table in tables_with(tables, "Model", "Context", "Input", "Output"):
        for row in table.rows:
            context = token_count(table.cell(row, "Context").text)
            card = offers.card(table.cell(row, "Model").text, Facts(context_tokens=context))
            put_row(card, table, row, _COLUMNS, FIGURES)
    for table in tables_with(tables, "Model", "Cost"):
        for row in table.rows:
            _, unit = figure_and_unit(table.cell(row, "Cost").text)
            what = bought(unit) if unit else None
            price = _MEDIA.get(what.unit if what else Unit.ITEM, _MEDIA[Unit.ITEM])
            card = offers.card(table.cell(row, "Model").text)
            put_row(card, table, row, {"Model": None, "Cost": price}, FIGURES)
    return offers.claims()
