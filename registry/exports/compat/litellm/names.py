"""Under which keys LiteLLM looks for an offer, and the route that a row names.

The way back from `scrapers.sources.litellm.names`: ``azure/eu/gpt-5.5`` is Azure's offer in ``eu``,
``us.anthropic.…`` Bedrock's in ``us``, ``hd/1024-x-1024/dall-e-3`` a picture of one size.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from registry.selectors.export_rows import ExportRow

# Sellers whose models LiteLLM lists by their own id, without the route before it.
_BARE = frozenset({"anthropic", "bedrock", "cohere", "openai"})
# ... and under both.
_BARE_AND_PREFIXED = frozenset({"deepseek"})
# Chat models of these sellers are called by another route at the same prices.
_CHAT_ROUTES = {"bedrock": "bedrock_converse", "cohere": "cohere_chat"}
_VERTEX_ROUTES = {"gemini": "vertex_ai-language-models", "claude": "vertex_ai-anthropic_models"}

_AWS = frozenset({"bedrock", "bedrock_mantle"})
_AWS_GEO = frozenset(["us-gov", "us", "eu", "apac", "au", "jp", "ca", "sa", "me", "af", "global"])
_AWS_REGION = re.compile(r"[a-z]{2}(?:-gov)?-[a-z]+-\d")
_AZURE_REGIONS = frozenset({"eu", "us", "us-gov", "global", "global-standard"})

_SIZE = re.compile(
    r"(?P<width>\d{2,5})x(?P<height>\d{2,5})"
    r"(?:/(?P<quality>low|medium|high|auto|standard|hd))?"
    r"(?:/(?P<steps>(?:\d+|max)-steps))?"
)
_COMMITMENT = re.compile(r"\d+-month-commitment")


@dataclass(frozen=True, slots=True)
class Place:
    """What a key itself tells beside the offer: a region, and a picture's size or a commitment."""

    region: str | None = None
    variant: str | None = None


ANYWHERE = Place()


def stands_in_key(variant: str | None) -> bool:
    """Whether a variant is one that a key tells, and not a field."""
    return variant is not None and bool(_segments(variant))


def _segments(variant: str) -> tuple[str, ...]:
    if _COMMITMENT.fullmatch(variant):
        return (variant,)
    match = _SIZE.fullmatch(variant)
    if match is None:
        return ()
    size = f"{match['width']}-x-{match['height']}"
    return tuple(filter(None, (match["quality"], size, match["steps"])))


def keys(row: ExportRow, route: str, place: Place) -> tuple[str, ...]:
    """The keys of an offer at a place; none where LiteLLM cannot name the place."""
    name = "/".join((*_segments(place.variant or ""), row.model_id))
    if place.region is None:
        return _anywhere(row, name, route, plain=place.variant is None)
    if route == "azure" and place.region in _AZURE_REGIONS:
        return (f"azure/{place.region}/{name}",)
    if route in _AWS and place.region in _AWS_GEO and place.variant is None:
        prefix = "" if route == "bedrock" else f"{route}/"
        return (f"{prefix}{place.region}.{name}",)
    if route in _AWS and _AWS_REGION.fullmatch(place.region):
        return (f"{route}/{place.region}/{name}",)
    return ()


def _anywhere(row: ExportRow, name: str, route: str, *, plain: bool) -> tuple[str, ...]:
    prefixed = f"{route}/{name}"
    if route in _BARE or (route == "vertex_ai" and plain and name.startswith("gemini")):
        return (name,)
    return (name, prefixed) if route in _BARE_AND_PREFIXED else (prefixed,)


def route_of(row: ExportRow, seller: str) -> str:
    """``litellm_provider``: LiteLLM decides by it which interface is called."""
    chat = row.mode in ("", "chat")
    if seller == "vertex_ai":
        routes = (r for family, r in _VERTEX_ROUTES.items() if row.model_id.startswith(family))
        return next(routes, seller)
    if seller == "openai" and row.mode == "completion":
        return "text-completion-openai"
    return _CHAT_ROUTES.get(seller, seller) if chat else seller
