"""What is asked of the fetcher and what it hands back."""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx

from scrapers.fetch.addresses import AddressPolicy
from scrapers.fetch.resolver import Resolver, system_resolver

MEBIBYTE = 1024 * 1024
_CONTACT = re.compile(r"https://[\x21-\x7e]+|(?:mailto:)?[\x21-\x3f\x41-\x7e]+@[a-zA-Z0-9.-]+")
_FIELD_VALUE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?")


def is_field_value(text: str) -> bool:
    """Whether ``text`` can be sent as a header's value: printable ASCII."""
    return _FIELD_VALUE.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """How the registry behaves towards every host.

    ``contact`` (an e-mail or https address) goes into the User-Agent, so that a host can reach
    whoever runs this registry; ``slot_directory`` is shared by all processes of the registry;
    ``spacing`` and ``deadline`` are in seconds.
    """

    contact: str
    version: str
    slot_directory: Path
    policy: AddressPolicy = field(default_factory=AddressPolicy)
    spacing: float = 1.0
    deadline: float = 30.0
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    resolver: Resolver = system_resolver
    tls: ssl.SSLContext = field(default_factory=httpx.create_ssl_context, repr=False)

    def __post_init__(self) -> None:
        if not _CONTACT.fullmatch(self.contact):
            raise ValueError(f"contact: {self.contact!r}; expected an e-mail or https address")
        if not re.fullmatch(r"[0-9A-Za-z.+-]+", self.version):
            raise ValueError(f"version: {self.version!r}; expected a version like 1.2.3")

    @property
    def user_agent(self) -> str:
        """Who asks, and where to complain."""
        return f"Ratecard/{self.version} (+{self.contact})"


@dataclass(frozen=True, slots=True)
class FetchRequest:
    """One page to take.

    ``accept`` lists the media types that the source can be (none: any); ``etag`` and
    ``last_modified`` are those of the snapshot that we hold; ``max_bytes`` caps the decoded body.
    """

    address: str
    accept: tuple[str, ...] = ()
    etag: str | None = None
    last_modified: str | None = None
    max_bytes: int = 10 * MEBIBYTE

    def __post_init__(self) -> None:
        for name, value in (("etag", self.etag), ("last_modified", self.last_modified)):
            if value is not None and not is_field_value(value):
                raise ValueError(f"{name}: {value!r}; expected printable ASCII or None")
        if self.max_bytes <= 0:
            raise ValueError(f"max_bytes: {self.max_bytes}; expected a number of bytes above 0")


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it was served: ``body`` is decoded from its content encoding, not from its charset.

    ``content_type`` and ``charset`` are lower case, as declared by the host; ``redirects`` are the
    addresses that led to ``final_url``, first asked first.
    """

    body: bytes
    final_url: str
    status: int
    etag: str | None
    last_modified: str | None
    content_type: str | None
    charset: str | None
    fetched_at: datetime
    redirects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotModified:
    """The host says that the snapshot we hold is still its page."""

    final_url: str
    etag: str | None
    last_modified: str | None
    fetched_at: datetime
    redirects: tuple[str, ...]
