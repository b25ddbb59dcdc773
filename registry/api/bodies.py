"""What may be sent: a frozen dataclass a body, each of its fields one member of a JSON object.

Reading a body and describing it in the contract both follow from the fields, as with queries. All
faults are told at once, each under its path.
"""

from __future__ import annotations

from dataclasses import MISSING, dataclass, field, fields
from decimal import Decimal
from typing import Any, TypeVar

from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema

from registry.api.kinds import nearest
from registry.api.queries import BadQuery, Fault, shown
from registry.api.values import Misread, Value, shown_value


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The root of all bodies."""


B = TypeVar("B", bound=Body)


@dataclass(frozen=True, slots=True)
class Member:
    """The kind of a member's value and what it means."""

    name: str
    value: Value[Any]
    meaning: str
    default: Any

    @property
    def is_required(self) -> bool:
        """Whether there is nothing that leaving it out would mean."""
        return self.default is MISSING


def member(value: Value[Any], meaning: str, default: Any = MISSING) -> Any:
    """A field of a body, required unless a default says what it means to leave it out.

    Where that is None, null means the same.
    """
    return field(default=default, metadata={"value": value, "meaning": meaning})


def read_body(body: type[B], given: Any) -> B:
    """The body as its dataclass; raises `BadQuery`."""
    try:
        return _read(body, given, "")
    except Misread as error:
        raise BadQuery(*error.faults) from error


def of(body: type[B]) -> Value[B]:
    """An object within a body."""
    return Value(lambda value, path: _read(body, value, path), schema_of(body))


def schema_of(body: type[Body]) -> dict[str, Any]:
    """The JSON Schema of a body."""
    members = _members(body)
    return {
        "type": "object",
        "properties": {name: _described(one) for name, one in members.items()},
        "required": [name for name, one in members.items() if one.is_required],
        "additionalProperties": False,
    }


def _members(body: type[Body]) -> dict[str, Member]:
    return {
        one.name: Member(one.name, one.metadata["value"], one.metadata["meaning"], one.default)
        for one in fields(body)
    }


def _described(one: Member) -> dict[str, Any]:
    schema = dict(one.value.schema)
    meaning = " ".join(filter(None, (one.meaning, schema.pop("description", None))))
    if one.default is None:
        schema = {"anyOf": [schema, {"type": "null"}]}
    elif not one.is_required:
        is_amount = isinstance(one.default, Decimal)
        schema["default"] = f"{one.default:f}" if is_amount else one.default
    return {**schema, "description": meaning}


def _read(body: type[B], given: Any, path: str) -> B:
    if not isinstance(given, dict):
        raise Misread(Fault(path or "body", shown_value(given), "a JSON object"))
    known = _members(body)
    faults = [
        Fault(
            _within(path, shown(name)),
            shown_value(given[name]),
            f"one of the members {', '.join(known)}",
            nearest(name, known),
        )
        for name in given
        if name not in known
    ]
    values: dict[str, Any] = {}
    for one in known.values():
        try:
            values |= _read_member(one, given, _within(path, one.name))
        except Misread as error:
            faults += error.faults
    if faults:
        raise Misread(*faults)
    return body(**values)


def _read_member(one: Member, given: dict[str, Any], path: str) -> dict[str, Any]:
    if one.name not in given:
        if one.is_required:
            raise Misread(Fault(path, "nothing", one.meaning))
        return {}
    if given[one.name] is None and one.default is None:
        return {}
    return {one.name: one.value.read(given[one.name], path)}


def _within(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


class BodySchema(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]
    """Puts the JSON Schema of a body among the components."""

    target_class = Body
    match_subclasses = True

    def get_name(self, auto_schema: AutoSchema, direction: str) -> str:
        """The name of the class."""
        return str(self.target.__name__)

    def map_serializer(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        """The schema of the target."""
        return schema_of(self.target)
