"""Why a page was not taken: every failure of the fetcher by name.

Each error names the address it happened at, the value that was met and what was expected; its
``code`` is what a run records. `FetchError` is the only class that a caller has to catch.
"""

from __future__ import annotations

from typing import ClassVar


class FetchError(Exception):
    """A page could not be taken; nothing of it may be used."""

    code: ClassVar[str] = "fetch_failed"

    def __init__(self, address: str, value: str, expected: str) -> None:
        super().__init__(f"{address}: {value}; expected {expected}")
        self.address = address
        self.value = value
        self.expected = expected


class AddressRefused(FetchError):
    """The address, or one that its name resolves to, is not a plain public one."""

    code = "address_refused"


class DeadlineExceeded(FetchError):
    """The errand as a whole, redirects and retries included, took too long."""

    code = "deadline_exceeded"


class HostBusy(FetchError):
    """The host's slot is not free before the deadline: taken, or resting at the host's wish."""

    code = "host_busy"


class RobotsDisallowed(FetchError):
    """The host's robots.txt asks us not to take this page."""

    code = "robots_disallowed"


class RobotsUnreachable(FetchError):
    """The host's robots.txt failed, which RFC 9309 (2.3.1.4) reads as a complete refusal."""

    code = "robots_unreachable"


class ConnectionFailed(FetchError):
    """The name did not resolve, no connection was made, or it broke before an answer."""

    code = "connection_failed"


class TlsFailed(FetchError):
    """The host could not prove who it is."""

    code = "tls_failed"


class TooManyRedirects(FetchError):
    """The chain of redirects is longer than allowed, or runs in a circle."""

    code = "too_many_redirects"


class UnexpectedStatus(FetchError):
    """The host answered with a status that carries no page."""

    code = "unexpected_status"

    def __init__(self, address: str, status: int, expected: str) -> None:
        super().__init__(address, f"status {status}", expected)
        self.status = status


class Deferred(UnexpectedStatus):
    """The host may answer later; ``retry_after`` is its own wish in seconds, if it said one."""

    def __init__(self, address: str, status: int, retry_after: float | None) -> None:
        wish = "" if retry_after is None else f" after {retry_after:.0f} s"
        super().__init__(address, status, f"200, perhaps{wish or ' later'}")
        self.retry_after = retry_after


class RateLimited(Deferred):
    """Status 429: we asked too often."""

    code = "rate_limited"


class ServerFailed(Deferred):
    """Status 500 to 599: the fault is the host's."""

    code = "server_failed"


class TooLarge(FetchError):
    """The body, once decoded, is over the source's cap."""

    code = "too_large"


class Truncated(FetchError):
    """The body ended before its declared length or its compression's end mark."""

    code = "truncated"


class Undecodable(FetchError):
    """The body's content encoding is unknown to us or broken."""

    code = "undecodable"


class WrongContentType(FetchError):
    """The body is not of a type, or in a charset, that the source can be."""

    code = "wrong_content_type"


class Blocked(FetchError):
    """A bot challenge or a wall stands in the place of the page."""

    code = "blocked"


class WrongPage(FetchError):
    """Another page was served: a home page, a login, a "not found" with status 200."""

    code = "wrong_page"
