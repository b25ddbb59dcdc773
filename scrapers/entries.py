"""Entries cut out of JSON: one a key, with whatever is wrong about the key or its numbers told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

import msgspec

from scrapers.claims import Entry, EntryFault, Remark
from scrapers.json_text import (
    DuplicateKey,
    JsonFault,
    JsonValue,
    read_json,
    same_value,
    split_values,
)

Head = TypeVar("Head", bound=msgspec.Struct)


def entries_of(parts: Iterable[tuple[str, bytes]]) -> Iterator[Entry]:
    """One entry a key, in order of first appearance.

    A key that stands twice with equal values counts once. Where the values differ, the entry's raw
    text holds each of them, a line apart: `read_entry` then remarks on it, and the entry is to be
    rejected rather than decided (bad-input row 28).
    """
    by_key: dict[str, list[bytes]] = {}
    for key, raw in parts:
        by_key.setdefault(key, []).append(raw)
    for key, raws in by_key.items():
        yield Entry(key, raws[0] if len(raws) == 1 else b"\n".join(_distinct(raws)))


def grouped(parts: Iterable[tuple[str, bytes]]) -> Iterator[Entry]:
    """One entry a key, which holds the array of all rows of that key: where rows belong together.

    Rows that are written alike count once.
    """
    by_key: dict[str, dict[bytes, None]] = {}
    for key, raw in parts:
        by_key.setdefault(key, {})[raw] = None
    for key, raws in by_key.items():
        yield Entry(key, b"[" + b",".join(raws) + b"]")


def gathered(rows: Iterable[tuple[str, str, bytes]]) -> Iterator[Entry]:
    """One entry for each subject of ``(subject, key, raw)`` rows: the object of its rows by key.

    For feeds that spread one offer over several keys: its card is read whole, and a key that stands
    twice is still seen by `read_entry`.
    """
    by_subject: dict[str, list[bytes]] = {}
    for subject, key, raw in rows:
        member = b"%s: %s" % (msgspec.json.encode(key), raw)
        by_subject.setdefault(subject, []).append(member)
    for subject, members in by_subject.items():
        yield Entry(subject, b"{%s}" % b",\n".join(members))


def peek(raw: bytes, head: type[Head]) -> Head | None:
    """The few fields that name a row, read without the rest; None where they are not there."""
    try:
        return msgspec.json.decode(raw, type=head)
    except msgspec.MsgspecError:
        return None


def read_entry(entry: Entry) -> tuple[JsonValue, tuple[Remark, ...]]:
    """The value of an entry, the last where its key stands twice, and its duplicates and NaNs.

    A remark means that the claim must not be published; the value is still there to say whose it
    is. Raises `PageError` where the raw text is no JSON, which `split` has ruled out.
    """
    faults: list[JsonFault] = []
    values = [read_json(raw, faults) for raw in split_values(entry.raw)]
    faults += (DuplicateKey(entry.key, values[0], other) for other in values[1:])
    return values[-1], tuple(map(_remark, faults))


def _distinct(raws: list[bytes]) -> list[bytes]:
    kept: list[tuple[bytes, JsonValue]] = []
    for raw in raws:
        value = read_json(raw, [])
        if not any(same_value(value, other) for _, other in kept):
            kept.append((raw, value))
    return [raw for raw, _ in kept]


def _remark(fault: JsonFault) -> Remark:
    kind = EntryFault.DUPLICATE_KEY if isinstance(fault, DuplicateKey) else EntryFault.NOT_FINITE
    return Remark(kind, fault.field, fault.value, fault.expected)
