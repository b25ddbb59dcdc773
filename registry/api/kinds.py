"""How the text of a parameter becomes a value: what is taken, and how the contract says it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Generic, TypeVar

from registry.selectors.clocks import MOMENT_EXPECTED, read_moment

T = TypeVar("T")

MAX_LIMIT = 500
LONGEST_TEXT = 300

_NUMBER = re.compile(r"0|[1-9][0-9]{0,15}", re.ASCII)
_SLUG = re.compile(r"[A-Za-z0-9_-]{1,60}", re.ASCII)
# Half a character is as little a text as a control character.
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """One kind of value. ``read`` raises `ValueError` for a text that is none.

    ``expected`` says in words what is taken, ``schema`` says it as JSON Schema. ``words``: the only
    ones that the text, or each of its parts between commas, may be; empty where there is no list.
    """

    read: Callable[[str], T]
    expected: str
    schema: dict[str, Any]
    words: tuple[str, ...] = ()

    def nearest(self, text: str) -> str | None:
        """The word that may have been meant by the first part that is none."""
        strange = (part for part in text.split(",") if part not in self.words)
        return nearest(next(strange, text), self.words)


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The name that looks most like one that does not exist; None where none looks like it."""
    return next(iter(get_close_matches(name, list(names), n=1)), None)


def one_of(choices: Collection[str]) -> Kind[str]:
    """Exactly one of some words."""
    return Kind(
        lambda text: where(text, text in choices),
        f"one of {', '.join(choices)}",
        {"type": "string", "enum": list(choices)},
        tuple(choices),
    )


def several_of(*choices: str) -> Kind[frozenset[str]]:
    """Some of a few words, separated by commas."""

    def read(text: str) -> frozenset[str]:
        names = frozenset(text.split(","))
        return where(names, names <= set(choices))

    words = "|".join(choices)
    return Kind(
        read,
        f"one or more of {', '.join(choices)}, separated by commas",
        {"type": "string", "pattern": f"^({words})(,({words}))*$"},
        choices,
    )


def between_commas(least: int, most: int) -> Kind[tuple[str, ...]]:
    """So many different ids, separated by commas."""

    def read(text: str) -> tuple[str, ...]:
        ids = tuple(map(printable, text.split(",")))
        return where(ids, least <= len(ids) <= most and len(set(ids)) == len(ids))

    return Kind(
        read,
        f"{least} to {most} different ids, separated by commas",
        {"type": "string", "pattern": f"^[^,]+(,[^,]+){{{least - 1},{most - 1}}}$"},
    )


def where(value: T, holds: bool) -> T:
    """The value, if that holds; else a `ValueError`."""
    if not holds:
        raise ValueError
    return value


def number(least: int, most: int) -> Callable[[str], int]:
    """Reads a whole number within bounds, written plainly."""

    def read(text: str) -> int:
        where(text, _NUMBER.fullmatch(text) is not None)
        return where(int(text), least <= int(text) <= most)

    return read


def matching(pattern: re.Pattern[str]) -> Callable[[str], str]:
    """Reads a text of one form."""
    return lambda text: where(text, pattern.fullmatch(text) is not None)


def printable(text: str) -> str:
    """Reads some characters, none of which controls anything."""
    return where(text, 0 < len(text) <= LONGEST_TEXT and is_clean(text))


def is_clean(text: str) -> bool:
    """Whether nothing in it is a control character or half a character."""
    return not _CONTROL.search(text)


MOMENT = Kind(
    read_moment,
    MOMENT_EXPECTED,
    {
        "anyOf": [
            {"type": "string", "format": "date"},
            {"type": "string", "format": "date-time"},
        ]
    },
)
REVISION = Kind(
    number(1, 10**15), "the number of a published revision", {"type": "integer", "minimum": 1}
)
LIMIT = Kind(
    number(1, MAX_LIMIT),
    f"a whole number from 1 to {MAX_LIMIT}",
    {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT},
)
TEXT = Kind(
    printable,
    f"1 to {LONGEST_TEXT} characters, none of them a control character",
    {
        "type": "string",
        "minLength": 1,
        "maxLength": LONGEST_TEXT,
        "pattern": r"^[^\x00-\x1f\x7f]+$",
    },
)
SLUG = Kind(
    matching(_SLUG),
    "a slug: letters, digits, - and _, such as deepseek",
    {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,60}$"},
)
FLAG = Kind(
    lambda text: where(text, text in ("true", "false")) == "true",
    "true or false",
    {"type": "boolean"},
)
