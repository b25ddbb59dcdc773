"""Tables of pages as grids: found by name, spans repeated, marks and strokes apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.claims import PageError, PageFault
from scrapers.tables import Cell, Table, html_tables, label_of, markdown_cell, markdown_tables

SPANS = """
<h2>Prices</h2>
<table>
<tr><td colspan="2">MODEL</td><td>flash</td><td>pro</td></tr>
<tr><td rowspan="2">PRICING</td><td>IN</td><td colspan="2">$1</td></tr>
<tr><td>OUT</td><td>$2</td><td>$3</td></tr>
</table>
"""


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def test_a_spanning_cell_stands_in_every_place_that_it_covers() -> None:
    (table,) = html_tables(SPANS)
    assert table.heading == "Prices"
    assert table.header == ("model", "model", "flash", "pro")
    assert texts(table) == [["PRICING", "IN", "$1", "$1"], ["PRICING", "OUT", "$2", "$3"]]


def test_header_rows_are_joined_into_one_label_a_column() -> None:
    (table,) = html_tables(
        "<table><thead><tr><th></th><th colspan=2>Short</th><th colspan=2>Long</th></tr>"
        "<tr><th>Model</th><th>In</th><th>Out</th><th>In</th><th>Out</th></tr></thead>"
        "<tr><td>a</td><td>1</td><td>2</td><td>3</td><td>4</td></tr></table>"
    )
    assert table.header == ("model", "short in", "short out", "long in", "long out")
    assert table.rows[0][table.column("Long out")].text == "4"


@pytest.mark.parametrize(
    ("html", "cell"),
    [
        ("$0.435 (75% off<sup>(3)</sup>)<del>$1.74</del>", ("$0.435 (75% off )", ["$1.74"], ["3"])),
        ("<span class='x line-through'>¥4.2</span><span>¥2.1</span>", ("¥2.1", ["¥4.2"], [])),
        ("<s>$5</s> $3 (1)", ("$3", ["$5"], ["1"])),
        ("<span>$</span><!-- --><span>5</span> / MTok", ("$ 5 / MTok", [], [])),
        ("<p>1</p><p>5</p>", ("1 5", [], [])),
        ("$3<script>9</script>\u200b", ("$3", [], [])),
    ],
)
def test_a_cell_keeps_strokes_and_marks_apart(
    html: str, cell: tuple[str, list[str], list[str]]
) -> None:
    (table,) = html_tables(f"<table><tr><td>h</td></tr><tr><td>{html}</td></tr></table>")
    read = table.rows[0][0]
    assert (read.text, list(read.struck), list(read.marks)) == cell


MARKDOWN_SECTIONS = """
| Model | Input |
|---|---|
| a | $1 |
| **Legacy models** | |
| b | $2 |
| **Batch, 50% off** | |
| c | $3 |
"""
HTML_SECTIONS = """<table><tr><th>Model</th><th>Input</th></tr>
<tr><td>a</td><td>$1</td></tr><tr><td colspan="2">Legacy models</td></tr>
<tr><td>b</td><td>$2</td></tr><tr><th colspan="2">Batch, 50% off</th></tr>
<tr><td>c</td><td>$3</td></tr></table>"""


@pytest.mark.parametrize(
    "table", [*markdown_tables(MARKDOWN_SECTIONS), *html_tables(HTML_SECTIONS)], ids=["md", "html"]
)
def test_a_heading_within_a_table_is_no_row_and_its_condition_marks_those_below(
    table: Table,
) -> None:
    assert texts(table) == [["a", "$1"], ["b", "$2"], ["c", "$3"]]
    assert [row[1].marks for row in table.rows] == [(), (), ("Batch, 50% off",)]


def test_a_model_whose_prices_are_left_empty_is_a_row() -> None:
    (table,) = markdown_tables("| Model | Input |\n|---|---|\n| a | |\n")
    assert texts(table) == [["a", ""]]


def test_a_row_that_spans_without_end_is_refused() -> None:
    cells = "<td colspan=200 rowspan=200>$1</td>" * 1_000
    with pytest.raises(PageError) as caught:
        html_tables(f"<table><tr>{cells}</tr></table>")
    assert caught.value.fault is PageFault.WRONG_FORMAT


def test_a_hidden_cell_under_a_spanning_one_is_no_cell() -> None:
    (table,) = html_tables(
        "<table><tr><td>m</td><td>p</td></tr><tr><td rowspan=2>a</td><td>1</td></tr>"
        "<tr><td class='hidden' rowspan='0'></td><td>2</td></tr></table>"
    )
    assert texts(table) == [["a", "1"], ["a", "2"]]


@pytest.mark.parametrize(
    ("source", "cell"),
    [
        ("~~$5~~ $3", Cell("$3", struck=("$5",))),
        ('<>{"$"}0.20</>', Cell("$0.20")),
        ("Claude Opus 3 ([deprecated](/docs/x))", Cell("Claude Opus 3 (deprecated)")),
        (r"\$5<sup>1</sup> (2)", Cell("$5", marks=("1", "2"))),
        ("**`grok-4.3`**", Cell("grok-4.3")),
    ],
)
def test_markdown_is_read_as_it_is_shown(source: str, cell: Cell) -> None:
    assert markdown_cell(source) == cell


def test_a_table_within_a_code_fence_is_no_table() -> None:
    text = "```\n| a |\n| - |\n| 1 |\n```\n\n# Real\n\n| b |\n|---|\n| 2 |\n"
    (table,) = markdown_tables(text)
    assert (table.heading, table.header, texts(table)) == ("Real", ("b",), [["2"]])


def test_an_empty_heading_takes_the_line_below_it() -> None:
    (table,) = markdown_tables(
        "### [​](https://example.org)\n\nText Models\n\n| b |\n|---|\n| 2 |\n"
    )
    assert table.heading == "Text Models"


def test_a_column_that_is_not_there_is_named() -> None:
    (table,) = html_tables(SPANS)
    with pytest.raises(PageError, match="'Output'") as caught:
        table.column("Output")
    assert caught.value.fault is PageFault.ANCHOR_MISSING


def test_a_row_that_is_not_there_is_named() -> None:
    (table,) = html_tables(SPANS)
    assert [cell.text for cell in table.row("out")] == ["PRICING", "OUT", "$2", "$3"]
    with pytest.raises(PageError, match="'CACHE HIT'"):
        table.row("CACHE HIT")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1M INPUT TOKENS (CACHE HIT)", "1m input tokens (cache hit)"),
        ("百万tokens输入（缓存命中）", "百万tokens输入(缓存命中)"),
        ("Input price¹", "input price"),
        ("  Cached\n Input ", "cached input"),
    ],
)
def test_labels_are_compared_without_case_width_and_marks(one: str, other: str) -> None:
    assert label_of(one) == label_of(other)


@given(st.permutations(["Model", "Input", "Output", "Cached input"]))
def test_the_order_of_columns_does_not_matter(order: list[str]) -> None:
    figures = {"Model": "m", "Input": "$1", "Output": "$2", "Cached input": "$3"}
    text = "\n".join(
        (
            "| " + " | ".join(order) + " |",
            "|" + "---|" * len(order),
            "| " + " | ".join(figures[name] for name in order) + " |",
        )
    )
    (table,) = markdown_tables(text)
    assert {name: table.rows[0][table.column(name)].text for name in order} == figures
