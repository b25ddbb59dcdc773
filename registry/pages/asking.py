"""What a reader may ask of a page, read from its address; nothing is guessed from a bad value."""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal

from django.http import QueryDict

_WHOLE = re.compile(r"\d{1,15}", re.ASCII)
_PLAIN = re.compile(r"\d{1,15}(?:\.\d{1,15})?", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
LONGEST_TEXT = 200


class Refused(ValueError):
    """A parameter with a value that cannot be answered."""

    def __init__(self, field: str, value: str, expected: str) -> None:
        super().__init__(f"{field}: {value!r} cannot be answered; expected {expected}")
        self.field = field
        self.value = value
        self.expected = expected


def text(query: QueryDict, name: str) -> str:
    """A line of text without blanks at its ends; empty where none is given."""
    given = query.get(name, "").strip()
    if len(given) > LONGEST_TEXT or _CONTROL.search(given):
        raise Refused(name, given[:40], f"a line of at most {LONGEST_TEXT} characters")
    return given


def choice(query: QueryDict, name: str, choices: Collection[str], default: str) -> str:
    """One of some words."""
    given = query.get(name, "").strip() or default
    if given not in choices:
        raise Refused(name, given, f"one of {', '.join(filter(None, choices))}")
    return given


def choices(query: QueryDict, name: str, known: Collection[str]) -> tuple[str, ...]:
    """Some of the known words, each once, in the order of the known."""
    given = {one.strip() for text in query.getlist(name) for one in text.split(",")} - {""}
    for one in given - set(known):
        raise Refused(name, one, f"any of {', '.join(known)}")
    return tuple(one for one in known if one in given)


def whole(query: QueryDict, name: str, *, least: int, most: int, default: int) -> int:
    """A whole number within bounds."""
    given = query.get(name, "").strip()
    if not given:
        return default
    if not _WHOLE.fullmatch(given) or not least <= int(given) <= most:
        raise Refused(name, given, f"a whole number from {least:,} to {most:,}")
    return int(given)


def amount(query: QueryDict, name: str, *, most: Decimal, default: Decimal) -> Decimal:
    """A plain decimal number from zero on."""
    given = query.get(name, "").strip().replace(",", "")
    if not given:
        return default
    if not _PLAIN.fullmatch(given) or Decimal(given) > most:
        raise Refused(name, given, f"a number from 0 to {most:,f}")
    return Decimal(given)
