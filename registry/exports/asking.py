"""What may be asked of an export: the two clocks, and of some formats what upstream takes too."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime

from django.http import QueryDict

from registry.selectors.clocks import MOMENT_EXPECTED, AsOf, as_of, read_moment

_NUMBER = re.compile(r"[1-9][0-9]{0,15}", re.ASCII)


class BadQuery(ValueError):
    """A parameter that is not understood; names it, its value and what was expected."""

    def __init__(self, field: str, value: str, expected: str) -> None:
        super().__init__(f"{field}: {value!r} is not understood; expected {expected}")
        self.field = field
        self.value = value
        self.expected = expected


def asked(given: QueryDict, *, beside: Collection[str] = ()) -> AsOf:
    """Both clocks settled; raises `BadQuery`, and `RevisionNotOut` for a number not published.

    ``beside``: other parameters that there may be.
    """
    known = ("at", "revision", *beside)
    for name, texts in given.lists():
        if name not in known:
            raise BadQuery(name, texts[0], f"one of the parameters {', '.join(known)}")
        if len(texts) > 1:
            raise BadQuery(name, ", ".join(texts), "one value, given once")
    at, revision = given.get("at"), given.get("revision")
    return as_of(
        None if at is None else _moment(at), None if revision is None else _number(revision)
    )


def _moment(text: str) -> datetime:
    try:
        return read_moment(text)
    except ValueError as error:
        raise BadQuery("at", text, MOMENT_EXPECTED) from error


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise BadQuery("revision", text, "the number of a published revision")
    return int(text)
