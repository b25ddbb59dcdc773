"""What may be asked of OpenRouter's list beside the two clocks, as its own API takes it.

A model whose modalities or parameters are not known fits no question about them. Several
modalities mean any of them, several parameters all of them. Without ``output_modalities`` every
model is listed, where upstream lists those that give text.
"""

from __future__ import annotations

from collections.abc import Mapping

from registry.catalog.facts import MODALITIES
from registry.exports.asking import BadQuery
from registry.exports.json_text import Json

PARAMETERS = ("reasoning", "tools", "tool_choice")
"""Of a request's parameters those of which it is known who takes them."""
_ALL = "all"
_MODALITIES = ("input_modalities", "output_modalities")
_SUPPORTED = "supported_parameters"
_FEEDS = ("use_rss", "use_rss_chat_links")
_CATEGORY = "category"
QUESTIONS = (*_MODALITIES, _SUPPORTED, *_FEEDS, _CATEGORY)
"""Parameters that are understood, be it only to say why they cannot be honoured."""


def narrowed(document: Json, asked: Mapping[str, str]) -> Json:
    """The list without the models that do not fit; raises `BadQuery` for what cannot be answered.

    ``asked``: those of `QUESTIONS` that are asked for.
    """
    if _CATEGORY in asked:
        expected = "no category: the registry does not hold what models are used for"
        raise BadQuery(_CATEGORY, asked[_CATEGORY], expected)
    for name in _FEEDS:
        if asked.get(name, "false") != "false":
            raise BadQuery(name, asked[name], "false; /feeds/changes.atom is a feed of what is new")
    modalities = {name: _words(name, asked, (*MODALITIES, _ALL)) for name in _MODALITIES}
    parameters = _words(_SUPPORTED, asked, PARAMETERS)
    fitting = [
        model
        for model in document["data"]
        if parameters <= set(model[_SUPPORTED])
        and all(
            not wanted or _ALL in wanted or wanted & set(model["architecture"][name])
            for name, wanted in modalities.items()
        )
    ]
    return document | {"data": fitting, "total_count": len(fitting)}


def _words(name: str, asked: Mapping[str, str], known: tuple[str, ...]) -> set[str]:
    """The words of a list by commas, each one that is known; none where it is not asked for."""
    if name not in asked:
        return set()
    words = {word.strip() for word in asked[name].split(",")}
    if not words <= set(known):
        raise BadQuery(name, asked[name], f"one or more of {', '.join(known)}, by commas")
    return words
