"""What PostgreSQL knows of its tables' sizes, brought up to date after much was written at once."""

from __future__ import annotations

from django.db import connection

MANY = 1_000
"""Rows written in one transaction from which on it is worth counting anew."""


def count_anew(*tables: str) -> None:
    """Has the tables counted, also within the transaction that fills them.

    PostgreSQL plans by what it last counted: with figures from before a bulk load it would read
    whole tables for a page of rows, until its own count comes round.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(tables)}")
