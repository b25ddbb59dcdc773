"""One hop: a GET in the host's slot, its body bounded, tried again when that may help."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpcore
import httpx
import stamina

from scrapers.fetch import slots
from scrapers.fetch.addresses import Target
from scrapers.fetch.connection import answer_of
from scrapers.fetch.deadline import Deadline
from scrapers.fetch.decoding import ACCEPT_ENCODING, BrokenEncoding, decoder_for
from scrapers.fetch.errors import (
    ConnectionFailed,
    Deferred,
    RateLimited,
    ServerFailed,
    TooLarge,
    Truncated,
    Undecodable,
)
from scrapers.fetch.messages import FetchSettings
from scrapers.fetch.resolver import resolve
from scrapers.fetch.signs import refuse_challenge

REDIRECTS = frozenset({301, 302, 303, 307, 308})
EXCERPT = 64 * 1024
_ATTEMPTS = 3
_LONGEST_PAUSE = 2.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What one hop answered. ``body`` is whole for status 200, else an excerpt or nothing."""

    target: Target
    status: int
    headers: httpx.Headers
    body: bytes


@dataclass(frozen=True, slots=True)
class Exchange:
    """The hops of one errand: they share its deadline."""

    settings: FetchSettings
    deadline: Deadline

    def get(self, target: Target, headers: dict[str, str], *, max_bytes: int, rest: float) -> Reply:
        """The reply to one GET, tried again after 429, 5xx and broken connections.

        ``rest`` is how long the host is left alone afterwards, in seconds. Raises `RateLimited`
        and `ServerFailed` when it is of no use to try again before the deadline, and any other
        `FetchError` at once.
        """

        def worth_another(error: Exception) -> bool:
            # The slot makes the next attempt wait for the rest; here it only has to be in time.
            if not isinstance(error, Deferred | ConnectionFailed | Truncated):
                return False
            wish = error.retry_after if isinstance(error, Deferred) else None
            return max(wish or 0.0, rest, _LONGEST_PAUSE) < self.deadline.remaining()

        again = stamina.RetryingCaller(
            attempts=_ATTEMPTS,
            timeout=None,
            wait_initial=0.25,
            wait_max=_LONGEST_PAUSE,
            wait_jitter=0.5,
        )
        return again(worth_another, self._try, target, headers, max_bytes, rest)

    def _try(self, target: Target, headers: dict[str, str], max_bytes: int, rest: float) -> Reply:
        settings = self.settings
        addresses = resolve(
            target, policy=settings.policy, resolver=settings.resolver, deadline=self.deadline
        )
        sent = {
            "User-Agent": settings.user_agent,
            "Accept-Encoding": ACCEPT_ENCODING,
            "Connection": "close",
            **headers,
        }
        with (
            slots.hold(settings.slot_directory, target, rest=rest, deadline=self.deadline) as slot,
            answer_of(
                target, sent, addresses=addresses, tls=settings.tls, deadline=self.deadline
            ) as answer,
        ):
            reply = self._read(target, answer, max_bytes)
            if reply.status in REDIRECTS:
                slot.rest = min(rest, settings.spacing)
            refuse_challenge(reply.target.url, reply.headers, reply.body)
            if (deferral := self._deferral(reply)) is not None:
                slot.rest = max(rest, deferral.retry_after or 0.0)
                raise deferral
            return reply

    def _read(self, target: Target, answer: httpcore.Response, max_bytes: int) -> Reply:
        headers = httpx.Headers(answer.headers)
        body = b""
        if answer.status == 200:
            body = self._whole_body(target, answer, headers, max_bytes)
        elif answer.status not in REDIRECTS:
            body = self._excerpt(answer, headers)
        return Reply(target, answer.status, headers, body)

    def _whole_body(
        self, target: Target, answer: httpcore.Response, headers: httpx.Headers, max_bytes: int
    ) -> bytes:
        body = bytearray()
        try:
            for piece in self._pieces(answer, headers):
                body += piece
                if len(body) > max_bytes:
                    raise TooLarge(target.url, f"over {max_bytes} bytes", "a body within the cap")
        except BrokenEncoding as error:
            raise Undecodable(target.url, str(error), f"one of {ACCEPT_ENCODING}") from error
        except EOFError as error:
            raise Truncated(target.url, str(error), "a body with its end mark") from error
        return bytes(body)

    def _excerpt(self, answer: httpcore.Response, headers: httpx.Headers) -> bytes:
        # The words of a refusal matter for telling a challenge from a fault, no more than that.
        body = bytearray()
        try:
            for piece in self._pieces(answer, headers):
                body += piece
                if len(body) >= EXCERPT:
                    break
        except (BrokenEncoding, EOFError, httpcore.RemoteProtocolError, httpcore.ReadError):
            pass
        return bytes(body[:EXCERPT])

    def _pieces(self, answer: httpcore.Response, headers: httpx.Headers) -> Iterator[bytes]:
        decoder = decoder_for(headers.get("content-encoding", ""))
        empty = True
        for chunk in answer.iter_stream():
            empty = False
            for piece in decoder.feed(chunk):
                self.deadline.remaining()
                yield piece
        if not (decoder.finished or empty):
            raise EOFError("the compressed body stops in the middle")

    def _deferral(self, reply: Reply) -> Deferred | None:
        if reply.status != 429 and reply.status < 500:
            return None
        named = RateLimited if reply.status == 429 else ServerFailed
        wish = retry_after(reply.headers.get("retry-after", "").strip(), self.settings.now())
        return named(reply.target.url, reply.status, wish)


def retry_after(wish: str, now: datetime) -> float | None:
    """The seconds that a Retry-After header wishes (RFC 9110, 10.2.3); None if unreadable."""
    if wish.isascii() and wish.isdigit():
        return float(wish)
    try:
        moment = parsedate_to_datetime(wish)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return max(0.0, (moment - now).total_seconds())
    except (ValueError, OverflowError):
        return None
