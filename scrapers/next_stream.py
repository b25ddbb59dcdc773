"""The data that a Next.js page carries in its scripts, for pages whose HTML shows no prices.

Such a page pushes pieces of one text, each a JSON string, into ``self.__next_f``. Values inside it
are read by the key that stands before them; a string that begins with ``$`` is written ``$$``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from scrapers.claims import PageError, PageFault
from scrapers.json_text import JsonValue, read_sound

_PIECE = re.compile(r'self\.__next_f\.push\(\[1,("(?:[^"\\]|\\.)*")\]\)')
_DECODER = json.JSONDecoder()


def stream_text(html: str) -> str:
    """The joined text; raises `PageError` where the page carries none."""
    pieces = _PIECE.findall(html)
    if not pieces:
        raise PageError(PageFault.ANCHOR_MISSING, "no data in the page", "self.__next_f.push")
    return "".join(str(read_sound(piece.encode())) for piece in pieces)


def values_after(text: str, key: re.Pattern[str]) -> Iterator[tuple[re.Match[str], JsonValue]]:
    """Each match of ``key`` with the JSON value that follows it."""
    for match in key.finditer(text):
        try:
            _, end = _DECODER.raw_decode(text, match.end())
        except ValueError:
            raise PageError(
                PageFault.CUT_SHORT, repr(text[match.start() : match.end()]), "a whole value"
            ) from None
        yield match, read_sound(text[match.end() : end].encode())


def unescaped(value: JsonValue) -> str:
    """A string of the stream as it is meant; the empty string for anything else."""
    text = value if isinstance(value, str) else ""
    return text[1:] if text.startswith("$$") else text
