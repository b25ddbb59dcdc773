"""What every test may use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import hypothesis
import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import TransactionTestCase
from pytest_django import Settings

from registry.ingest.sources import sync_sources
from registry.selectors import catalogue, everyday
from registry.selectors.states import Kept
from tests.ledger.unguarded import flush_unguarded

# How long an example takes is no property of what is tested.
hypothesis.settings.register_profile("ratecard", deadline=None)
hypothesis.settings.load_profile("ratecard")

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real upstream files; what asks for it is skipped where they are absent."""
    if not CORPUS.is_dir():
        pytest.skip("the folder shared/data of real upstream files is not beside the repository")
    return CORPUS


def pytest_collection_modifyitems(items: Iterable[pytest.Item]) -> None:
    """A test that asks for the corpus is marked so; `-m "not corpus"` leaves it out."""
    for item in items:
        if "corpus" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.corpus)


@pytest.fixture(scope="session", autouse=True)
def _history_is_emptied_between_tests() -> Iterator[None]:
    """A test that really commits ends with a flush, which the ledger's guards would refuse."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", flush_unguarded)
        yield


@pytest.fixture(autouse=True)
def _no_rate_holds_tests_up(settings: Settings) -> None:
    """Tests ask more in a minute than anybody may; those of the rates set their own."""
    settings.RATE_ANONYMOUS = settings.RATE_WITH_KEY = 0


@pytest.fixture(autouse=True)
def _a_cache_of_its_own(request: pytest.FixtureRequest, settings: Settings) -> None:
    """Tests run side by side: a shared cache that one of them clears would be another's."""
    if settings.ENVIRONMENT.redis_url and not request.node.get_closest_marker("redis"):
        settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.fixture(autouse=True)
def _no_test_sees_what_another_read() -> None:
    """What pages hold in memory of a revision is another database's in each test."""
    everyday.forget()
    catalogue.forget()
    Kept.forget()


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Asks the application itself, as a server does, within this test's own transaction.

    Between two requests a server drops connections that have grown old; here there is only one.
    """
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def sources(db: None, settings: Settings, tmp_path: Path) -> None:
    """Every declared source as a row; the locks of its addresses are this test's own."""
    settings.RUN_DIR = tmp_path / "run"
    sync_sources()
