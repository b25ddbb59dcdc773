"""Who listens while webhooks are measured: a receiver that verifies, a forger, a stranger."""

from __future__ import annotations

import json
import random
import socketserver
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks import Webhook

from registry.webhooks.secrets import new_secret, signed

Heard = Callable[[bytes, dict[str, str]], int]
"""What a listener answers to a body and its headers: a status."""


@dataclass
class Receiver:
    """Counts what came by message; refuses a ``share`` of it and every wrong signature.

    ``amounts``: by revision what its changes say, in their order.
    """

    share: float
    dice: random.Random
    secret: str = ""
    taken: Counter[str] = field(default_factory=Counter)
    amounts: dict[int, list[str]] = field(default_factory=dict)
    refused: int = 0
    unsigned: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, body: bytes, headers: dict[str, str]) -> int:
        """The status for one message."""
        at = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
        signed = Webhook(self.secret).sign(headers["webhook-id"], at, body.decode())
        with self.lock:
            if signed not in headers["webhook-signature"].split(" "):
                self.unsigned += 1
                return 401
            if self.dice.random() < self.share:
                self.refused += 1
                return 503
            self._take(headers["webhook-id"], json.loads(body)["data"])
            return 200

    def _take(self, message: str, data: Any) -> None:
        self.taken[message] += 1
        told = [change["now"]["amount"] for change in data["items"]]
        self.amounts[data["revision"]["number"]] = told

    @property
    def in_order(self) -> bool:
        """Whether the messages, sorted by revision, tell every price from 1 on in its order."""
        told = [amount for number in sorted(self.amounts) for amount in self.amounts[number]]
        return told == [str(n + 1) for n in range(len(told))]


@dataclass
class Forger:
    """Overhears messages and sends them altered, or as somebody else's; counts what was taken."""

    receiver: Receiver
    tried: int = 0
    taken: int = 0

    def overhear(self, body: bytes, headers: dict[str, str]) -> None:
        """Three forgeries of one message: another body, another id, another secret."""
        at = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
        foreign = signed(body.decode(), headers["webhook-id"], at, [new_secret()])
        for forged_body, forged_headers in (
            (body + b" ", headers),
            (body, headers | {"webhook-id": "msg_0_0"}),
            (body, headers | foreign),
        ):
            self.tried += 1
            self.taken += self.receiver.answer(forged_body, forged_headers) == 200


def heard_by(receiver: Receiver, forger: Forger) -> Heard:
    """Every seventh message that is taken is forged as well."""

    def hear(body: bytes, headers: dict[str, str]) -> int:
        status = receiver.answer(body, headers)
        if status == 200 and receiver.taken.total() % 7 == 0:
            forger.overhear(body, headers)
        return status

    return hear


class _Server(ThreadingHTTPServer):
    request_queue_size = 128


@contextmanager
def listening(host: str, hear: Heard) -> Iterator[str]:
    """The address at which somebody listens until the measurement is over."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            sent = {name.lower(): value for name, value in self.headers.items()}
            self.send_response(hear(body, sent))
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """The table says it."""

    server = _Server((host, 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://{host}:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def stranger(host: str, port: int) -> Iterator[Counter[str] | None]:
    """Counts whoever connects to a port; None where this user may not listen there."""
    heard = Counter[str]()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            heard["connections"] += 1

    try:
        server = socketserver.ThreadingTCPServer((host, port), Handler)
    except OSError:
        yield None
        return
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield heard
    finally:
        server.shutdown()
        server.server_close()
