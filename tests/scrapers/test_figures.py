"""Price cells: a figure in the page's own writing becomes a quote, anything else a remark."""

from __future__ import annotations

from decimal import Decimal

import pytest

from registry.pricing.rates import PriceState
from registry.pricing.terms import STANDARD, Terms
from scrapers.claims import EntryFault
from scrapers.figures import Figures, Price, put_row, token_count, with_variant
from scrapers.quoting import Card
from scrapers.tables import Cell, Table, markdown_tables
from scrapers.units import MILLION, THOUSAND

DOLLARS = Figures(sign="$")
INPUT = Price("input_tokens")


def put(cell: Cell | str, figures: Figures = DOLLARS) -> Card:
    card = Card(strings=True)
    figures.put(card, cell if isinstance(cell, Cell) else Cell(cell), INPUT, field="input")
    return card


@pytest.mark.parametrize(
    ("text", "figure", "per"),
    [
        ("$5 / MTok", "$5", MILLION),
        ("$5/MTok", "$5", MILLION),
        ("$0.14", "$0.14", MILLION),
        ("US$5 per million tokens", "US$5", MILLION),
        ("5 USD / 1M tokens", "5 USD", MILLION),
        ("$0.005 / 1K tokens", "$0.005", THOUSAND),
    ],
)
def test_the_unit_in_a_cell_says_what_the_figure_buys(text: str, figure: str, per: Decimal) -> None:
    (quote,) = put(text).quotes
    assert (quote.text, quote.per) == (figure, per)


def test_a_unit_fits_meters_of_its_kind_only() -> None:
    card = Card(strings=True)
    DOLLARS.put(card, Cell("$10 / 1k calls"), Price("web_searches"), field="search")
    assert [(quote.text, quote.per) for quote in card.quotes] == [("$10", THOUSAND)]
    assert [remark.fault for remark in put("$10 / 1k calls").remarks] == [EntryFault.UNKNOWN_UNIT]


def test_a_bare_figure_is_per_tokens_and_nothing_else() -> None:
    card = Card(strings=True)
    DOLLARS.put(card, Cell("$10"), Price("output_images"), field="image")
    assert [remark.fault for remark in card.remarks] == [EntryFault.UNKNOWN_UNIT]


@pytest.mark.parametrize("text", ["", "-", "—", "--", "N/A", "\\", "不支持"])
def test_nothing_is_no_quote_and_no_remark(text: str) -> None:
    card = put(text)
    assert (card.quotes, card.remarks) == ([], [])


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Free", PriceState.FREE),
        ("free of charge", PriceState.FREE),
        ("免费", PriceState.FREE),
        ("Contact us", PriceState.ON_REQUEST),
        ("联系我们", PriceState.ON_REQUEST),
    ],
)
def test_a_word_in_place_of_a_figure_is_a_state(text: str, state: PriceState) -> None:
    (quote,) = put(text).quotes
    assert quote.state is state


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        (Cell("$5 / hour"), EntryFault.UNKNOWN_UNIT),
        (Cell("$5 per image"), EntryFault.UNKNOWN_UNIT),
        (Cell("$5 / MTok (about $0.01/minute)"), EntryFault.UNKNOWN_UNIT),
        (Cell("5"), EntryFault.NOT_A_FIGURE),
        (Cell("$3", struck=("$5",)), EntryFault.NOT_A_FIGURE),
        (Cell("$3", marks=("1",)), EntryFault.NOT_A_FIGURE),
        (Cell("contact us by mail"), EntryFault.NOT_A_FIGURE),
    ],
)
def test_what_is_written_otherwise_is_remarked_on(cell: Cell, fault: EntryFault) -> None:
    card = put(cell)
    assert card.quotes == []
    assert [remark.fault for remark in card.remarks] == [fault]


def table(text: str) -> Table:
    (read,) = markdown_tables(text)
    return read


def test_a_column_that_nobody_knows_is_remarked_on() -> None:
    read = table("| Model | Input | Per song |\n|---|---|---|\n| m | $1 | $9 |\n")
    card = Card(strings=True)
    put_row(card, read, read.rows[0], {"Model": None, "Input": INPUT}, DOLLARS)
    assert len(card.quotes) == 1
    assert [(r.fault, r.field, r.value) for r in card.remarks] == [
        (EntryFault.UNKNOWN_FIELD, "per song", "$9")
    ]


def test_a_new_column_of_cache_rates_has_the_terms_of_its_neighbours() -> None:
    read = table("| Model | Input | Cached input |\n|---|---|---|\n| m | $1 | $0.1 |\n")
    batch = Price("input_tokens", Terms(tier="batch"))
    card = Card(strings=True)
    put_row(card, read, read.rows[0], {"Model": None, "Input": batch}, DOLLARS)
    assert [(quote.meter, quote.terms.key) for quote in card.quotes] == [
        ("input_tokens", "tier=batch"),
        ("cache_read_tokens", "tier=batch"),
    ]
    assert card.remarks == []


def test_a_new_column_of_sizes_is_passed_and_one_of_bands_is_not() -> None:
    read = table(
        "| Model | Context | Input |\n|---|---|---|\n| a | 256K | $1 |\n| b | >256K | $2 |\n"
    )
    cards = [Card(strings=True) for _ in read.rows]
    for card, row in zip(cards, read.rows, strict=True):
        put_row(card, read, row, {"Model": None, "Input": INPUT}, DOLLARS)
    assert [[remark.fault for remark in card.remarks] for card in cards] == [
        [],
        [EntryFault.UNKNOWN_FIELD],
    ]


def test_two_columns_of_one_name_give_no_figure() -> None:
    read = table("| Model | Input | Input |\n|---|---|---|\n| m | $1 | - |\n")
    card = Card(strings=True)
    put_row(card, read, read.rows[0], {"Model": None, "Input": INPUT}, DOLLARS)
    assert card.quotes == []
    assert [remark.fault for remark in card.remarks] == [EntryFault.WRONG_SHAPE]


def test_a_row_of_another_width_gives_no_figure() -> None:
    read = table("| Model | Input | Output |\n|---|---|---|\n| m | $1 |\n")
    card = Card(strings=True)
    put_row(card, read, read.rows[0], {"Model": None, "Input": INPUT}, DOLLARS)
    assert card.quotes == []
    assert [remark.fault for remark in card.remarks] == [EntryFault.WRONG_SHAPE]


def test_a_size_is_a_variant_where_its_words_can_be_a_term() -> None:
    card = Card(strings=True)
    assert with_variant(card, STANDARD, Cell("1080p"), field="size") == Terms(variant="1080p")
    assert with_variant(card, STANDARD, Cell("-"), field="size") == STANDARD
    assert card.remarks == []
    for size in ("up to a minute", ""):
        assert with_variant(card, STANDARD, Cell(size), field="size") is None
    assert [remark.fault for remark in card.remarks] == [EntryFault.UNKNOWN_FIELD] * 2


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("262,144 tokens", 262_144),
        ("384K", 384_000),
        ("1M", 1_000_000),
        ("about 1M", None),
        ("", None),
    ],
)
def test_token_counts_are_whole_numbers(text: str, tokens: int | None) -> None:
    assert token_count(text) == tokens
