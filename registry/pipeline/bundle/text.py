"""The text of the catalogue's files: one row a line, and what is read back of it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import NODEFAULT
from msgspec.structs import fields

_T = TypeVar("_T")


class BundleError(ValueError):
    """A catalogue file that is not what `dump` writes."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path.name}: {problem}")


def decoded(path: Path, kind: type[_T]) -> _T:
    """The content of a file; raises `BundleError`."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except OSError as error:
        raise BundleError(path, f"cannot be read ({error.strerror})") from error
    except msgspec.MsgspecError as error:
        raise BundleError(path, str(error)) from error


def lines(rows: Iterable[msgspec.Struct]) -> str:
    """One row a line."""
    return ",\n".join(map(line, rows))


def line(row: msgspec.Struct) -> str:
    """One row; what an array's last places leave at their defaults is left out."""
    return msgspec.json.encode(_short(row)).decode()


def _short(value: Any) -> Any:
    if isinstance(value, list):
        return [_short(item) for item in value]
    if not isinstance(value, msgspec.Struct) or not value.__struct_config__.array_like:
        return value
    defaults = _defaults(type(value))
    places = [getattr(value, name) for name in value.__struct_fields__]
    while len(places) > len(value.__struct_fields__) - len(defaults):
        if places[-1] != defaults[len(places) - len(value.__struct_fields__) - 1]:
            break
        places.pop()
    return [_short(place) for place in places]


@cache
def _defaults(kind: type[msgspec.Struct]) -> tuple[Any, ...]:
    """Those of the last places, in their order."""
    return tuple(
        field.default_factory() if field.default is NODEFAULT else field.default
        for field in fields(kind)
        if not field.required
    )
