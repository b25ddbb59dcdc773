"""What DuckDB reads out of a folder of Parquet files."""

from __future__ import annotations

import json
import sys

import duckdb


def main() -> None:
    """Reads ``{folder, sql}``, in which ``$folder`` is the folder; writes the rows as texts."""
    question = json.load(sys.stdin)
    rows = duckdb.sql(question["sql"].replace("$folder", question["folder"])).fetchall()
    json.dump(
        [[None if value is None else str(value) for value in row] for row in rows], sys.stdout
    )


if __name__ == "__main__":
    main()
