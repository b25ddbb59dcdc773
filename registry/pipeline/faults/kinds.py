"""The kinds of fault: each spoils a row, a stretch of rows or a whole body, or finds nothing to.

They are those that real feeds have shown: a lost or added digit, a price per thousand taken for one
per million, yuan for dollars, columns exchanged, rows that slipped by one, a field gone, a zero.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import pairwise

from registry.pipeline.faults.documents import Layout, Row

Spoil = Callable[[Sequence[Row], Layout, random.Random], bool]
"""Spoils rows in place; False where they offer nothing to spoil in this way."""

_EXPONENTS = (-6, -3, -2, -1, 1, 2, 3, 6)
_FACTORS = ("0.5", "0.8", "1.1", "1.25", "2", "7.1")


def _times(row: Row, names: Sequence[str], factor: Decimal) -> None:
    for name in names:
        figure = row.figures[name]
        # Twelve digits, as a feed that had multiplied would print them without its noise.
        figure.write(f"{Decimal(f'{Decimal(figure.text) * factor:.12g}'):f}")


def _power_of_ten(rng: random.Random) -> Decimal:
    return Decimal(1).scaleb(rng.choice(_EXPONENTS))


def _yuan(rng: random.Random) -> Decimal:
    return Decimal(rng.randint(680, 730)) / 100


def power_of_ten(rows: Sequence[Row], layout: Layout, rng: random.Random) -> bool:
    """One price of a row by a power of ten."""
    _times(rows[0], [rng.choice(list(rows[0].figures))], _power_of_ten(rng))
    return True


def power_of_ten_row(rows: Sequence[Row], layout: Layout, rng: random.Random) -> bool:
    """Every price of a row by a power of ten."""
    _times(rows[0], list(rows[0].figures), _power_of_ten(rng))
    return True


def currency_row(rows: Sequence[Row], layout: Layout, rng: random.Random) -> bool:
    """A row in yuan."""
    _times(rows[0], list(rows[0].figures), _yuan(rng))
    return True


def input_for_output(rows: Sequence[Row], layout: Layout, rng: random.Random) -> bool:
    """Input and output of a row exchanged."""
    return _exchange(rows[0], layout.input, layout.output)


def two_columns(rows: Sequence[Row], layout: Layout, rng: random.Random) -> bool:
    """Any two prices of a row exchanged."""
    names = list(rows[0].figures)
    return len(names) > 1 and _exchange(rows[0], *rng.sample(names, 2))


def _exchange(row: Row, one: str, other: str) -> bool:
    if not {one, other} <= row.figures.keys():
        return False
    first, second = row.figures[one], row.figures[other]
    texts = first.text, second.text
    first.write(texts[1])
    second.write(texts[0])
    return Decimal(texts[0]) != Decimal(texts[1])


def dropped(rows: Sequence[Row], layout: Layout, rng: random.Random) -> bool:
    """A price gone with its name, or null."""
    figure = rng.choice(list(rows[0].figures.values()))
    rng.choice((figure.drop, figure.clear))()
    return True


def zero(rows: Sequence[Row], layout: Layout, rng: random.Random) -> bool:
    """A zero for one price of a row, or for all of them."""
    figures = list(rows[0].figures.values())
    for figure in rng.choice((figures, [rng.choice(figures)])):
        figure.write("0")
    return True


def eaten_digit(rows: Sequence[Row], layout: Layout, rng: random.Random) -> bool:
    """A digit lost from a price of two digits and more."""
    figure = rng.choice(list(rows[0].figures.values()))
    # "1.74", also where the feed counts single tokens and writes 1.74e-06.
    digits, exponent = f"{Decimal(figure.text):f}", 0
    if float(figure.text) < 1e-3:
        digits, exponent = f"{Decimal(figure.text).scaleb(6).normalize():f}", -6
    spoilt = [
        digits[:place] + digits[place + 1 :]
        for place, digit in enumerate(digits)
        if digit != "." and sum(map(str.isdigit, digits)) > 1
    ]
    left = [text.rstrip(".") for text in spoilt if text.strip("0.") and text[0] != "."]
    left = [text for text in left if text[0] != "0" or text[:2] in ("0", "0.")]
    left = [text for text in left if Decimal(text) != Decimal(digits)]
    if not left:
        return False
    figure.write(f"{Decimal(rng.choice(left)).scaleb(exponent):f}")
    return True


def shifted(rows: Sequence[Row], layout: Layout, rng: random.Random) -> bool:
    """Rows that bear the prices of the row before."""
    before = [{name: f.text for name, f in row.figures.items()} for row in rows]
    moved = 0
    for (texts, own), row in zip(pairwise(before), rows[1:], strict=True):
        for name, figure in row.figures.items():
            if name in texts:
                figure.write(texts[name])
        moved += any(own[name] != texts.get(name, own[name]) for name in own)
    return moved > 1


def all_by_power_of_ten(rows: Sequence[Row], layout: Layout, rng: random.Random) -> bool:
    """Another unit for the whole body."""
    return _all_by(rows, _power_of_ten(rng))


def all_by_currency(rows: Sequence[Row], layout: Layout, rng: random.Random) -> bool:
    """The whole body in yuan."""
    return _all_by(rows, _yuan(rng))


def all_by_one_factor(rows: Sequence[Row], layout: Layout, rng: random.Random) -> bool:
    """The whole body by one factor."""
    return _all_by(rows, Decimal(rng.choice(_FACTORS)))


def _all_by(rows: Sequence[Row], factor: Decimal) -> bool:
    for row in rows:
        _times(row, list(row.figures), factor)
    return True


def all_input_for_output(rows: Sequence[Row], layout: Layout, rng: random.Random) -> bool:
    """Input and output exchanged throughout."""
    return sum(_exchange(row, layout.input, layout.output) for row in rows) > 0


IN_A_ROW: dict[str, Spoil] = {
    "a price x10^n": power_of_ten,
    "a row x10^n": power_of_ten_row,
    "a row in yuan": currency_row,
    "input for output": input_for_output,
    "two columns exchanged": two_columns,
    "a price dropped": dropped,
    "a zero": zero,
    "a digit eaten": eaten_digit,
}
IN_A_STRETCH: dict[str, Spoil] = {"rows shifted": shifted}
IN_ALL: dict[str, Spoil] = {
    "all x10^n": all_by_power_of_ten,
    "all in yuan": all_by_currency,
    "all by one factor": all_by_one_factor,
    "all rows shifted": shifted,
    "all input for output": all_input_for_output,
}
