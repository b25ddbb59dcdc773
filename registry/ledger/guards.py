"""Triggers that keep history append-only, whoever writes: the ORM, a bulk call or raw SQL.

Two kinds. A *rewrite guard* refuses UPDATE, DELETE and TRUNCATE of a table, and on SQLite also an
INSERT that names an existing row, since INSERT OR REPLACE deletes that row without a delete
trigger. (PostgreSQL has no such statement: ON CONFLICT DO UPDATE is an UPDATE to its triggers.)
A *name guard* fixes the names under which points are signed once the ledger has a series of them:
an offer's provider and id, a model's lab and slug, the slug of a provider, lab or benchmark.

They are installed after every ``migrate`` and not by one migration: on SQLite Django changes a
table by rebuilding it, and a rebuilt table has lost its triggers. Both engines answer with an
``IntegrityError`` such as "ledger_pricepoint is append-only: UPDATE refused".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True, slots=True)
class Guard:
    """One trigger: ``create`` replaces an existing one of that name, ``drop`` may find none."""

    name: str
    table: str
    create: tuple[str, ...]
    drop: str


# By guarded table, the sets of columns that each name a row of it.
_HISTORY: dict[str, tuple[tuple[str, ...], ...]] = {
    "ledger_revision": (("number",), ("hash",)),
    "ledger_series": (("id",), ("offer_id", "meter", "terms", "currency")),
    "ledger_pricepoint": (("id",), ("series_id", "starts_at", "revision_id")),
    "ledger_scoreseries": (("id",), ("model_id", "benchmark_id", "setup")),
    "ledger_scorepoint": (("id",), ("series_id", "starts_at", "revision_id")),
    "ledger_factseries": (("id",), ("model_id", "name"), ("offer_id", "name")),
    "ledger_factpoint": (("id",), ("series_id", "starts_at", "revision_id")),
    "ingest_claim": (("id",), ("source_id", "digest")),
    "curation_auditevent": (("id",), ("undoes",)),
}


@dataclass(frozen=True, slots=True)
class _SignedName:
    table: str
    columns: tuple[str, ...]
    is_published: str

    @property
    def message(self) -> str:
        return f"{self.table}: points are signed under {', '.join(self.columns)}: UPDATE refused"


_OF_OFFER = ("ledger_series", "ledger_factseries")
_OF_MODEL = ("ledger_scoreseries", "ledger_factseries")


def _any_series(tables: tuple[str, ...], of: str) -> str:
    return " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} s {of})"  # noqa: S608 - our own names
        for table in tables
    )


_SIGNED_NAMES = (
    _SignedName(
        "catalog_offer",
        ("provider_id", "provider_model_id"),
        _any_series(_OF_OFFER, "WHERE s.offer_id = OLD.id"),
    ),
    _SignedName(
        "catalog_provider",
        ("slug",),
        _any_series(
            _OF_OFFER, "JOIN catalog_offer o ON o.id = s.offer_id WHERE o.provider_id = OLD.id"
        ),
    ),
    _SignedName(
        "catalog_model",
        ("lab_id", "slug"),
        _any_series(_OF_MODEL, "WHERE s.model_id = OLD.id"),
    ),
    _SignedName(
        "catalog_lab",
        ("slug",),
        _any_series(_OF_MODEL, "JOIN catalog_model m ON m.id = s.model_id WHERE m.lab_id = OLD.id"),
    ),
    _SignedName(
        "benchmarks_benchmark",
        ("slug",),
        _any_series(("ledger_scoreseries",), "WHERE s.benchmark_id = OLD.id"),
    ),
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Puts every guard in place once all tables are there, replacing what stands there."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if not tables.issuperset(_HISTORY):
            return
        for guard in guards_of(connection.vendor):
            for statement in guard.create:
                cursor.execute(statement)


def install_after_migrate(using: str = DEFAULT_DB_ALIAS, **_signal: Any) -> None:
    """Receives ``post_migrate``, which a flush sends too."""
    install(connections[using])


def missing(connection: BaseDatabaseWrapper) -> tuple[str, ...]:
    """The guards that are not in place, by name."""
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {name for (name,) in cursor.fetchall()}
    return tuple(guard.name for guard in guards_of(connection.vendor) if guard.name not in present)


def guards_of(vendor: str) -> tuple[Guard, ...]:
    """All guards as that engine writes them: ``sqlite`` or ``postgresql``."""
    return tuple({"sqlite": _sqlite_guards, "postgresql": _postgresql_guards}[vendor]())


def _sqlite_guards() -> Iterator[Guard]:
    for table, identities in _HISTORY.items():
        for operation in ("UPDATE", "DELETE"):
            yield _sqlite_guard(table, operation, f"{table} is append-only: {operation} refused")
        existing = " OR ".join(_sqlite_exists(table, columns) for columns in identities)
        message = f"{table} is append-only: INSERT over an existing row refused"
        yield _sqlite_guard(table, "INSERT", message, when=existing)
    for signed in _SIGNED_NAMES:
        changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in signed.columns)
        when = f"({changed}) AND ({signed.is_published})"
        yield _sqlite_guard(signed.table, "UPDATE", signed.message, when=when)


def _sqlite_exists(table: str, columns: tuple[str, ...]) -> str:
    same = " AND ".join(f"{column} = NEW.{column}" for column in columns)
    return f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 - our own names


def _sqlite_guard(table: str, operation: str, message: str, when: str = "1") -> Guard:
    name = f"{table}_refuse_{operation.lower()}"
    drop = f"DROP TRIGGER IF EXISTS {name}"
    create = (
        f"CREATE TRIGGER {name} BEFORE {operation} ON {table} WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )
    return Guard(name, table, (drop, create), drop)


def _postgresql_guards() -> Iterator[Guard]:
    refuse = "RAISE EXCEPTION '%', {0} USING ERRCODE = 'integrity_constraint_violation';"
    rewrite = refuse.format("TG_TABLE_NAME || ' is append-only: ' || TG_OP || ' refused'")
    for table in _HISTORY:
        yield _postgresql_guard(
            table, "BEFORE UPDATE OR DELETE OR TRUNCATE", "FOR EACH STATEMENT", f"{rewrite}"
        )
    for signed in _SIGNED_NAMES:
        changed = " OR ".join(
            f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in signed.columns
        )
        message = refuse.format(f"'{signed.message}'")
        body = f"IF {signed.is_published} THEN {message} END IF; RETURN NEW;"
        yield _postgresql_guard(
            signed.table, "BEFORE UPDATE", f"FOR EACH ROW WHEN ({changed})", body
        )


def _postgresql_guard(table: str, event: str, scope: str, body: str) -> Guard:
    name = f"{table}_refuse"
    function = (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
        f"AS $$ BEGIN {body} END $$"
    )
    trigger = (
        f"CREATE OR REPLACE TRIGGER {name} {event} ON {table} {scope} EXECUTE FUNCTION {name}()"
    )
    return Guard(name, table, (function, trigger), f"DROP TRIGGER IF EXISTS {name} ON {table}")
