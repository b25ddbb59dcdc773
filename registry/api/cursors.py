"""Places in lists and feeds as an address holds them."""

from __future__ import annotations

import base64

import orjson

from registry.api.kinds import LONGEST_TEXT, Kind, is_clean, number, where
from registry.selectors.feed import after_revision
from registry.selectors.ordering import Key

_IN_FEED = (int, int)
_PARTS = (str, int, bool, type(None))
_number = number(0, 10**15)


def cursor_text(key: Key) -> str:
    """A key as the cursor that an address holds."""
    return base64.urlsafe_b64encode(orjson.dumps(key)).decode().rstrip("=")


def _key(token: str) -> Key:
    key = orjson.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    fits = isinstance(key, list) and all(type(part) in _PARTS for part in key)
    where(token, fits and all(is_clean(part) for part in key if isinstance(part, str)))
    return tuple(key)


def _in_feed(token: str) -> Key:
    key = _key(token)
    return where(key, tuple(map(type, key)) == _IN_FEED)


def _place(text: str) -> Key:
    return after_revision(_number(text)) if text.isdecimal() else _in_feed(text)


CURSOR: Kind[Key] = Kind(
    _key, "a cursor as the `next` address of a list gives it", {"type": "string"}
)
CURSOR_IN_FEED: Kind[Key] = Kind(
    _in_feed, "a cursor as the `next` address of the feed gives it", {"type": "string"}
)
PLACE: Kind[Key] = Kind(
    _place,
    "the number of a revision, or a place as the `follow` address of the feed gives it",
    {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT},
)
