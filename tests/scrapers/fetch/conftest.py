"""Servers on loopback, and a fetcher that may ask them."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
import stamina

from scrapers.fetch import AddressPolicy, Fetched, FetchRequest, FetchSettings, NotModified, fetch
from tests.scrapers.fetch.loopback import Site

NOON = datetime(2026, 4, 24, 12, tzinfo=UTC)


@pytest.fixture
def open_site() -> Iterator[Callable[[], Site]]:
    """Opens any number of sites; they close with the test."""
    listeners: list[socket.socket] = []

    def open_one() -> Site:
        listener = socket.create_server(("127.0.0.1", 0))
        listeners.append(listener)
        site = Site(listener.getsockname()[1])

        def accept() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    threading.Thread(target=site.serve, args=(connection,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        return site

    yield open_one
    for listener in listeners:
        listener.close()


@pytest.fixture
def site(open_site: Callable[[], Site]) -> Site:
    return open_site()


@pytest.fixture(scope="session")
def tls() -> ssl.SSLContext:
    """The one that settings make by default, made once."""
    return httpx.create_ssl_context()


@pytest.fixture
def settings_for(tmp_path: Path, tls: ssl.SSLContext) -> Callable[..., FetchSettings]:
    """Settings that may ask 127.0.0.1 and rest nowhere; any field can be given."""

    def build(**fields: object) -> FetchSettings:
        usual: dict[str, object] = {
            "contact": "https://registry.example/contact",
            "version": "1.2.3",
            "slot_directory": tmp_path / "slots",
            "policy": AddressPolicy(allow_hosts=frozenset({"127.0.0.1"})),
            "spacing": 0.0,
            "deadline": 10.0,
            "now": lambda: NOON,
            "tls": tls,
        }
        return FetchSettings(**(usual | fields))  # type: ignore[arg-type]

    return build


@pytest.fixture
def take(
    site: Site, settings_for: Callable[..., FetchSettings]
) -> Callable[..., Fetched | NotModified]:
    """Fetches a path of ``site``; request fields by name, settings under ``settings``."""

    def run(
        path: str, settings: dict[str, object] | None = None, **fields: object
    ) -> Fetched | NotModified:
        request = FetchRequest(site.url(path), **fields)  # type: ignore[arg-type]
        return fetch(request, settings=settings_for(**(settings or {})))

    return run


@pytest.fixture
def no_pauses() -> Iterator[None]:
    """Attempts follow each other at once; as many as in earnest."""
    with stamina.set_testing(True, attempts=3, cap=True):
        yield
