"""Every row of the bad-input table is taken through the whole pipeline somewhere here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parent
TABLE = HERE.parents[2] / "docs" / "bad-inputs.md"
_ROW = re.compile(r"^\| (?P<numbers>[0-9, ]+) \|", re.M)

ELSEWHERE: dict[int, str] = {}
"""Rows without a test here, each with the reason."""


def test_every_row_of_the_table_has_its_test() -> None:
    listed = {
        int(number)
        for row in _ROW.finditer(TABLE.read_text())
        for number in row["numbers"].split(",")
    }
    assert set(range(1, 44)) <= listed
    tested = {row for path in HERE.glob("test_*.py") for row in _rows(_module(path))}
    assert set(range(1, 44)) - tested == ELSEWHERE.keys()


def _module(path: Path) -> ModuleType:
    return import_module(f"{__package__}.{path.stem}")


def _rows(module: ModuleType) -> Iterator[int]:
    """The rows that a module's tests and their single cases are marked with."""
    for name, test in vars(module).items():
        if name.startswith("test_"):
            marks: list[pytest.Mark] = getattr(test, "pytestmark", [])
            yield from _numbers(marks)
            for mark in marks:
                if mark.name == "parametrize":
                    cases = mark.args[1]
                    yield from _numbers(m for one in cases for m in getattr(one, "marks", ()))


def _numbers(marks: Iterable[pytest.MarkDecorator | pytest.Mark]) -> Iterator[int]:
    for mark in marks:
        if mark.name == "bad_input":
            yield from mark.args
