"""Real servers on loopback that answer, byte for byte, what a test tells them to."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scrapers.fetch import AddressPolicy, Fetched, FetchRequest, FetchSettings, NotModified, fetch

NOON = datetime(2026, 4, 24, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it arrived."""

    path: str
    headers: dict[str, str]


Script = Callable[[socket.socket, Asked], None]


@dataclass
class Site:
    """A host on 127.0.0.1: paths to answers, each given in turn and the last one for ever."""

    port: int
    answers: dict[str, list[bytes | Script]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def says(self, path: str, *answers: bytes | Script) -> None:
        self.answers[path] = list(answers)

    def paths(self) -> list[str]:
        """What was asked for, robots.txt aside."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    def serve(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            asked = _read_request(connection)
            self.asked.append(asked)
            queue = self.answers.get(asked.path, [answer(404)])
            chosen = queue.pop(0) if len(queue) > 1 else queue[0]
            if callable(chosen):
                chosen(connection, asked)
            else:
                connection.sendall(chosen)


def _read_request(connection: socket.socket) -> Asked:
    head = b""
    while b"\r\n\r\n" not in head:
        received = connection.recv(65536)
        if not received:
            raise ConnectionError("no request")
        head += received
    first, *lines = head.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
    fields = dict(line.split(": ", 1) for line in lines)
    return Asked(first.split(" ")[1], {name.lower(): value for name, value in fields.items()})


def answer(
    status: int = 200, body: bytes = b"", *, length: int | None = None, **headers: str
) -> bytes:
    """The bytes of an HTTP/1.1 answer; ``content_type="x"`` becomes ``content-type: x``."""
    lines = [f"HTTP/1.1 {status} Said"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    lines += [f"content-length: {len(body) if length is None else length}", "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


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


@pytest.fixture
def settings_for(tmp_path: Path) -> Callable[..., FetchSettings]:
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
