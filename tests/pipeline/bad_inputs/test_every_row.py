"""Every row of the bad-input table is taken through the whole pipeline somewhere here."""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parent
TABLE = HERE.parents[2] / "docs" / "bad-inputs.md"
_ROW = re.compile(r"^\| (?P<numbers>[0-9, ]+) \|", re.M)
_MARK = re.compile(r"(?:bad_input\(|rejected\(|held\(\s*|\()(?P<number>[0-9]+)(?:\)|, )")

ELSEWHERE: dict[int, str] = {}
"""Rows without a test here, each with the reason."""


def test_every_row_of_the_table_has_its_test() -> None:
    listed = {
        int(number)
        for row in _ROW.finditer(TABLE.read_text())
        for number in row["numbers"].split(",")
    }
    tested = {
        int(mark["number"])
        for path in HERE.glob("test_*.py")
        for mark in _MARK.finditer(path.read_text())
    }
    assert set(range(1, 44)) <= listed
    missing = set(range(1, 44)) - tested
    assert missing == ELSEWHERE.keys()
