"""A part of a file, as RFC 9110 asks for it: readers of Parquet fetch the columns they want."""

from __future__ import annotations

import re

_RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})", re.ASCII)


class NoSuchPart(ValueError):
    """A part that lies beyond the end of the file."""


def asked_part(header: str, size: int) -> tuple[int, int] | None:
    """The first byte of the part and the one after its last; None where the whole is meant.

    One part at a time: of a header that asks for several, or that is none, the whole is sent, as
    the standard allows. Raises `NoSuchPart`.
    """
    match = _RANGE.fullmatch(header.replace(" ", ""))
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:  # so many from the end
        begin, end = max(0, size - int(last)), size
    else:
        begin, end = int(first), min(size, int(last) + 1) if last else size
        if last and int(last) < begin:
            return None
    if begin >= size or begin == end:
        raise NoSuchPart(header)
    return begin, end
