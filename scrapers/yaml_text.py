"""YAML bodies as JSON text in which every scalar is a text: ``35.60`` stays ``35.60``.

YAML's own numbers would pass through floats, and ``0x10`` or ``1_000`` through its own grammar, so
the document's nodes are read and never its values. References (``*name``), which a small body can
multiply without end, are refused.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import yaml

from scrapers.claims import PageError, PageFault

_NULL = "tag:yaml.org,2002:null"
_SHOWN = 80


class _Nodes(yaml.SafeLoader):
    """Composes nodes and constructs nothing."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("a reference to another node")
        return super().compose_node(parent, index)


def yaml_items(body: bytes) -> Iterator[bytes]:
    """The JSON text of each item of the list that the body is; raises `PageError`.

    A key that stands twice in a mapping stands twice in the JSON, to be seen where it is read.
    """
    text = _as_text(body)
    try:
        root = _Nodes(text).get_single_node()
    except (yaml.YAMLError, RecursionError) as error:
        found = " ".join(str(error).split())[:_SHOWN]
        raise PageError(PageFault.WRONG_FORMAT, found, "plain YAML") from error
    if not isinstance(root, yaml.SequenceNode):
        raise PageError(PageFault.WRONG_FORMAT, repr(text[:_SHOWN]), "a YAML list")
    return (_json(item) for item in root.value)


def _as_text(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PageError(PageFault.WRONG_FORMAT, str(error), "YAML in UTF-8") from error


def _json(node: yaml.Node) -> bytes:
    if isinstance(node, yaml.MappingNode):
        members = (b"%s: %s" % (_key(key), _json(value)) for key, value in node.value)
        return b"{%s}" % b", ".join(members)
    if isinstance(node, yaml.SequenceNode):
        return b"[%s]" % b", ".join(map(_json, node.value))
    return b"null" if node.tag == _NULL else msgspec.json.encode(node.value)


def _key(node: yaml.Node) -> bytes:
    if not isinstance(node, yaml.ScalarNode):
        raise PageError(PageFault.WRONG_FORMAT, "a key that is no text", "plain YAML")
    return msgspec.json.encode(node.value)
