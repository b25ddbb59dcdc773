"""One message to a stranger's host: under the same checks of its address, without redirects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from scrapers.fetch.addresses import check_address
from scrapers.fetch.connection import answer_of
from scrapers.fetch.deadline import Deadline
from scrapers.fetch.exchange import retry_after
from scrapers.fetch.messages import FetchSettings
from scrapers.fetch.resolver import resolve

_EXCERPT = 200


@dataclass(frozen=True, slots=True)
class Posted:
    """What the host answered: its status, the start of its body, its wish in seconds to wait."""

    status: int
    excerpt: str
    retry_after: float | None

    @property
    def taken(self) -> bool:
        """Whether the host says that it has the message."""
        return 200 <= self.status < 300


def post(
    address: str, body: bytes, headers: Mapping[str, str], *, settings: FetchSettings
) -> Posted:
    """Sends ``body`` once; a redirect is an answer like any other and is not followed.

    Raises a `FetchError` where no answer came: the address or one of those that its name resolves
    to is not public, no connection, no answer within ``settings.deadline`` seconds.
    """
    deadline = Deadline(address, settings.deadline)
    target = check_address(address, settings.policy)
    addresses = resolve(
        target, policy=settings.policy, resolver=settings.resolver, deadline=deadline
    )
    sent = {
        "User-Agent": settings.user_agent,
        "Connection": "close",
        "Content-Length": str(len(body)),
        **headers,
    }
    with answer_of(
        target, sent, addresses=addresses, tls=settings.tls, deadline=deadline, posted=body
    ) as answer:
        told = httpx.Headers(answer.headers)
        wish = retry_after(told.get("retry-after", "").strip(), settings.now())
        first = next(answer.iter_stream(), b"")
        return Posted(answer.status, first[:_EXCERPT].decode("utf-8", "replace"), wish)
