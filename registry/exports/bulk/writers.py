"""One writer a format: rows go through in batches, none is kept.

Texts that a spreadsheet would run are written into CSV with an apostrophe before them.
"""

from __future__ import annotations

import csv
import gzip
import io
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from registry.exports.json_text import dumps
from registry.selectors.tabular import Column, Kind, Row, Table

_BATCH = 5_000
_ROW_GROUP = 20_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Writer(Protocol):
    """Writes a table into a folder and names the file."""

    def write(self, table: Table, rows: Iterable[Row], folder: Path) -> str:
        """The name of the file that the rows went into."""
        ...


class CsvWriter:
    """``<table>.csv.gz``: UTF-8, a line of names, nothing for what is unknown."""

    def write(self, table: Table, rows: Iterable[Row], folder: Path) -> str:
        """Amounts keep their digits; lists are their words between ``|``."""
        name = f"{table.name}.csv.gz"
        with _packed(folder / name) as file:
            text = io.TextIOWrapper(file, encoding="utf-8", newline="")
            writer = csv.writer(text, lineterminator="\n")
            writer.writerow(column.name for column in table.columns)
            for batch in _batches(rows):
                writer.writerows([_cell(value) for value in row] for row in batch)
            text.detach()
        return name


class JsonLinesWriter:
    """``<table>.jsonl.gz``: an object a line; amounts are texts, as in the API."""

    def write(self, table: Table, rows: Iterable[Row], folder: Path) -> str:
        """Nothing is left out: what is unknown is null."""
        name = f"{table.name}.jsonl.gz"
        names = [column.name for column in table.columns]
        with _packed(folder / name) as file:
            for batch in _batches(rows):
                for row in batch:
                    told = dict(zip(names, map(_plain, row), strict=True))
                    file.write(dumps(told) + b"\n")
        return name


class ParquetWriter:
    """``<table>.parquet``: typed columns, amounts as exact decimals, packed with zstd."""

    _TYPES: dict[Kind, pa.DataType] = {
        Kind.TEXT: pa.string(),
        Kind.INTEGER: pa.int64(),
        Kind.DECIMAL: pa.decimal128(30, 15),
        Kind.BOOLEAN: pa.bool_(),
        Kind.DATE: pa.date32(),
        Kind.MOMENT: pa.timestamp("us", tz="UTC"),
        Kind.TEXTS: pa.list_(pa.string()),
    }

    def write(self, table: Table, rows: Iterable[Row], folder: Path) -> str:
        """Groups of a fixed size, so that memory and bytes do not depend on the machine."""
        name = f"{table.name}.parquet"
        schema = pa.schema([(c.name, self._TYPES[c.kind]) for c in table.columns])
        with pq.ParquetWriter(folder / name, schema, compression="zstd") as file:
            for batch in _batches(rows, _ROW_GROUP):
                columns = zip(*batch, strict=True)
                arrays = [pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)]
                file.write_table(pa.table(arrays, schema=schema))
        return name


class SqliteWriter:
    """``ratecard.sqlite``: every table in one file; amounts are texts, moments are ISO 8601."""

    _NAME = "ratecard.sqlite"
    _TYPES = {Kind.INTEGER: "INTEGER", Kind.BOOLEAN: "INTEGER"}
    # What the points are asked by.
    _INDEXED = {
        "price_points": "offer",
        "score_points": "model",
        "fact_points": "model",
        "offers": "model",
    }

    def write(self, table: Table, rows: Iterable[Row], folder: Path) -> str:
        """Adds a table to the file."""
        columns = ", ".join(f"{c.name} {self._TYPES.get(c.kind, 'TEXT')}" for c in table.columns)
        places = ", ".join("?" * len(table.columns))
        with closing(sqlite3.connect(folder / self._NAME)) as file:
            file.execute("PRAGMA journal_mode = OFF")
            file.execute("PRAGMA synchronous = OFF")
            file.execute(f"CREATE TABLE {table.name} ({columns})")
            for batch in _batches(rows):
                file.executemany(
                    f"INSERT INTO {table.name} VALUES ({places})",  # noqa: S608 - our own names
                    [[_stored(value) for value in row] for row in batch],
                )
            indexed = self._INDEXED.get(table.name)
            if indexed is not None:
                index = f"CREATE INDEX {table.name}_by_{indexed} ON {table.name} ({indexed})"
                file.execute(index)
            file.commit()
        return self._NAME


WRITERS: dict[str, type[Writer]] = {
    "csv": CsvWriter,
    "jsonl": JsonLinesWriter,
    "parquet": ParquetWriter,
    "sqlite": SqliteWriter,
}


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def described(column: Column) -> dict[str, str]:
    """A column as the data dictionary has it."""
    return {"name": column.name, "kind": column.kind, "meaning": column.meaning}


@contextmanager
def _packed(path: Path) -> Iterator[gzip.GzipFile]:
    """A gzip file whose head names neither a file nor a moment."""
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as file:
        yield file


def _batches(rows: Iterable[Row], size: int = _BATCH) -> Iterator[Sequence[Row]]:
    left = iter(rows)
    while batch := list(islice(left, size)):
        yield batch


def _plain(value: Any) -> Any:
    """A value for JSON: an exact amount is a text."""
    return f"{value:f}" if isinstance(value, Decimal) else value


def _cell(value: Any) -> Any:
    match value:
        case str():
            return safe(value)
        case tuple():
            return safe("|".join(value))
        case bool():
            return "true" if value else "false"
        case _:
            return _stored(value)


def _stored(value: Any) -> Any:
    match value:
        case Decimal():
            return f"{value:f}"
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case tuple():
            return dumps(value).decode()
        case None | str() | int():
            return value
        case _:
            return value.isoformat()
