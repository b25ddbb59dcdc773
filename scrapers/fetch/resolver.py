"""From a host's name to the checked addresses that a connection is pinned to.

The name is resolved once a hop. The connection goes to the addresses that were checked, so a
name that resolves differently a moment later (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import queue
import socket
import threading
from collections.abc import Callable
from ipaddress import ip_address

from scrapers.fetch.addresses import AddressPolicy, IpAddress, Target, check_resolved
from scrapers.fetch.deadline import Deadline
from scrapers.fetch.errors import ConnectionFailed

Resolver = Callable[[str, int], tuple[str, ...]]
"""Host and port to address literals, best first; raises `OSError` for an unknown name."""


def system_resolver(host: str, port: int) -> tuple[str, ...]:
    """The operating system's answer, in its order."""
    found = socket.getaddrinfo(host.encode("ascii"), port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def resolve(
    target: Target, *, policy: AddressPolicy, resolver: Resolver, deadline: Deadline
) -> tuple[IpAddress, ...]:
    """The addresses of ``target``, every one of them checked.

    Raises `AddressRefused`, `ConnectionFailed` when the name is unknown, `DeadlineExceeded`.
    """
    try:
        literals = _within(deadline, lambda: resolver(target.host, target.port))
    except OSError as error:
        raise ConnectionFailed(
            target.url, f"{target.host}: {error}", "a name that resolves"
        ) from error
    addresses = tuple(ip_address(literal) for literal in literals)
    if not addresses:
        raise ConnectionFailed(target.url, f"{target.host}: no address", "a name that resolves")
    check_resolved(target, addresses, policy)
    return addresses


def _within(deadline: Deadline, look_up: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
    # The system's resolver takes no timeout, so it runs in a thread that may be left behind.
    answers: queue.SimpleQueue[tuple[str, ...] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(look_up())
        except OSError as error:
            answers.put(error)

    threading.Thread(target=ask, name="resolver", daemon=True).start()
    while True:
        try:
            answer = answers.get(timeout=deadline.remaining())
        except queue.Empty:
            continue
        if isinstance(answer, OSError):
            raise answer
        return answer
