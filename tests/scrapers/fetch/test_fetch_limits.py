"""Drips, bombs and dead ends: refused in bounded time and memory."""

from __future__ import annotations

import gzip
import socket
import time
import tracemalloc
import zlib
from collections.abc import Callable

import pytest
import zstandard

from scrapers.fetch import Fetched, NotModified
from scrapers.fetch.errors import DeadlineExceeded, TooLarge
from tests.scrapers.fetch.loopback import Asked, Script, Site, answer

pytestmark = pytest.mark.enable_socket

Take = Callable[..., Fetched | NotModified]
MEGABYTE = 1_000_000
SHORT = {"deadline": 0.6}
MEASURED_MEMORY = 150 * MEGABYTE


def drip(start: bytes, drop: bytes) -> Script:
    """Sends ``start``, then ``drop`` again and again for as long as somebody listens."""

    def run(connection: socket.socket, _: Asked) -> None:
        connection.sendall(start)
        while True:
            connection.sendall(drop)
            time.sleep(0.05)

    return run


@pytest.mark.parametrize(
    ("start", "drop"),
    [
        (b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n", b"1"),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", b"1\r\n1\r\n"),
        (b"HTTP/1.1 200 OK\r\nx-long: ", b"a"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"HTTP/1.1 503 Later\r\ncontent-length: 1000\r\n\r\n", b"1"),
    ],
    ids=["body", "chunks", "header", "interim answers", "refusal"],
)
def test_a_drip_ends_with_the_deadline(site: Site, take: Take, start: bytes, drop: bytes) -> None:
    site.says("/prices", drip(start, drop))
    with pytest.raises(DeadlineExceeded, match=r"not done after 0\.6 s"):
        take("/prices", settings=SHORT)


def test_a_redirect_is_not_waited_for_to_its_end(site: Site, take: Take) -> None:
    head = b"HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\ncontent-length: 1000\r\n\r\n"
    site.says("/prices", drip(head, b"1"))
    site.says("/elsewhere", answer(body=b"1.74"))
    assert take("/prices").redirects == (site.url("/prices"),)


def test_a_silent_host_ends_with_the_deadline(site: Site, take: Take) -> None:
    def listen(connection: socket.socket, _: Asked) -> None:
        connection.recv(1)

    site.says("/prices", listen)
    with pytest.raises(DeadlineExceeded):
        take("/prices", settings=SHORT)


def test_a_resolver_that_does_not_answer_ends_with_the_deadline(site: Site, take: Take) -> None:
    def never(host: str, port: int) -> tuple[str, ...]:
        time.sleep(5)
        return ()

    with pytest.raises(DeadlineExceeded):
        take("/prices", settings={**SHORT, "resolver": never})


def gzip_bomb() -> bytes:
    """400 MB of zeros in about 390 KB, made without holding either whole."""
    squeezed = zlib.compressobj(9, wbits=31)
    return b"".join(squeezed.compress(bytes(MEGABYTE)) for _ in range(400)) + squeezed.flush()


def zstd_bomb() -> bytes:
    """400 MB of zeros in about 12 KB."""
    squeezed = zstandard.ZstdCompressor().compressobj()
    return b"".join(squeezed.compress(bytes(MEGABYTE)) for _ in range(400)) + squeezed.flush()


@pytest.mark.parametrize(
    ("encoding", "bomb"), [("gzip", gzip_bomb), ("zstd", zstd_bomb)], ids=["gzip", "zstd"]
)
def test_a_bomb_is_refused_in_little_memory(
    site: Site, take: Take, encoding: str, bomb: Callable[[], bytes]
) -> None:
    body = bomb()
    assert len(body) < 0.5 * MEGABYTE
    site.says("/prices", answer(body=body, content_encoding=encoding))
    tracemalloc.start()
    try:
        with pytest.raises(TooLarge, match="over 10485760 bytes"):
            take("/prices")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < MEASURED_MEMORY


def test_the_cap_counts_decoded_bytes_to_the_last_one(site: Site, take: Take) -> None:
    body = gzip.compress(bytes(1000))
    site.says("/prices", answer(body=body, content_encoding="gzip"))
    outcome = take("/prices", max_bytes=1000)
    assert isinstance(outcome, Fetched)
    assert outcome.body == bytes(1000)
    with pytest.raises(TooLarge, match="over 999 bytes"):
        take("/prices", max_bytes=999)


def test_an_endless_plain_body_is_refused_at_the_cap(site: Site, take: Take) -> None:
    def flood(connection: socket.socket, _: Asked) -> None:
        connection.sendall(b"HTTP/1.0 200 OK\r\n\r\n")
        while True:
            connection.sendall(bytes(65536))

    site.says("/prices", flood)
    with pytest.raises(TooLarge):
        take("/prices", max_bytes=MEGABYTE)
