"""The picture that a shared comparison shows: the same figures as its page, drawn once a revision.

It is drawn with Pillow's own face, so no font has to be installed or kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from registry.pages.comparing import Beside, Column
from registry.pages.figures import cents, day, money, rounded, short
from registry.pages.wording import qualified
from registry.selectors.clocks import AsOf
from registry.selectors.standard_offers import everyday_amount

WIDTH, HEIGHT = 1200, 630
_MARGIN, _TOP, _ROW = 64, 210, 56
_GROUND, _INK, _QUIET, _LINE, _ACCENT = "#fcfcfa", "#1a1d20", "#5b636b", "#e2e3de", "#0a6253"
_SCORES = 2
_UNKNOWN = "unknown"


def preview(beside: Beside, as_of: AsOf) -> bytes:
    """A PNG of 1200 by 630: names, prices, the month, the first scores."""
    image = Image.new("RGB", (WIDTH, HEIGHT), _GROUND)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, WIDTH, 12), fill=_ACCENT)
    draw.text((_MARGIN, 44), "Ratecard", _ACCENT, font=_face(30))
    told = f"prices and scores of {day(as_of.at)}"
    draw.text((WIDTH - _MARGIN, 44), told, _QUIET, font=_face(26), anchor="ra")
    draw.text(
        (_MARGIN, 96), _cut(draw, beside.title, WIDTH - 2 * _MARGIN, 44), _INK, font=_face(44)
    )
    _table(draw, beside)
    saved = BytesIO()
    image.save(saved, "PNG", optimize=True)
    return saved.getvalue()


def _table(draw: ImageDraw.ImageDraw, beside: Beside) -> None:
    label = 300
    wide = (WIDTH - 2 * _MARGIN - label) // len(beside.columns)
    size = 30 if len(beside.columns) <= 3 else 22
    y = _TOP - 30
    for place, column in enumerate(beside.columns, 1):
        right = _MARGIN + label + place * wide
        draw.text(
            (right, y), _cut(draw, column.name, wide - 16, 22), _QUIET, _face(22), anchor="ra"
        )
    for number, (name, cells) in enumerate(_rows(beside)):
        y = _TOP + 14 + number * _ROW
        draw.line((_MARGIN, y - 8, WIDTH - _MARGIN, y - 8), fill=_LINE, width=2)
        draw.text((_MARGIN, y), _cut(draw, name, label, 24), _QUIET, _face(24))
        for place, cell in enumerate(cells, 1):
            shade = _QUIET if cell == _UNKNOWN else _INK
            text = _cut(draw, cell, wide - 16, size)
            draw.text((_MARGIN + label + place * wide, y), text, shade, _face(size), anchor="ra")


def _rows(beside: Beside) -> Iterator[tuple[str, Sequence[str]]]:
    for name, meter in (("Input per 1M", "input_tokens"), ("Output per 1M", "output_tokens")):
        yield name, [_price(column, meter) for column in beside.columns]
    yield "100M in, 20M out, a month", [_month(column) for column in beside.columns]
    yield "Context", [_context(column) for column in beside.columns]
    comparable = [line for line in beside.scores if line.row.comparable]
    for line in comparable[-_SCORES:]:
        yield (
            line.label,
            [
                qualified(cell[0].reading.qualifier, f"{rounded(cell[0].reading.value):f}")
                if cell
                else _UNKNOWN
                for cell in line.cells
            ],
        )


def _price(column: Column, meter: str) -> str:
    price = everyday_amount(column.one.offer.standings, meter)
    if price is None or price.amount is None:
        return _UNKNOWN
    return money(price.amount, "USD").text


def _month(column: Column) -> str:
    month = column.month
    return _UNKNOWN if month is None else money(cents(month.total), "USD").text


def _context(column: Column) -> str:
    tokens = column.one.model.context_tokens
    return _UNKNOWN if tokens is None else f"{short(tokens)} tokens"


def _cut(draw: ImageDraw.ImageDraw, text: str, room: float, size: int) -> str:
    """The text, shortened to its room; the dots say so."""
    face = _face(size)
    if draw.textlength(text, font=face) <= room:
        return text
    while text and draw.textlength(f"{text}…", font=face) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _face(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)
