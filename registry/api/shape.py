"""What answers are made of: frozen dataclasses whose types are the contract."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Annotated, Any

import msgspec
from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent

# A moment with its zone; without the mark the schema would not say that it is one.
Instant = Annotated[datetime, msgspec.Meta(tz=True)]

REFERENCE = "#/components/schemas/{name}"


class Shape:
    """The root of all answers; subclasses are frozen, slotted dataclasses."""

    __slots__ = ()


def meaning(text: str, *examples: object, among: Collection[str] = ()) -> msgspec.Meta:
    """What a field means, for the contract; ``among`` are the only words that it takes."""
    extra: dict[str, Any] = {"enum": list(among)} if among else {}
    return msgspec.Meta(
        description=text, examples=list(examples) or None, extra_json_schema=extra or None
    )


class ShapeSchema(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]
    """Puts the JSON Schema of a shape, and of every shape in it, among the components."""

    target_class = Shape
    match_subclasses = True

    def get_name(self, auto_schema: AutoSchema, direction: str) -> str:
        """The name of the class."""
        return str(self.target.__name__)

    def map_serializer(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        """The schema of the target; what it refers to is registered beside it."""
        parts: dict[str, dict[str, Any]]
        _, parts = msgspec.json.schema_components([self.target], ref_template=REFERENCE)
        whole = parts.pop(self.target.__name__)
        register(auto_schema, parts)
        return whole


def register(auto_schema: AutoSchema, components: Mapping[str, dict[str, Any]]) -> None:
    """Puts schemas among the components of the contract, those that are there already aside."""
    for name, schema in components.items():
        component = ResolvedComponent(  # type: ignore[no-untyped-call]
            name, ResolvedComponent.SCHEMA, schema, name
        )
        auto_schema.registry.register_on_missing(component)
