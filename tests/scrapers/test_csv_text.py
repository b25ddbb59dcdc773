"""CSV is read by the names of its columns, whole or not at all."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.claims import PageError, PageFault
from scrapers.csv_text import csv_rows, row_text

BODY = b'model,score,notes\nA,1.50,\nB,2.0,"two\nlines, quoted"\n'


def fault_of(body: bytes) -> PageFault:
    with pytest.raises(PageError) as caught:
        list(csv_rows(body, "model", "score"))
    return caught.value.fault


def test_cells_stay_as_written() -> None:
    first, second = csv_rows(BODY, "score", "model")
    assert first == {"model": "A", "score": "1.50", "notes": ""}
    assert second["notes"] == "two\nlines, quoted"


def test_a_byte_order_mark_is_no_part_of_a_name() -> None:
    assert len(list(csv_rows(b"\xef\xbb\xbf" + BODY, "model"))) == 2


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (b"", PageFault.ANCHOR_MISSING),
        (b"<!DOCTYPE html><html>\n", PageFault.ANCHOR_MISSING),
        (b"model,points\nA,1\n", PageFault.ANCHOR_MISSING),
        (b"model,score,score\nA,1,2\n", PageFault.ANCHOR_MISSING),
        (b"model,score\n", PageFault.NO_ROWS),
        (b"model,score\nA,1\nB\n", PageFault.CUT_SHORT),
        (b"model,score\nA,1\nB,2", PageFault.CUT_SHORT),
        (b'model,score\nA,"1\n', PageFault.CUT_SHORT),
        (b"model,score\nA,\xff\n", PageFault.WRONG_FORMAT),
    ],
)
def test_another_table_or_half_a_one_is_refused(body: bytes, fault: PageFault) -> None:
    assert fault_of(body) is fault


def test_a_last_line_without_an_end_is_taken_only_where_that_is_usual() -> None:
    assert len(list(csv_rows(b"model\nA\nB", "model", open_end=True))) == 2


@given(st.integers(1, len(BODY) - 1))
def test_a_body_that_was_cut_gives_no_row_that_the_whole_has_not(cut: int) -> None:
    try:
        rows = list(csv_rows(BODY[:cut], "model", "score"))
    except PageError:
        return
    assert rows == list(csv_rows(BODY, "model", "score"))[: len(rows)]


_cells = st.text(st.characters(codec="utf-8", exclude_characters="\r\ufeff"), max_size=9)


@given(st.lists(st.tuples(_cells.filter(bool), _cells), min_size=1))
def test_any_cell_comes_back(cells: list[tuple[str, str]]) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\n").writerows([("one", "two"), *cells])
    rows = csv_rows(written.getvalue().encode(), "one")
    assert [(row["one"], row["two"]) for row in rows] == cells


def test_a_row_as_raw_text_is_json() -> None:
    assert row_text({"model": "A", "score": "1.50"}) == b'{"model":"A","score":"1.50"}'
