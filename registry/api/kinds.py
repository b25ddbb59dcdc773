"""How the text of a parameter becomes a value: what is taken, and how the contract says it."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, Generic, TypeVar

import orjson

from registry.pricing.exact import proportion
from registry.pricing.meters import METERS
from registry.pricing.rate_card import STANDARD_TIER
from registry.pricing.terms import TIERS, Terms
from registry.scoring.setups import Setup
from registry.selectors.clocks import MOMENT_EXPECTED, read_moment
from registry.selectors.feed import after_revision
from registry.selectors.paging import Key

T = TypeVar("T")

MAX_LIMIT = 500
LONGEST_TEXT = 300

_NUMBER = re.compile(r"0|[1-9][0-9]{0,15}", re.ASCII)
_DECIMAL = re.compile(r"(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,12})?", re.ASCII)
_DECIMAL_SHARE = re.compile(r"[01](?:\.[0-9]{1,30})?", re.ASCII)
_COUNT = re.compile(r"(?P<digits>0|[1-9][0-9]{0,14})(?P<size>[kMB]?)", re.ASCII)
_SIZES = {"": 1, "k": 10**3, "M": 10**6, "B": 10**9}
_CONDITION = "[a-z0-9][a-z0-9._/+@-]{0,79}"
_CONDITIONS = {"attempts": "[1-9][0-9]{0,3}[+]?"}
_SLUG = re.compile(r"[A-Za-z0-9_-]{1,60}", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
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
        lambda text: _where(text, text in choices),
        f"one of {', '.join(choices)}",
        {"type": "string", "enum": list(choices)},
        tuple(choices),
    )


def several_of(*choices: str) -> Kind[frozenset[str]]:
    """Some of a few words, separated by commas."""

    def read(text: str) -> frozenset[str]:
        names = frozenset(text.split(","))
        return _where(names, names <= set(choices))

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
        ids = tuple(map(_text, text.split(",")))
        return _where(ids, least <= len(ids) <= most and len(set(ids)) == len(ids))

    return Kind(
        read,
        f"{least} to {most} different ids, separated by commas",
        {"type": "string", "pattern": f"^[^,]+(,[^,]+){{{least - 1},{most - 1}}}$"},
    )


def cursor(*types: type[str] | type[int]) -> Kind[Key]:
    """A place in a list, as the answer before gave it: the key of its last row."""

    def read(token: str) -> Key:
        key = orjson.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        fits = isinstance(key, list) and [type(part) for part in key] == list(types)
        return _where(
            tuple(key) if fits else (), fits and not _CONTROL.search("".join(map(str, key)))
        )

    return Kind(read, "a cursor as the `next` address of a list gives it", {"type": "string"})


def _any_cursor(token: str) -> Key:
    key = orjson.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    fits = isinstance(key, list) and all(type(p) is str or _is_count(p) for p in key)
    return _where(tuple(key) if fits else (), fits and not _CONTROL.search("".join(map(str, key))))


def _is_count(part: object) -> bool:
    return type(part) is int and 0 <= part < 2**62


def _sized(token: str) -> Key:
    size, row = cursor(str, int).read(token)
    return _where((size, row), _DECIMAL_SHARE.fullmatch(str(size)) is not None)


def _place(text: str) -> Key:
    if _NUMBER.fullmatch(text):
        return after_revision(int(text))
    return cursor(int, int).read(text)


def cursor_text(key: Key) -> str:
    """A key as the cursor that `cursor` reads."""
    return base64.urlsafe_b64encode(orjson.dumps(key)).decode().rstrip("=")


def _where(value: T, holds: bool) -> T:
    if not holds:
        raise ValueError
    return value


def _share(text: str) -> Decimal:
    _where(text, _DECIMAL.fullmatch(text) is not None)
    return _where(Decimal(text), 0 <= Decimal(text) <= 1)


def _ratio(text: str) -> Decimal:
    into, _, out = text.partition(":")
    _where(text, all(map(_DECIMAL.fullmatch, (into, out or "1"))))
    _where(text, Decimal(out or "1") > 0)
    return proportion(Decimal(into), Decimal(out or "1"))


def _counts(text: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for part in text.split(","):
        meter, _, count = part.partition(":")
        match = _COUNT.fullmatch(count)
        if match is None or meter in counts or meter not in METERS:
            raise ValueError
        counts[meter] = int(match["digits"]) * _SIZES[match["size"]]
    return counts


def _number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        _where(text, _NUMBER.fullmatch(text) is not None)
        return _where(int(text), least <= int(text) <= most)

    return read


def _matching(pattern: re.Pattern[str]) -> Callable[[str], str]:
    return lambda text: _where(text, pattern.fullmatch(text) is not None)


def _text(text: str) -> str:
    return _where(text, 0 < len(text) <= LONGEST_TEXT and not _CONTROL.search(text))


def _model(text: str) -> tuple[str, str]:
    lab, _, slug = _text(text).partition("/")
    return _where((lab, slug), bool(lab and slug))


def _term(name: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        Terms.of(**{name: text})
        return text

    return read


def condition(name: str) -> Kind[str]:
    """A field of a setup, or nothing."""

    def read(text: str) -> str:
        return Setup(**{name: text}).key.partition("=")[2] if text else text

    return Kind(
        read,
        "a word as setups spell it, or nothing for what says none",
        {"type": "string", "pattern": f"^(?:{_CONDITIONS.get(name, _CONDITION)})?$"},
    )


_NAME_SCHEMA = {"type": "string", "pattern": "^[a-z0-9][a-z0-9._/+-]{0,63}$"}

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
    _number(1, 10**15), "the number of a published revision", {"type": "integer", "minimum": 1}
)
PLACE: Kind[Key] = Kind(
    _place,
    "the number of a revision, or a place as the `follow` address of the feed gives it",
    {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT},
)
PLACE_IN_ORDER: Kind[Key] = Kind(
    _any_cursor, "a cursor as the `next` address gives it", {"type": "string"}
)
SIZED: Kind[Key] = Kind(_sized, "a cursor as the `next` address gives it", {"type": "string"})
LIMIT = Kind(
    _number(1, MAX_LIMIT),
    f"a whole number from 1 to {MAX_LIMIT}",
    {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT},
)
TEXT = Kind(
    _text,
    f"1 to {LONGEST_TEXT} characters, none of them a control character",
    {
        "type": "string",
        "minLength": 1,
        "maxLength": LONGEST_TEXT,
        "pattern": r"^[^\x00-\x1f\x7f]+$",
    },
)
SLUG = Kind(
    _matching(_SLUG),
    "a slug: letters, digits, - and _, such as deepseek",
    {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,60}$"},
)
FLAG = Kind(
    lambda text: _where(text, text in ("true", "false")) == "true",
    "true or false",
    {"type": "boolean"},
)
MODEL = Kind(
    _model,
    "a model's id with its lab, such as deepseek/deepseek-v4-pro",
    {
        "type": "string",
        "pattern": r"^[^/\x00-\x1f\x7f]+/[^\x00-\x1f\x7f]+$",
        "maxLength": LONGEST_TEXT,
    },
)
CURRENCY = Kind(
    _matching(_CURRENCY),
    "three capital letters, such as USD",
    {"type": "string", "pattern": "^[A-Z]{3}$"},
)
TIER = one_of((STANDARD_TIER, *sorted(TIERS)))
REGION = Kind(_term("region"), "a region as rate cards name it, such as eu", _NAME_SCHEMA)
VARIANT = Kind(_term("variant"), "a variant as rate cards name it, such as 1080p", _NAME_SCHEMA)
CONTEXT = Kind(
    _number(0, 10**15 - 1),
    "a number of tokens; 0 is no limit",
    {"type": "integer", "minimum": 0, "maximum": 10**15 - 1},
)
AMOUNT = Kind(
    lambda text: Decimal(_where(text, _DECIMAL.fullmatch(text) is not None)),
    "an amount such as 0.14",
    {"type": "string", "pattern": f"^{_DECIMAL.pattern}$", "examples": ["0.14"]},
)
TASKS = Kind(_number(1, 10**12), "a whole number from 1 on", {"type": "integer", "minimum": 1})
SHARE = Kind(
    _share,
    "a decimal number from 0 to 1",
    {
        "type": "string",
        "pattern": r"^(?:0(?:\.[0-9]{1,12})?|1(?:\.0{1,12})?)$",
        "examples": ["0.25"],
    },
)
RATIO = Kind(
    _ratio,
    "input tokens to output tokens, such as 3:1",
    {
        "type": "string",
        "pattern": rf"^{_DECIMAL.pattern}(?::[1-9][0-9]{{0,11}}(?:\.[0-9]{{1,12}})?)?$",
        "examples": ["3:1"],
    },
)
COUNTS = Kind(
    _counts,
    "counts by meter, separated by commas, k, M and B for thousands, millions and billions: "
    "input_tokens:100M,output_tokens:20M",
    {"type": "string", "maxLength": LONGEST_TEXT, "examples": ["input_tokens:100M"]},
)
TERMS = Kind(
    Terms.parse,
    "terms as rate cards write them, such as context_over=272000;tier=batch, or nothing",
    {"type": "string", "maxLength": 500},
)
SETUP = Kind(
    Setup.parse,
    "a setup as readings are keyed by, such as effort=high;harness=codex, or nothing",
    {"type": "string", "maxLength": 500},
)
