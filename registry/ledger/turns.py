"""Writers take turns: what one decides on stands still until it has published."""

from __future__ import annotations

from django.db import connection

_TURN = 0x7261_7465_6361_7264  # "ratecard"


def take_turn() -> None:
    """Waits until no other transaction writes, then holds the turn until this one ends.

    On PostgreSQL by an advisory lock, which may be taken again within the transaction; on SQLite
    because the settings open transactions as IMMEDIATE.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])
