"""From a key of LiteLLM's map to the offer it means.

``azure/eu/gpt-5.5-2026-04-23`` is Azure's offer ``gpt-5.5-2026-04-23``, processed in ``eu``; and
``hd/1024-x-1024/dall-e-3`` is OpenAI's ``dall-e-3`` in one size and quality. What stands before the
provider's own id is a route, a place, a commitment or a size, each told by its form and position.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# LiteLLM names routes. These lead to one seller, at one price list, so they are one provider here.
_SELLERS = {
    "azure_text": "azure",
    "bedrock_converse": "bedrock",
    "cohere_chat": "cohere",
    "fireworks_ai-embedding-models": "fireworks_ai",
    "text-completion-codestral": "codestral",
    "text-completion-inception": "inception",
    "text-completion-openai": "openai",
}
_VERTEX_ROUTE = "vertex_ai-"
_PREFIXES = {"amazon_nova": "amazon-nova"}

_AWS = frozenset({"bedrock", "bedrock_mantle"})
_AWS_REGION = re.compile(r"[a-z]{2}(?:-gov)?-[a-z]+-\d")
_AWS_GEO = re.compile(r"(us-gov|us|eu|apac|au|jp|ca|sa|me|af|global)\.(?=[a-z0-9])")
_AZURE_REGIONS = frozenset({"eu", "us", "us-gov", "global", "global-standard"})
_ANY_REGION = "*"

_SIZE = re.compile(r"(\d{2,5})-x-(\d{2,5})")
_STEPS = re.compile(r"(?:\d+|max)-steps")
_COMMITMENT = re.compile(r"\d+-month-commitment")
_QUALITIES = frozenset({"low", "medium", "high", "auto", "standard", "hd"})


@dataclass(frozen=True, slots=True)
class OfferName:
    """Whose offer a key means, under which id, and the terms that the key itself names.

    ``sized``: the key names the size of the picture that is made.
    """

    seller: str
    model_id: str
    region: str | None = None
    variant: str | None = None
    sized: bool = False


def seller_of(route: str) -> str:
    """The provider behind ``litellm_provider``."""
    return "vertex_ai" if route.startswith(_VERTEX_ROUTE) else _SELLERS.get(route, route)


def offer_name(key: str, route: str) -> OfferName:
    """The offer that ``key`` means in a row whose ``litellm_provider`` is ``route``."""
    seller = seller_of(route)
    prefixes = {seller, route, _PREFIXES.get(seller, seller)}
    region, size, details = None, None, []
    segments = key.split("/")
    while len(segments) > 1:
        head = segments[0]
        if head in prefixes:
            prefixes = set()
        elif (match := _SIZE.fullmatch(head)) is not None:
            size = f"{match[1]}x{match[2]}"
        elif _is_detail(head, segments[1]):
            details.append(head)
        elif region is None and _is_region(head, seller):
            region = head
        elif head != _ANY_REGION:
            break
        segments.pop(0)
    model_id = "/".join(segments)
    if seller in _AWS and (geo := _AWS_GEO.match(model_id)) is not None:
        region, model_id = region or geo[1], model_id[geo.end() :]
    variant = "/".join(filter(None, (size, *details))) or None
    return OfferName(seller, model_id, region, variant, size is not None)


def _is_detail(segment: str, following: str) -> bool:
    """Steps and commitments by their form; a quality only where a size follows it."""
    if segment in _QUALITIES:
        return _SIZE.fullmatch(following) is not None
    return _STEPS.fullmatch(segment) is not None or _COMMITMENT.fullmatch(segment) is not None


def _is_region(segment: str, seller: str) -> bool:
    if seller == "azure":
        return segment in _AZURE_REGIONS
    return seller in _AWS and _AWS_REGION.fullmatch(segment) is not None
