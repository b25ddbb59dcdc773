"""The fetcher as this installation uses it: its contact, its slots, its caps."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from django.conf import settings

from registry import __version__
from registry.ingest.models import Run
from scrapers.fetch import (
    AddressPolicy,
    Fetched,
    FetchRequest,
    FetchSettings,
    NotModified,
    RobotsCache,
    fetch,
)
from scrapers.fetch.errors import WrongContentType


class ContactMissing(Exception):
    """Hosts are not asked anonymously, and nobody said whom they may write to."""

    def __init__(self) -> None:
        super().__init__(
            "RATECARD_CONTACT is not set; expected an e-mail or https address of whoever runs this "
            "registry: it is sent to every host that is asked."
        )


# Some hosts declare every file as bytes; that says nothing against it.
_TEXT = re.compile(
    r"text/.+|(application|binary)/octet-stream|application/(.+\+)?(json|xml|yaml|x-yaml)"
)
_CHARSETS = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})


@dataclass(frozen=True, slots=True)
class Courier:
    """Fetches for one process, which reads each host's robots.txt once an hour."""

    settings: FetchSettings
    robots: RobotsCache = field(default_factory=RobotsCache)

    def ask(self, run: Run, *, before: Run | None) -> Fetched | NotModified:
        """What a run's address serves now; ``before`` is its last good run. Raises `FetchError`.

        What was taken from another address, or without a validator, cannot be asked after.
        """
        known = before if before is not None and before.address == run.address else None
        request = FetchRequest(
            run.address,
            etag=(known and known.etag) or None,
            last_modified=(known and known.last_modified) or None,
            max_bytes=run.source.size_cap,
        )
        answer = fetch(request, settings=self.settings, robots=self.robots)
        if isinstance(answer, Fetched):
            _refuse_unreadable(answer)
        return answer


def _refuse_unreadable(answer: Fetched) -> None:
    """Raises `WrongContentType` for what no parser reads: not text, or text that is not UTF-8."""
    found, charset = answer.content_type, answer.charset
    if found is not None and not _TEXT.fullmatch(found):
        raise WrongContentType(answer.final_url, f"content type {found!r}", "a kind of text")
    if charset is not None and charset not in _CHARSETS:
        raise WrongContentType(answer.final_url, f"charset {charset!r}", "utf-8")


def contact_mistake() -> str | None:
    """What is wrong with the contact that is set; None where it can be sent, or is not set."""
    try:
        fetch_settings()
    except ContactMissing:
        return None
    except ValueError as error:
        return str(error)
    return None


def fetch_settings() -> FetchSettings:
    """How this installation fetches; raises `ContactMissing`, or ValueError for a wrong contact."""
    if not settings.CONTACT:
        raise ContactMissing
    return FetchSettings(
        contact=settings.CONTACT,
        version=__version__,
        slot_directory=settings.RUN_DIR / "slots",
        policy=AddressPolicy(allow_hosts=settings.FETCH_EXEMPT_HOSTS),
    )


@cache
def courier() -> Courier:
    """This process's courier; raises as `fetch_settings` does."""
    return Courier(fetch_settings())
