"""The bundled catalogue as a registry, loaded once for all tests of a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from registry.ingest.sources import sync_sources
from registry.pipeline.bundle.format import CATALOG_DIR
from registry.pipeline.bundle.load import load_catalog


@pytest.fixture(scope="module")
def bundled(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Every revision of the bundled catalogue; whatever a test adds goes with the test."""
    with django_db_blocker.unblock(), transaction.atomic():
        sync_sources()
        load_catalog(CATALOG_DIR)
        yield
        transaction.set_rollback(True)
