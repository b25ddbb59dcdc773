"""History cannot be rewritten, whichever way somebody tries."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from registry.catalog.models import Offer, Provider
from registry.ingest.models import Claim, Run, Source
from registry.ledger.guards import guards_of, install, missing
from registry.ledger.models import (
    Point,
    PricePoint,
    Revision,
    ScorePoint,
    ScoreSeries,
    Series,
)
from tests.ledger.conftest import Rated
from tests.ledger.saying import point, say
from tests.ledger.scoring import score
from tests.ledger.unguarded import lift

HISTORY = [
    "ledger_revision", "ledger_series", "ledger_pricepoint", "ledger_scoreseries",
    "ledger_scorepoint", "ingest_claim",
]  # fmt: skip
COPY = "({columns}) SELECT {columns} FROM {table}"
ANY_ENGINE = [
    "UPDATE {table} SET {key} = {key}",
    "DELETE FROM {table}",
    "INSERT INTO {table} " + COPY + " WHERE true ON CONFLICT ({key}) DO UPDATE SET {key} = 0",
]
REWRITES = {
    "sqlite": [
        *ANY_ENGINE,
        "INSERT OR REPLACE INTO {table} " + COPY,
        "REPLACE INTO {table} " + COPY,
        # A new id with an old row's content would delete the old row as well.
        "INSERT OR REPLACE INTO {table} ({columns}) SELECT {other_key} FROM {table}",
        "UPDATE OR REPLACE {table} SET {key} = {key}",
    ],
    "postgresql": [*ANY_ENGINE, "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {table} CASCADE"],
}


@pytest.fixture
def published(offer: Offer, rated: Rated) -> PricePoint:
    """A price with its claim, revision and series, and a score in the same revision."""
    now = timezone.now()
    source = Source.objects.create(slug="litellm", name="LiteLLM", parser="litellm", trust=50)
    run = Run.objects.create(source=source, slot="1", at=now, started_at=now)
    claim = Claim.objects.create(
        source=source,
        digest="d" * 64,
        entry_key="deepseek-v4-pro",
        provider_name="deepseek",
        model_id="deepseek-v4-pro",
        content={},
        first_run=run,
        first_seen_at=now,
        priced_since=now,
        offer=offer,
    )
    say(point(offer, claim_id=claim.pk), score(*rated))
    return PricePoint.objects.get()


def refused(rewrite: Callable[[], object], message: str) -> bool:
    """Whether the rewrite fails for that reason."""
    with pytest.raises(IntegrityError, match=message), transaction.atomic():
        rewrite()
    return True


def raw(sql: str) -> Callable[[], object]:
    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql)

    return run


def key_of(table: str) -> str:
    return "number" if table == "ledger_revision" else "id"


def columns_of(table: str) -> str:
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, table)
    return ", ".join(column.name for column in described)


def test_a_saved_point_cannot_be_saved_again(published: PricePoint) -> None:
    published.amount = Decimal("9.99")
    assert refused(published.save, "ledger_pricepoint is append-only: UPDATE refused")
    assert PricePoint.objects.get().amount == Decimal("1.74")


@pytest.mark.parametrize("model", [PricePoint, Series, ScorePoint, ScoreSeries, Revision, Claim])
def test_no_row_of_history_can_be_changed_or_deleted_through_the_orm(
    published: PricePoint, model: type[PricePoint]
) -> None:
    rows, row = model._default_manager.all(), model._default_manager.get()
    table = model._meta.db_table
    # Only points have nothing that protects it from Django's own deletion.
    removable = issubclass(model, Point)
    assert refused(row.save, f"{table} is append-only: UPDATE refused")
    assert refused(lambda: rows._raw_delete(rows.db), f"{table} is append-only: DELETE refused")
    if removable:
        assert refused(row.delete, f"{table} is append-only: DELETE refused")
        assert refused(rows.delete, f"{table} is append-only: DELETE refused")
    assert model._default_manager.count() == 1


@pytest.mark.parametrize(
    ("model", "field", "value"),
    [
        (PricePoint, "amount", Decimal(2)),
        (Series, "currency", "CNY"),
        (ScorePoint, "value", Decimal(81)),
        (ScoreSeries, "setup", "effort=high"),
        (Revision, "note", "it was never so"),
        (Claim, "page", "https://example.org/"),
    ],
)
def test_no_field_can_be_updated_in_bulk(
    published: PricePoint, model: type[PricePoint], field: str, value: object
) -> None:
    row = model._default_manager.get()
    setattr(row, field, value)
    message = f"{model._meta.db_table} is append-only: UPDATE refused"
    assert refused(lambda: model._default_manager.update(**{field: value}), message)
    assert refused(lambda: model._default_manager.bulk_update([row], [field]), message)


@pytest.mark.parametrize("rewrite", REWRITES[connection.vendor])
@pytest.mark.parametrize("table", HISTORY)
def test_raw_sql_cannot_rewrite(published: PricePoint, table: str, rewrite: str) -> None:
    columns, key = columns_of(table), key_of(table)
    other_key = ", ".join(f"{key} + 1000" if c == key else c for c in columns.split(", "))
    statement = rewrite.format(table=table, key=key, columns=columns, other_key=other_key)
    assert refused(raw(statement), f"{table} is append-only: [A-Z].* refused")


def test_names_that_prices_are_signed_under_stay(
    published: PricePoint, offers: list[Offer]
) -> None:
    provider = published.series.offer.provider
    provider.slug = "deep-seek"
    assert refused(provider.save, "catalog_provider: points are signed under slug")
    assert refused(
        lambda: Offer.objects.update(provider_model_id="x"), "catalog_offer: points are signed"
    )


def test_names_that_scores_are_signed_under_stay(published: PricePoint, rated: Rated) -> None:
    model, benchmark = rated
    for row in (model, model.lab, benchmark):
        row.slug = "x"
        table = row._meta.db_table
        assert refused(row.save, f"{table}: points are signed under")


def test_names_are_free_until_a_price_is_published(
    published: PricePoint, offers: list[Offer]
) -> None:
    Offer.objects.filter(pk=offers[2].pk).update(provider_model_id="gpt-5.5-pro")
    Provider.objects.filter(slug="azure").update(slug="azure-ai")
    Offer.objects.filter(pk=offers[0].pk).update(name="V4 Pro")
    assert Offer.objects.get(pk=offers[2].pk).provider.slug == "azure-ai"


def test_every_table_of_the_ledger_is_guarded(db: None) -> None:
    guarded = {guard.table for guard in guards_of(connection.vendor)}
    assert {model._meta.db_table for model in apps.get_app_config("ledger").get_models()} <= guarded
    assert missing(connection) == ()


def test_guards_that_were_lost_are_put_back(db: None) -> None:
    lift(connection)
    assert missing(connection) == tuple(guard.name for guard in guards_of(connection.vendor))
    install(connection)
    install(connection)
    assert missing(connection) == ()
