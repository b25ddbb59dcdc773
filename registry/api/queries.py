"""What may be asked: a frozen dataclass an endpoint, each of its fields one parameter.

Reading a query string and describing it in the contract both follow from the fields, so that they
cannot differ. Whatever is not understood is refused with all its faults at once.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, TypeVar

from django.http import QueryDict
from drf_spectacular.utils import OpenApiParameter

from registry.api.deprecations import Deprecation
from registry.api.kinds import Kind, nearest

Q = TypeVar("Q")
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one parameter; ``nearest`` is a name or value that may have been meant."""

    field: str
    value: str
    expected: str
    nearest: str | None = None


class BadQuery(ValueError):
    """A query string that is not understood, with everything that is wrong with it."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(f"{one.field}: expected {one.expected}" for one in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Parameter:
    """The kind of a parameter's value and what it means; whether it is to go."""

    kind: Kind[Any]
    meaning: str
    deprecation: Deprecation | None = None


def parameter(
    kind: Kind[Any], meaning: str, default: Any = None, *, deprecated: Deprecation | None = None
) -> Any:
    """A field of a query; ``default`` is what it means to leave it out."""
    return field(default=default, metadata={"parameter": Parameter(kind, meaning, deprecated)})


def required(kind: Kind[Any], meaning: str) -> Any:
    """A field of a query that must be given."""
    return field(metadata={"parameter": Parameter(kind, meaning)})


@dataclass(frozen=True, slots=True)
class Nothing:
    """A query of an endpoint that takes no parameter."""


def read_query(query: type[Q], given: QueryDict) -> Q:
    """The query as its dataclass; raises `BadQuery`."""
    known = parameters_of(query)
    faults: list[Fault] = []
    values: dict[str, Any] = {}
    for name, texts in given.lists():
        if name not in known:
            faults.append(_unknown(name, texts, known))
        elif len(texts) > 1:
            faults.append(Fault(name, shown(", ".join(texts)), "one value, given once"))
        else:
            try:
                values[name] = known[name].kind.read(texts[0])
            except ValueError:
                faults.append(_misread(name, texts[0], known[name]))
    named = {fault.field for fault in faults}
    faults += [
        Fault(one.name, "nothing", known[one.name].kind.expected)
        for one in fields(query)  # type: ignore[arg-type]
        if one.default is MISSING and one.name not in values and one.name not in named
    ]
    if faults:
        raise BadQuery(*faults)
    return query(**values)


def parameters_of(query: type[Any]) -> dict[str, Parameter]:
    """The parameters of a query by name, in their order."""
    return {one.name: one.metadata["parameter"] for one in fields(query)}


def described(query: type[Any]) -> list[OpenApiParameter]:
    """The parameters of a query as the contract lists them."""
    defaults = {one.name: one.default for one in fields(query)}
    return [
        OpenApiParameter(
            name,
            type=dict(one.kind.schema),
            location=OpenApiParameter.QUERY,
            description=_description(one),
            required=defaults[name] is MISSING,
            deprecated=one.deprecation is not None,
            default=defaults[name] if isinstance(defaults[name], int) else None,
        )
        for name, one in parameters_of(query).items()
    ]


def deprecated_in(query: type[Any], given: Collection[str]) -> tuple[Deprecation, ...]:
    """What is deprecated of the parameters that are given."""
    known = parameters_of(query)
    found = (known[name].deprecation for name in given if name in known)
    return tuple(one for one in found if one is not None)


def _description(one: Parameter) -> str:
    remark = f" {one.deprecation.remark}" if one.deprecation else ""
    return f"{one.meaning} Takes {one.kind.expected}.{remark}"


def _unknown(name: str, texts: list[str], known: dict[str, Parameter]) -> Fault:
    names = f"one of the parameters {', '.join(known)}" if known else "no parameters"
    return Fault(shown(name), shown(", ".join(texts)), names, nearest(name, known))


def _misread(name: str, text: str, one: Parameter) -> Fault:
    return Fault(name, shown(text), one.kind.expected, one.kind.nearest(text))


def shown(text: str) -> str:
    """A text as a fault shows it: shortened where it is long, half a character spelt out."""
    whole = text.encode(errors="backslashreplace").decode()
    return whole if len(whole) <= _SHOWN else whole[: _SHOWN - 1] + "…"
