"""A receiver on loopback that verifies what it is told, and refuses as it is asked to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks import Webhook, WebhookVerificationError


@dataclass
class Receiver:
    """What came and was verified, and what was refused for its signature.

    ``answers``: the status for the n-th request, from 0; 200 where it says nothing.
    """

    address: str = ""
    secret: str = ""
    answers: Callable[[int], int] = lambda number: 200
    headers: dict[str, str] = field(default_factory=dict)
    taken: list[dict[str, Any]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    refused: int = 0
    asked: int = 0

    @property
    def revisions(self) -> list[int]:
        """Of what was taken, in the order in which it came."""
        return [message["data"]["revision"]["number"] for message in self.taken]

    def answer(self, body: bytes, headers: dict[str, str]) -> int:
        number, self.asked = self.asked, self.asked + 1
        try:
            Webhook(self.secret).verify(body, headers)
        except WebhookVerificationError:
            self.refused += 1
            return 401
        status = self.answers(number)
        if status == 200:
            self.taken.append(json.loads(body))
            self.ids.append(headers["webhook-id"])
        return status


class Server(ThreadingHTTPServer):
    """Lets as many wait at its door as a sender sends at once, and more."""

    request_queue_size = 64


@contextmanager
def receiver() -> Iterator[Receiver]:
    """Listens until the test is over."""
    state = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            sent = {name.lower(): value for name, value in self.headers.items()}
            self.send_response(state.answer(body, sent))
            for name, value in state.headers.items():
                self.send_header(name, value)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Tests say what they want to see."""

    server = Server(("127.0.0.1", 0), Handler)
    state.address = f"http://127.0.0.1:{server.server_port}/told"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield state
    server.shutdown()
    server.server_close()
