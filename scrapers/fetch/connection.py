"""A connection that goes to checked addresses only and ends when the deadline does.

httpx's own engine, httpcore, asks a network backend for its sockets. This one is given the
addresses instead of the name (so TLS and the Host header still speak of the name), and cuts every
single read and write to what is left of the deadline, so that dripped headers end as well.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore
import httpx

from scrapers.fetch.addresses import DEFAULT_PORTS, IpAddress, Target
from scrapers.fetch.deadline import Deadline
from scrapers.fetch.errors import AddressRefused, ConnectionFailed, TlsFailed, Truncated

_TIMEOUTS: dict[str, float] = {"connect": 10.0, "read": 15.0, "write": 10.0, "pool": 10.0}


class _TimedStream(httpcore.NetworkStream):
    """A network stream whose every operation is cut to the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.limit(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.limit(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(
            ssl_context, server_hostname, self._deadline.limit(timeout)
        )
        return _TimedStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _PinnedBackend(httpcore.NetworkBackend):
    """Connects to the given addresses, in order, whatever name it is asked for."""

    def __init__(self, addresses: tuple[IpAddress, ...], deadline: Deadline) -> None:
        self._addresses = addresses
        self._deadline = deadline
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failures: list[Exception] = []
        for address in self._addresses:
            try:
                stream = self._sockets.connect_tcp(
                    str(address),
                    port,
                    self._deadline.limit(timeout),
                    local_address,
                    socket_options,
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failures.append(error)
            else:
                return _TimedStream(stream, self._deadline)
        raise failures[-1]


@contextmanager
def answer_of(
    target: Target,
    headers: dict[str, str],
    *,
    addresses: tuple[IpAddress, ...],
    tls: ssl.SSLContext,
    deadline: Deadline,
    posted: bytes | None = None,
) -> Iterator[httpcore.Response]:
    """The open answer to one GET over a connection of its own, its body not yet read.

    With ``posted`` it is a POST of those bytes.

    HTTP/1.1 only: with one request a connection the newer protocol gains nothing. Raises
    `ConnectionFailed`, `TlsFailed`, `DeadlineExceeded`, and `Truncated` while the body is read.
    """
    answered = False
    try:
        with (
            httpcore.ConnectionPool(
                ssl_context=tls, network_backend=_PinnedBackend(addresses, deadline)
            ) as pool,
            pool.stream(
                "GET" if posted is None else "POST",
                _url(target),
                headers=list(headers.items()),
                content=posted,
                extensions={"timeout": _TIMEOUTS},
            ) as answer,
        ):
            answered = True
            yield answer
    except httpcore.RemoteProtocolError as error:
        if answered:
            raise Truncated(target.url, str(error), "a body that ends where it says") from error
        raise ConnectionFailed(target.url, str(error), "an HTTP answer") from error
    except (httpcore.TimeoutException, httpcore.NetworkError) as error:
        deadline.remaining()
        if (refused := _tls_cause(error)) is not None:
            raise TlsFailed(target.url, str(refused), "a certificate we can verify") from error
        reason = str(error) or type(error).__name__
        raise ConnectionFailed(target.url, reason, "a connection that lasts") from error


def _url(target: Target) -> str:
    # Checked by our reader, asked by httpx's: both must see the same host and port.
    url = httpx.URL(target.url)
    port = url.port or DEFAULT_PORTS[target.scheme]
    if (url.scheme, url.host, port) != (target.scheme, target.host, target.port):
        raise AddressRefused(target.url, f"also readable as {url.host}:{port}", "one reading")
    return str(url)


def _tls_cause(error: BaseException) -> ssl.SSLError | None:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return cause
        cause = cause.__cause__ or cause.__context__
    return None
