"""A host on loopback, a courier that may ask it, and sources that lead to it."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
import stamina
from pytest_django import Settings

from registry.ingest.models import Source
from registry.pipeline.courier import Courier, courier
from scrapers.fetch import AddressPolicy, FetchSettings
from tests.pipeline.upstreams import Upstreams, open_upstreams

CONTACT = "https://registry.example/contact"


@pytest.fixture
def upstreams() -> Iterator[Upstreams]:
    """A host that serves nothing yet; it closes with the test."""
    host, server = open_upstreams()
    yield host
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def tls() -> ssl.SSLContext:
    """The one that settings make by default, made once."""
    return httpx.create_ssl_context()


@pytest.fixture(autouse=True)
def run_dir(tmp_path: Path, settings: Settings) -> Path:
    """Where processes of this test's installation meet."""
    settings.RUN_DIR = tmp_path / "run"
    return tmp_path / "run"


@pytest.fixture
def new_courier(run_dir: Path, tls: ssl.SSLContext) -> Callable[[], Courier]:
    """Couriers that may ask 127.0.0.1 and rest nowhere, as a new process would have one."""

    def build() -> Courier:
        return Courier(
            FetchSettings(
                contact=CONTACT,
                version="1.2.3",
                slot_directory=run_dir / "slots",
                policy=AddressPolicy(allow_hosts=frozenset({"127.0.0.1"})),
                spacing=0.0,
                tls=tls,
            )
        )

    return build


@pytest.fixture
def installed(settings: Settings) -> Iterator[None]:
    """An installation with a contact that may ask 127.0.0.1, for commands and tasks."""
    settings.CONTACT = CONTACT
    settings.FETCH_EXEMPT_HOSTS = frozenset({"127.0.0.1"})
    courier.cache_clear()
    yield
    courier.cache_clear()


@pytest.fixture(autouse=True)
def no_pauses() -> Iterator[None]:
    """Attempts follow each other at once; as many as in earnest."""
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


@pytest.fixture
def feed(db: None, upstreams: Upstreams) -> Source:
    """A daily feed at ``/prices.json``."""
    return Source.objects.create(
        slug="example-feed",
        name="Example feed",
        parser="llm_prices",
        addresses={"": upstreams.url("/prices.json")},
        trust=60,
        interval_hours=24,
    )


@pytest.fixture
def page(db: None, upstreams: Upstreams) -> Source:
    """The provider's own page at ``/pricing``."""
    return Source.objects.create(
        slug="example-page",
        name="Example page",
        parser="deepseek",
        addresses={"": upstreams.url("/pricing")},
        trust=90,
        own_providers=["deepseek"],
        interval_hours=24,
    )
