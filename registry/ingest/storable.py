"""Text of others as both engines can keep it.

JSON may hold a NUL, which PostgreSQL refuses, and half of a surrogate pair, which UTF-8 cannot
write; a name may be longer than its column. One such entry must not cost its whole body: what
cannot be kept is written out as an escape, and what is too long ends in a digest of the whole.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import Any

import orjson

from scrapers.claims import OfferClaim

LONGEST_KEY = 300
LONGEST_NAME = 200
LONGEST_PAGE = 500

_UNKEPT = re.compile("[\x00\ud800-\udfff]")
_DIGEST = 16


def storable(text: str, longest: int) -> str:
    """The text itself wherever that can be kept; texts that differ stay different."""
    written = _written_out(text)
    if len(written) <= longest:
        return written
    digest = hashlib.sha256(written.encode()).hexdigest()[:_DIGEST]
    return f"{written[: longest - _DIGEST - 1]}~{digest}"


def storable_names(claim: OfferClaim) -> OfferClaim:
    """The claim under names that can be kept; half an address would lead elsewhere, so it goes."""
    page = claim.page if claim.page is None or len(claim.page) <= LONGEST_PAGE else None
    return replace(
        claim,
        provider=storable(claim.provider, LONGEST_NAME),
        model_id=storable(claim.model_id, LONGEST_NAME),
        page=None if page is None else storable(page, LONGEST_PAGE),
    )


def storable_content(content: dict[str, Any]) -> dict[str, Any]:
    """The content of a claim, itself unless some text in it cannot be kept."""
    try:
        if b"\\u0000" not in orjson.dumps(content):
            return content
    except orjson.JSONEncodeError:
        pass
    written: dict[str, Any] = _each_written_out(content)
    return written


def _each_written_out(value: Any) -> Any:
    match value:
        case str():
            return _written_out(value)
        case list():
            return [_each_written_out(item) for item in value]
        case dict():
            return {key: _each_written_out(item) for key, item in value.items()}
        case _:
            return value


def _written_out(text: str) -> str:
    return _UNKEPT.sub(lambda found: ascii(found[0])[1:-1], text)
