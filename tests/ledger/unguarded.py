"""History without its guards, for tests alone: to falsify it, and to empty it after a test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import TransactionTestCase

from registry.ledger.guards import guards_of, install


@contextmanager
def guards_lifted() -> Iterator[None]:
    """Within, history can be rewritten as somebody with the database's password could."""
    lift(connection)
    yield
    install(connection)


def lift(database: BaseDatabaseWrapper) -> None:
    """Drops every guard; the next ``migrate`` or flush puts them back."""
    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            # A table with checks still to come at the commit cannot lose a trigger.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        tables = set(database.introspection.table_names(cursor))
        for guard in guards_of(database.vendor):
            if guard.table in tables:
                cursor.execute(guard.drop)


# The hook by which Django ends a test that really commits; its types do not tell of it.
_flush: Callable[[Any], None] = vars(TransactionTestCase)["_fixture_teardown"]


def flush_unguarded(test: Any) -> None:
    """Takes that hook's place: lifts the guards, which refuse a flush and come back with it."""
    for alias in test._databases_names(include_mirrors=False):
        lift(connections[alias])
    _flush(test)
