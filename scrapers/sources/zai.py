"""Z.ai's price page: a table a kind of model, HTML or the Markdown of a reader.

2026-05-08  Five columns for text and vision, storage of cached input "Limited-time Free".
2026-08-18  The same columns, GLM-5.2 on top.

The API ids of the GLM family are its names in lower case; other names stay as they are shown. Tools
and agents are no models and are not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scrapers.claims import Entry, Facts, NoteReason, OfferClaim
from scrapers.figures import Figures, Price, put_row
from scrapers.pages import Offers, PageForm, is_html
from scrapers.tables import Table, html_tables, label_of, markdown_tables, tables_with
from scrapers.units import ONE

PROVIDER = "zai"
PAGE = "https://docs.z.ai/guides/overview/pricing"
_HTML = PageForm(sign="Z.AI DEVELOPER DOCUMENT", end_mark="</html>")
_MARKDOWN = PageForm(sign="Z.AI DEVELOPER DOCUMENT", end_mark="built and hosted on Mintlify")

FIGURES = Figures(sign="$")
_STORAGE = "Cached Input Storage"
_TEXT_COLUMNS = {
    "Model": None,
    "Input": Price("input_tokens"),
    "Cached Input": Price("cache_read_tokens"),
    "Output": Price("output_tokens"),
}
# Under which heading a single column of prices means what.
_BY_HEADING = {
    "image generation models": Price("output_images", per=ONE),
    "video generation models": Price("output_videos", per=ONE),
    "audio models": Price("input_audio_tokens"),
}


def split(body: bytes, part: str = "") -> Iterator[Entry]:
    """The page as its one entry."""
    return _form(body).split(body, part)


def read(entry: Entry) -> Iterable[OfferClaim]:
    """A claim for each model of the page."""
    form = _form(entry.raw)
    text = form.text(entry.raw)
    tables = html_tables(text) if form is _HTML else markdown_tables(text)
    offers = Offers(PROVIDER, PAGE)
    for table in tables_with(tables, "Model", "Input", "Output"):
        _put_text_models(offers, table)
    single = tables_with(tables, "Model", "Price")
    headings = [label_of(table.heading) for table in single]
    for table, heading in zip(single, headings, strict=True):
        # Of two tables under one heading, one has lost its own.
        meaning = _BY_HEADING.get(heading) if headings.count(heading) == 1 else None
        for row in table.rows:
            name = table.cell(row, "Model").text
            card = offers.card(_model_id(name), Facts(name=name))
            put_row(card, table, row, {"Model": None, "Price": meaning} if meaning else {}, FIGURES)
    return offers.claims()


def _form(body: bytes) -> PageForm:
    return _HTML if is_html(body) else _MARKDOWN


def _put_text_models(offers: Offers, table: Table) -> None:
    columns = dict(_TEXT_COLUMNS)
    for row in table.rows:
        name = table.cell(row, "Model").text
        card = offers.card(_model_id(name), Facts(name=name))
        storage = table.cell(row, _STORAGE)
        if storage.label in ("free", "limited-time free"):
            card.note(NoteReason.NOTHING_EXTRA, _STORAGE, storage.text)
            columns[_STORAGE] = None
        put_row(card, table, row, columns, FIGURES)
        columns.pop(_STORAGE, None)


def _model_id(name: str) -> str:
    return name.lower() if name.startswith("GLM-") else name
