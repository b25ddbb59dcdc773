"""JSON as it is written: exact numbers, every duplicate seen, no constants beyond the standard.

A body is split into the raw text of its parts first, which is all that an unchanged refresh costs;
only parts that changed are read. Numbers never pass through a float. ``NaN``, and a key that stands
twice with different values, are named faults, where a plain parser takes them without a word.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from json.decoder import scanstring  # type: ignore[attr-defined]

import msgspec

from scrapers.claims import PageError, PageFault

JsonValue = None | bool | int | Decimal | str | list["JsonValue"] | dict[str, "JsonValue"]

MAX_DEPTH = 64
_SHOWN = 120
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_SPACES = b" \t\n\r"
_SPACE = re.compile(r"[ \t\n\r]*")
_NEXT_KEY = re.compile(
    rb'[ \t\n\r]*,?[ \t\n\r]*("(?:[^"\\]|\\.)*")[ \t\n\r]*:[ \t\n\r]*', re.DOTALL
)
_NO_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"|[^]\[{}"]+', re.DOTALL)


class JsonFault(ValueError):
    """A value that JSON text may hold and a price feed may not; the field and value are named."""

    def __init__(self, field: str, value: str, expected: str) -> None:
        super().__init__(f"{field}: {value} was refused; expected {expected}")
        self.field = field
        self.value = value
        self.expected = expected


class DuplicateKey(JsonFault):
    """One key with two different values in one object."""

    def __init__(self, key: str, first: JsonValue, second: JsonValue) -> None:
        if isinstance(first, dict) and isinstance(second, dict):
            first, second = _unlike(first, second), _unlike(second, first)
        super().__init__(key, f"{_show(first)} and {_show(second)}", "one value, or twice the same")


class NotFinite(JsonFault):
    """``NaN``, ``Infinity`` or ``-Infinity``, which are no JSON."""

    def __init__(self, field: str, value: JsonValue) -> None:
        super().__init__(field, _show(value), "finite numbers")


def split_object(body: bytes) -> Iterator[tuple[str, bytes]]:
    """Each key of the object with the raw text of its value, in order, duplicates included.

    Raises `PageError` (wrong format) where the body is not one JSON object in UTF-8. The quick path
    keeps one value a key, so its spans are held against the text and any doubt is settled by the
    exact one.
    """
    body = body.removeprefix(_BYTE_ORDER_MARK).strip(_SPACES)
    text = _as_text(body)
    try:
        members = msgspec.json.decode(body, type=dict[str, msgspec.Raw])
    except (msgspec.MsgspecError, RecursionError):
        return iter(_scan(text, "{", "}"))
    pairs = [(key, bytes(raw)) for key, raw in members.items()]
    return iter(pairs if _covers(body, pairs) else _scan(text, "{", "}"))


def split_array(body: bytes) -> Iterator[bytes]:
    """The raw text of each element; raises `PageError` where the body is not one JSON array."""
    body = body.removeprefix(_BYTE_ORDER_MARK).strip(_SPACES)
    text = _as_text(body)
    try:
        return iter([bytes(raw) for raw in msgspec.json.decode(body, type=list[msgspec.Raw])])
    except (msgspec.MsgspecError, RecursionError):
        return iter([raw for _, raw in _scan(text, "[", "]")])


def split_values(text: bytes) -> list[bytes]:
    """The raw text of each of several JSON values that stand one after the other."""
    whole, position, parts = _as_text(text).strip(), 0, []
    while position < len(whole):
        try:
            end = _DECODER.raw_decode(whole, position)[1]
        except (ValueError, RecursionError) as error:
            raise _wrong_format(whole[position:], "JSON") from error
        parts.append(whole[position:end].encode())
        position = _skip(whole, end)
    return parts


def _whole(digits: str) -> int | Decimal:
    """A whole number; ``-0``, which an int would take for zero, keeps its sign."""
    return Decimal(digits) if digits == "-0" else int(digits)


def _number(digits: str) -> Decimal:
    """A number as it is written; one of an exponent that no number has is infinite."""
    try:
        return Decimal(digits)
    except InvalidOperation:
        return Decimal("Infinity")


def same_value(first: JsonValue, second: JsonValue) -> bool:
    """Whether two values are equal, where true is not 1 but 1.0 is."""
    return first == second and isinstance(first, bool) == isinstance(second, bool)


def read_json(raw: bytes, faults: list[JsonFault] | None = None) -> JsonValue:
    """The value of one JSON text: whole numbers as int, others as Decimal of the written digits.

    A key repeated with the same value counts once. `DuplicateKey` and `NotFinite` are raised, or
    appended to ``faults`` where a list is given, so that the rest can still be read: the last of
    several values then stays, and null stands for what is not finite. Raises `PageError` where the
    text is no JSON or nests deeper than `MAX_DEPTH`.
    """
    text = _as_text(raw)
    _refuse_depth(text)
    found: list[JsonFault] = []

    def member(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
        value: dict[str, JsonValue] = {}
        for key, item in pairs:
            if key in value and not same_value(value[key], item):
                found.append(DuplicateKey(key, value[key], item))
            finite = _is_finite(item)
            if not finite:
                found.append(NotFinite(key, item))
            value[key] = item if finite else None
        return value

    try:
        value: JsonValue = json.loads(
            text,
            object_pairs_hook=member,
            parse_int=_whole,
            parse_float=_number,
            parse_constant=Decimal,
        )
    except ValueError as error:
        raise _wrong_format(text, "JSON") from error
    if not _is_finite(value):
        found.append(NotFinite("value", value))
        value = None
    if faults is not None:
        faults += found
    elif found:
        raise found[0]
    return value


def read_sound(raw: bytes) -> JsonValue:
    """The value of JSON inside a page, where one contradiction is enough to refuse the page."""
    try:
        return read_json(raw)
    except JsonFault as fault:
        raise PageError(PageFault.WRONG_FORMAT, str(fault), "JSON without a fault") from fault


def _as_text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise PageError(PageFault.WRONG_FORMAT, str(error), "JSON in UTF-8") from error


def _covers(body: bytes, pairs: list[tuple[str, bytes]]) -> bool:
    """Whether these members, one after the other, are the whole object: no key stands twice."""
    position = 1
    for key, raw in pairs:
        literal = _NEXT_KEY.match(body, position)
        if literal is None or json.loads(literal[1]) != key:
            return False
        position = literal.end() + len(raw)
        if body[literal.end() : position] != raw:
            return False
    return body[position:].strip(_SPACES) == b"}"


def _scan(text: str, opening: str, closing: str) -> list[tuple[str, bytes]]:
    """The exact path: members of the object (or elements, with empty keys) of the whole text."""
    expected = f"one JSON {'object' if opening == '{' else 'array'}"
    parts: list[tuple[str, bytes]] = []
    try:
        position = _after(text, 0, opening)
        while parts or text[position] != closing:
            key = ""
            if opening == "{":
                key, position = scanstring(text, _quoted(text, position))
                position = _after(text, position, ":")
            end = _DECODER.raw_decode(text, position)[1]
            parts.append((key, text[position:end].encode()))
            position = _skip(text, end)
            if text[position] == closing:
                break
            position = _after(text, position, ",")
    except (ValueError, IndexError, RecursionError) as error:
        raise _wrong_format(text, expected) from error
    if _skip(text, position + 1) != len(text):
        raise _wrong_format(text[position + 1 :], f"{expected} and no more")
    return parts


def _skip(text: str, position: int) -> int:
    space = _SPACE.match(text, position)
    return space.end() if space else position


def _after(text: str, position: int, mark: str) -> int:
    """The position behind ``mark``, which must stand here, spaces around it allowed."""
    position = _skip(text, position)
    if text[position] != mark:
        raise ValueError(mark)
    return _skip(text, position + 1)


def _quoted(text: str, position: int) -> int:
    if text[position] != '"':
        raise ValueError(text[position])
    return position + 1


def _refuse_depth(text: str) -> None:
    if text.count("{") + text.count("[") <= MAX_DEPTH:
        return
    depth = 0
    for bracket in _NO_BRACKETS.sub("", text):
        depth += 1 if bracket in "{[" else -1
        if depth > MAX_DEPTH:
            raise _wrong_format(text, f"JSON of at most {MAX_DEPTH} levels")


def _is_finite(value: JsonValue) -> bool:
    """Whether a number, or each number directly in a list, is finite; objects check their own."""
    if isinstance(value, list):
        return all(map(_is_finite, value))
    return not isinstance(value, Decimal) or value.is_finite()


def _unlike(value: dict[str, JsonValue], other: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """The members of an object that are not in the other."""
    return {k: v for k, v in value.items() if k not in other or not same_value(v, other[k])}


def _show(value: JsonValue) -> str:
    shown = json.dumps(value, default=str, ensure_ascii=False)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}..."


def _wrong_format(text: str, expected: str) -> PageError:
    found = text.strip()
    return PageError(PageFault.WRONG_FORMAT, repr(found[:_SHOWN]) if found else "nothing", expected)
