"""A small host on loopback that plays the upstreams: what it serves moves with the date."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True, slots=True)
class Page:
    """One answer: ``changed_at`` becomes Last-Modified; the ETag is the body's digest.

    ``encoding`` is declared as the body's, ``redirect`` is where it leads with status 302,
    ``pause`` is how long the host rests after each byte.
    """

    body: bytes
    content_type: str = "application/json"
    status: int = 200
    changed_at: datetime | None = None
    encoding: str = ""
    redirect: str = ""
    pause: float = 0.0

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'


@dataclass
class Upstreams:
    """Paths to pages; ``asked`` and ``told`` record the paths and the statuses of the answers."""

    port: int = 0
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    told: list[int] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def serves(self, path: str, body: bytes, **fields: Any) -> None:
        self.pages[path] = Page(body, **fields)

    def fails(self, path: str, status: int = 404) -> None:
        self.pages[path] = Page(b"", status=status)


def open_upstreams() -> tuple[Upstreams, ThreadingHTTPServer]:
    """A host that answers in threads of its own until it is shut down."""
    upstreams = Upstreams()
    handler = type("Handler", (_Handler,), {"upstreams": upstreams})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    upstreams.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return upstreams, server


class _Handler(BaseHTTPRequestHandler):
    upstreams: Upstreams

    def do_GET(self) -> None:
        page = self.upstreams.pages.get(self.path, Page(b"", status=404))
        known = self.headers.get("If-None-Match") == page.etag
        status = 304 if known and page.status == 200 else page.status
        status = 302 if page.redirect else status
        if self.path != "/robots.txt":
            self.upstreams.asked.append(self.path)
            self.upstreams.told.append(status)
        self.send_response(status)
        self.send_header("ETag", page.etag)
        if page.changed_at is not None:
            self.send_header("Last-Modified", format_datetime(page.changed_at, usegmt=True))
        if page.encoding:
            self.send_header("Content-Encoding", page.encoding)
        if page.redirect:
            self.send_header("Location", page.redirect)
        body = page.body if status == 200 else b""
        self.send_header("Content-Type", page.content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if page.pause:
            self._drip(body, page.pause)
        else:
            self.wfile.write(body)

    def _drip(self, body: bytes, pause: float) -> None:
        """Byte by byte, until whoever asked is gone."""
        with suppress(ConnectionError):
            for place in range(len(body)):
                self.wfile.write(body[place : place + 1])
                self.wfile.flush()
                time.sleep(pause)

    def log_message(self, *_: object) -> None:
        """Nothing: a test's output is its own."""


def price_list(prices: Mapping[str, tuple[str, str]], *, vendor: str = "deepseek") -> bytes:
    """A feed in the manner of llm-prices: model to its input and output price per million."""
    rows = [
        {
            "id": model,
            "vendor": vendor,
            "name": model.title(),
            "input": json.loads(cost[0]),
            "output": json.loads(cost[1]),
            "input_cached": None,
            "from_date": None,
            "to_date": None,
        }
        for model, cost in prices.items()
    ]
    return json.dumps({"prices": rows}).encode()


def price_page(flash: tuple[str, str, str], pro: tuple[str, str, str]) -> bytes:
    """A price page in the manner of DeepSeek's: cache hit, cache miss and output of two models."""
    names = ("1M INPUT TOKENS (CACHE HIT)", "1M INPUT TOKENS (CACHE MISS)", "1M OUTPUT TOKENS")
    head = '<td rowspan="3">PRICING</td>'
    rows = "".join(
        f"<tr>{head if n == 0 else ''}<td>{name}</td><td>${flash[n]}</td><td>${pro[n]}</td></tr>\n"
        for n, name in enumerate(names)
    )
    return f"""<!doctype html>
<html lang="en"><head><title>Models &amp; Pricing</title></head><body><main><table>
<tr><td colspan="2">MODEL</td><td>deepseek-v4-flash</td><td>deepseek-v4-pro</td></tr>
<tr><td colspan="2">BASE URL</td><td colspan="2">https://api.deepseek.com</td></tr>
<tr><td colspan="2">MODEL VERSION</td><td>DeepSeek-V4-Flash</td><td>DeepSeek-V4-Pro</td></tr>
<tr><td colspan="2">CONTEXT LENGTH</td><td colspan="2">1M</td></tr>
<tr><td colspan="2">MAX OUTPUT</td><td colspan="2">MAXIMUM: 384K</td></tr>
{rows}</table></main></body></html>
""".encode()
