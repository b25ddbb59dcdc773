"""How a value within a JSON body is read: what is taken, and how the contract says it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, TypeVar

from registry.api.kinds import Kind
from registry.api.queries import Fault, shown
from registry.pricing.rates import MAX_DIGITS, significant_digits

T = TypeVar("T")

_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?", re.ASCII)


class Misread(ValueError):
    """A value that is not of its kind, with everything that is wrong within it."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(f"{one.field}: expected {one.expected}" for one in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Value(Generic[T]):
    """One kind of JSON value.

    ``read`` takes a value and its path (``usages[3].tier``) and raises `Misread`; ``schema`` says
    as JSON Schema what is taken.
    """

    read: Callable[[Any, str], T]
    schema: dict[str, Any]


def text(kind: Kind[T]) -> Value[T]:
    """A string that a parameter of that kind would take."""

    def read(value: Any, path: str) -> T:
        if not isinstance(value, str):
            raise Misread(Fault(path, shown_value(value), f"text: {kind.expected}"))
        try:
            return kind.read(value)
        except ValueError as error:
            fault = Fault(path, shown(value), kind.expected, kind.nearest(value))
            raise Misread(fault) from error

    return Value(read, {**kind.schema, "description": f"Takes {kind.expected}."})


def whole(least: int, most: int) -> Value[int]:
    """A number without a fraction, within bounds; to JSON 3.0 is one too."""
    expected = f"a whole number from {least:,} to {most:,}"

    def read(value: Any, path: str) -> int:
        is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
        if not is_number or not least <= value <= most or int(value) != value:
            raise Misread(Fault(path, shown_value(value), expected))
        return int(value)

    return Value(read, {"type": "integer", "minimum": least, "maximum": most})


def decimal(
    fits: Callable[[Decimal], bool], bounds: str, number: Mapping[str, int]
) -> Value[Decimal]:
    """A number, or the same as text, within ``bounds``; at most 15 significant digits.

    ``number``: the bounds as JSON Schema has them.
    """
    expected = f"a decimal number {bounds}, of at most {MAX_DIGITS} digits"

    def read(value: Any, path: str) -> Decimal:
        found = _number(value)
        if found is None or not fits(found):
            raise Misread(Fault(path, shown_value(value), expected))
        return found

    ways = [{"type": "number", **number}, {"type": "string", "pattern": f"^{_DECIMAL.pattern}$"}]
    return Value(read, {"anyOf": ways, "description": f"Takes {expected}."})


def one_to(most: int, item: Value[T]) -> Value[tuple[T, ...]]:
    """An array of so many values of one kind."""

    def read(value: Any, path: str) -> tuple[T, ...]:
        if not isinstance(value, list) or not 1 <= len(value) <= most:
            found = f"{len(value):,} values" if isinstance(value, list) else shown_value(value)
            raise Misread(Fault(path, found, f"an array of 1 to {most:,} values"))
        items: list[T] = []
        faults: list[Fault] = []
        for position, one in enumerate(value):
            try:
                items.append(item.read(one, f"{path}[{position}]"))
            except Misread as error:
                faults += error.faults
        if faults:
            raise Misread(*faults)
        return tuple(items)

    return Value(read, {"type": "array", "minItems": 1, "maxItems": most, "items": item.schema})


def object_of_counts(expected: str) -> Value[Mapping[str, Any]]:
    """An object whose members are read by whoever knows what they count."""

    def read(value: Any, path: str) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            raise Misread(Fault(path, shown_value(value), expected))
        return value

    return Value(read, {"type": "object", "description": f"Takes {expected}."})


def shown_value(value: Any) -> str:
    """A JSON value as a fault shows it."""
    if isinstance(value, str | Decimal):
        return shown(str(value))
    return shown(json.dumps(value, default=str))


def _number(value: Any) -> Decimal | None:
    if isinstance(value, str):
        number = Decimal(value) if _DECIMAL.fullmatch(value) else None
    elif isinstance(value, int | Decimal) and not isinstance(value, bool):
        number = Decimal(value)
    else:
        return None
    short = (
        number is not None
        and abs(number.adjusted()) <= MAX_DIGITS
        and significant_digits(number) <= MAX_DIGITS
    )
    return number if short else None
