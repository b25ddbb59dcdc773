"""The errand as a whole: ask politely, follow, and refuse what is not the page."""

from __future__ import annotations

import httpx

from scrapers.fetch import signs
from scrapers.fetch.addresses import Target, check_address
from scrapers.fetch.deadline import Deadline
from scrapers.fetch.errors import UnexpectedStatus
from scrapers.fetch.exchange import Exchange, Reply
from scrapers.fetch.messages import (
    Fetched,
    FetchRequest,
    FetchSettings,
    NotModified,
    is_field_value,
)
from scrapers.fetch.redirects import follow
from scrapers.fetch.robots import RobotsCache


def fetch(
    request: FetchRequest, *, settings: FetchSettings, robots: RobotsCache | None = None
) -> Fetched | NotModified:
    """The page that ``request`` asks for, or the word that it has not changed.

    Everything together (robots.txt, waiting for the host's slot, redirects, retries, the body)
    takes at most ``settings.deadline`` seconds. Pass one ``robots`` to all calls of a process so
    that each host's rules are read once an hour. Raises a `FetchError` and nothing else.
    """
    exchange = Exchange(settings, Deadline(request.address, settings.deadline))
    rules = RobotsCache() if robots is None else robots

    def permit(target: Target) -> float:
        return max(settings.spacing, rules.permit(target, exchange))

    reply, redirects = follow(
        exchange,
        check_address(request.address, settings.policy),
        headers=_headers(request),
        max_bytes=request.max_bytes,
        permit=permit,
    )
    if reply.status == 304 and (request.etag or request.last_modified):
        return NotModified(
            final_url=reply.target.url,
            etag=_validator(reply.headers, "etag") or request.etag,
            last_modified=_validator(reply.headers, "last-modified") or request.last_modified,
            fetched_at=settings.now(),
            redirects=redirects,
        )
    return _taken(request, reply, redirects, settings)


def _headers(request: FetchRequest) -> dict[str, str]:
    headers = {"Accept": ", ".join((*request.accept, "*/*;q=0.1"))}
    if request.etag is not None:
        headers["If-None-Match"] = request.etag
    if request.last_modified is not None:
        headers["If-Modified-Since"] = request.last_modified
    return headers


def _taken(
    request: FetchRequest, reply: Reply, redirects: tuple[str, ...], settings: FetchSettings
) -> Fetched:
    address, headers = reply.target.url, reply.headers
    if reply.status != 200:
        raise UnexpectedStatus(address, reply.status, "200")
    signs.refuse_other_page(request.address, address, headers, reply.body)
    signs.check_content_type(address, headers, request.accept)
    return Fetched(
        body=reply.body,
        final_url=address,
        status=reply.status,
        etag=_validator(headers, "etag"),
        last_modified=_validator(headers, "last-modified"),
        content_type=signs.content_type(headers),
        charset=signs.charset_of(headers),
        fetched_at=settings.now(),
        redirects=redirects,
    )


def _validator(headers: httpx.Headers, name: str) -> str | None:
    value = headers.get(name, "").strip()
    return value if is_field_value(value) else None
