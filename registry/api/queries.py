"""What may be asked: a frozen dataclass an endpoint, each of its fields one parameter.

Reading a query string and describing it in the contract both follow from the fields, so that they
cannot differ. Whatever is not understood is refused with all its faults at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from typing import Any, TypeVar

from django.http import QueryDict
from drf_spectacular.utils import OpenApiParameter

from registry.api.kinds import Kind

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
    """The kind of a parameter's value and what it means."""

    kind: Kind[Any]
    meaning: str


def parameter(kind: Kind[Any], meaning: str, default: Any = None) -> Any:
    """A field of a query; ``default`` is what it means to leave it out."""
    return field(default=default, metadata={"parameter": Parameter(kind, meaning)})


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
            faults.append(Fault(name, _shown(", ".join(texts)), "one value, given once"))
        else:
            try:
                values[name] = known[name].kind.read(texts[0])
            except ValueError:
                faults.append(_misread(name, texts[0], known[name]))
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
            description=f"{one.meaning} Takes {one.kind.expected}.",
            default=defaults[name] if isinstance(defaults[name], int) else None,
        )
        for name, one in parameters_of(query).items()
    ]


def _unknown(name: str, texts: list[str], known: dict[str, Parameter]) -> Fault:
    nearest = get_close_matches(name, known, n=1)
    names = f"one of the parameters {', '.join(known)}" if known else "no parameters"
    return Fault(_shown(name), _shown(", ".join(texts)), names, nearest[0] if nearest else None)


def _misread(name: str, text: str, one: Parameter) -> Fault:
    choices = one.kind.schema.get("enum", ())
    nearest = get_close_matches(text, choices, n=1)
    return Fault(name, _shown(text), one.kind.expected, nearest[0] if nearest else None)


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
