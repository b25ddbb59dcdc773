"""A real server on loopback that answers, byte for byte, what a test tells it to."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field


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
