"""The connection goes to the address that was checked, in the name that was asked."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from pathlib import Path

import pytest

from scrapers.fetch import AddressPolicy, Fetched, FetchRequest, FetchSettings, fetch
from scrapers.fetch.errors import AddressRefused, ConnectionFailed, TlsFailed
from tests.scrapers.fetch.loopback import Site, answer

pytestmark = pytest.mark.enable_socket

NAME = "prices.example"
ALLOWED = AddressPolicy(allow_hosts=frozenset({NAME}))
SettingsFor = Callable[..., FetchSettings]


def test_the_name_is_resolved_once_and_kept_in_the_host_header(
    site: Site, settings_for: SettingsFor
) -> None:
    looked_up: list[str] = []

    def resolver(host: str, port: int) -> tuple[str, ...]:
        looked_up.append(host)
        return ("127.0.0.1",)

    site.says("/prices", answer(body=b"1.74"))
    outcome = fetch(
        FetchRequest(site.url("/prices", NAME)),
        settings=settings_for(policy=ALLOWED, resolver=resolver),
    )
    assert isinstance(outcome, Fetched)
    assert outcome.final_url == site.url("/prices", NAME)
    assert looked_up == [NAME] * 2  # one connection for robots.txt, one for the page
    assert {asked.headers["host"] for asked in site.asked} == {f"{NAME}:{site.port}"}


@pytest.mark.parametrize(
    "resolved", [("127.0.0.1",), ("8.8.8.8", "10.0.0.1"), ("::1",), ("64:ff9b::a00:1",)]
)
def test_a_public_name_that_leads_near_is_refused(
    site: Site, settings_for: SettingsFor, resolved: tuple[str, ...]
) -> None:
    policy = AddressPolicy(schemes=frozenset({"http"}), ports=frozenset({site.port}))
    with pytest.raises(AddressRefused, match="resolves to"):
        fetch(
            FetchRequest(site.url("/prices", "prices.example.com")),
            settings=settings_for(policy=policy, resolver=lambda host, port: resolved),
        )
    assert site.asked == []


def test_the_next_address_is_tried_when_the_first_does_not_answer(
    site: Site, settings_for: SettingsFor
) -> None:
    site.says("/prices", answer(body=b"1.74"))
    settings = settings_for(policy=ALLOWED, resolver=lambda host, port: ("127.0.0.2", "127.0.0.1"))
    outcome = fetch(FetchRequest(site.url("/prices", NAME)), settings=settings)
    assert isinstance(outcome, Fetched)


@pytest.mark.usefixtures("no_pauses")
@pytest.mark.parametrize("message", ["Name or service not known", ""])
def test_an_unknown_name_is_a_failed_connection(
    site: Site, settings_for: SettingsFor, message: str
) -> None:
    def unknown(host: str, port: int) -> tuple[str, ...]:
        if message:
            raise socket.gaierror(socket.EAI_NONAME, message)
        return ()

    settings = settings_for(policy=ALLOWED, resolver=unknown)
    with pytest.raises(ConnectionFailed, match="a name that resolves"):
        fetch(FetchRequest(site.url("/prices", NAME)), settings=settings)


def test_tls_names_the_host_that_was_asked_and_trusts_no_stranger(
    open_site: Callable[[], Site], settings_for: SettingsFor
) -> None:
    greetings: list[bytes] = []
    site = open_site()

    def greet(connection: socket.socket) -> None:
        with connection:
            greetings.append(connection.recv(65536))
            connection.sendall(answer(400))

    site.serve = greet  # type: ignore[method-assign]
    settings = settings_for(policy=ALLOWED, resolver=lambda host, port: ("127.0.0.1",))
    with pytest.raises(TlsFailed):
        fetch(FetchRequest(f"https://{NAME}:{site.port}/"), settings=settings)
    assert NAME.encode() in greetings[0]


def test_certificates_are_verified_by_default(tmp_path: Path) -> None:
    tls = FetchSettings("https://registry.example/contact", "1.2.3", tmp_path).tls
    assert tls.verify_mode is ssl.CERT_REQUIRED
    assert tls.check_hostname


def test_proxies_of_the_environment_are_not_used(
    site: Site, settings_for: SettingsFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    site.says("/prices", answer(body=b"1.74"))
    assert isinstance(fetch(FetchRequest(site.url("/prices")), settings=settings_for()), Fetched)
