"""``fields=id,rate.amount``: answers that tell a part of what they are made of.

What may be named follows from the shape of an answer: the fields of its rows where it is a list,
else its own. A field within a field stands behind a dot. Which revision an answer is of and about
which moment is always told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import fields, make_dataclass
from typing import Any, TypeVar, get_args, get_type_hints

import msgspec
from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema

from registry.api.kinds import Kind, where
from registry.api.queries import parameter
from registry.api.shape import REFERENCE, Shape, register

PARAMETER = "fields"
_ROWS = "items"
_ALWAYS = ("revision", "at")
_SUFFIX = "Fields"

Q = TypeVar("Q")
# The named fields of a shape, those within each, or None where the whole of it is told.
Tree = Mapping[str, "Tree | None"]


def narrowing(query: type[Q], answer: type[Shape]) -> type[Q]:
    """The query with a further parameter that names fields of the answer."""
    rows = rows_of(answer)
    of_what = "an answer" if rows is None else "a row"
    told = parameter(_named(rows or answer, of_what), f"Only these fields of {of_what}.")
    wider = make_dataclass(
        query.__name__,
        [(PARAMETER, Tree | None, told)],
        bases=(query,),
        frozen=True,
        slots=True,
        kw_only=True,
    )
    wider.__doc__ = query.__doc__
    return wider


def narrowed(body: Shape, tree: Tree | None) -> Any:
    """The answer with no more than the named fields."""
    if tree is None:
        return body
    if rows_of(type(body)) is None:
        return _part(body, {**tree, **dict.fromkeys(_ALWAYS)})
    return {name: _part(value, tree) if name == _ROWS else value for name, value in _members(body)}


def rows_of(answer: type[Shape]) -> type[Shape] | None:
    """The shape of a list's rows; None of what is no list."""
    return _shape_in(get_type_hints(answer).get(_ROWS))


def paths_of(shape: type[Shape], before: str = "") -> Iterator[str]:
    """Every field that may be named, those within another behind it."""
    for name, hint in get_type_hints(shape).items():
        yield f"{before}{name}"
        if (inner := _shape_in(hint)) is not None:
            yield from paths_of(inner, f"{before}{name}.")


def _shape_in(hint: Any) -> type[Shape] | None:
    """The shape that a field holds: one, several or perhaps none of it."""
    if isinstance(hint, type) and issubclass(hint, Shape):
        return hint
    return next(filter(None, map(_shape_in, get_args(hint))), None)


def _named(shape: type[Shape], of_what: str) -> Kind[Tree]:
    paths = tuple(paths_of(shape))

    def read(text: str) -> Tree:
        names = frozenset(text.split(","))
        return _tree(where(names, names <= frozenset(paths)))

    word = "|".join(map(re.escape, paths))
    outer = ", ".join(path for path in paths if "." not in path)
    return Kind(
        read,
        f"fields of {of_what}, separated by commas ({outer}); one within another behind a dot",
        {"type": "string", "pattern": f"^(?:{word})(?:,(?:{word}))*$"},
        paths,
    )


def _tree(paths: Iterable[str]) -> Tree:
    tree: dict[str, Any] = {}
    for path in sorted(paths):  # a whole field comes before what is within it
        *outer, name = path.split(".")
        inner: dict[str, Any] | None = tree
        for part in outer:
            inner = None if inner is None else inner.setdefault(part, {})
        if inner is not None:
            inner[name] = None
    return tree


def _part(value: Any, tree: Tree | None) -> Any:
    if tree is None or value is None:
        return value
    if isinstance(value, tuple | list):
        return [_part(one, tree) for one in value]
    return {name: _part(inner, tree[name]) for name, inner in _members(value) if name in tree}


def _members(value: Any) -> Iterator[tuple[str, Any]]:
    return ((one.name, getattr(value, one.name)) for one in fields(value))


class Told:
    """The root of what the contract calls an answer that is whole, or the named fields of one."""

    whole: type[Shape]


def told(answer: type[Shape]) -> type[Told]:
    """An answer as the contract describes it where ``fields`` may be asked."""
    return type(f"{answer.__name__}Told", (Told,), {"whole": answer})


class ToldSchema(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]
    """Puts an answer among the components twice: whole, and with no field required."""

    target_class = Told
    match_subclasses = True

    def get_name(self, auto_schema: AutoSchema, direction: str) -> str:
        """The name of the class."""
        return str(self.target.__name__)

    def map_serializer(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        """Either of the two; both are registered beside it."""
        whole: type[Shape] = self.target.whole
        _, components = msgspec.json.schema_components([whole], ref_template=REFERENCE)
        auto_schema.resolve_serializer(whole, direction)  # type: ignore[arg-type]
        register(auto_schema, _partial(whole, components))
        names = (whole.__name__, whole.__name__ + _SUFFIX)
        return {"anyOf": [{"$ref": REFERENCE.format(name=name)} for name in names]}


def _partial(whole: type[Shape], components: Mapping[str, Any]) -> dict[str, Any]:
    """Components without required fields: of a list its rows, else of the answer itself."""
    narrowed_ones = {
        name + _SUFFIX: _without_required(name, schema)
        for name, schema in components.items()
        if "properties" in schema
    }
    root = deepcopy(components[whole.__name__])
    kept = [n for n in root["properties"] if (rows_of(whole) and n != _ROWS) or n in _ALWAYS]
    loose = narrowed_ones[whole.__name__ + _SUFFIX]["properties"]
    root["properties"] |= {name: loose[name] for name in loose if name not in kept}
    root["required"] = [*kept, *([_ROWS] if rows_of(whole) else [])]
    root["title"] = whole.__name__ + _SUFFIX
    narrowed_ones[root["title"]] = root
    return _reached(root, narrowed_ones)


def _without_required(name: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    loose = {key: deepcopy(value) for key, value in schema.items() if key != "required"}
    loose["properties"] = {key: _loosened(one) for key, one in loose["properties"].items()}
    return loose | {"title": name + _SUFFIX, "minProperties": 1}


def _loosened(schema: Any) -> Any:
    """The same schema, with the loose one of each component that it refers to."""
    if isinstance(schema, dict):
        return {
            key: value + _SUFFIX if key == "$ref" else _loosened(value)
            for key, value in schema.items()
        }
    return [_loosened(one) for one in schema] if isinstance(schema, list) else schema


def _reached(root: Mapping[str, Any], among: Mapping[str, Any]) -> dict[str, Any]:
    """The loose components that the root leads to, itself first."""
    found = {root["title"]: root}
    waiting = [root]
    while waiting:
        for name in _references(waiting.pop()):
            if name in among and name not in found:
                found[name] = among[name]
                waiting.append(among[name])
    return found


def _references(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        for key, value in schema.items():
            if key == "$ref":
                yield value.rpartition("/")[2]
            else:
                yield from _references(value)
    elif isinstance(schema, list):
        for one in schema:
            yield from _references(one)
