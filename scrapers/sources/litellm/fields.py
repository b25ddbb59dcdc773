"""The grammar of LiteLLM's price fields.

``base[_above_{1hr|12hr}][_above_{N}[k]_tokens][_{tier}]``: 160 names in October 2026, made of
some forty bases. A base may carry a size (``output_cost_per_second_1080p``), which is a variant of
what is sold. Figures are per single unit unless the base says otherwise. Its history: 2025-02
``_batch_requests``, later ``_batches``; 2025-11 pictures above a size; 2026-04 ``_flex`` and
``_priority``; 2026-07 bands combined with tiers; 2026-10 resolutions of video.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from registry.pricing.meters import METERS, Unit
from registry.pricing.terms import Terms, TermsError

_BASES: dict[str, tuple[str, int]] = {
    "annotation_cost_per_page": ("annotation_pages", 1),
    "cache_creation_input_audio_token_cost": ("cache_write_audio_tokens", 1),
    "cache_creation_input_token_cost": ("cache_write_tokens", 1),
    "cache_read_input_audio_token_cost": ("cache_read_audio_tokens", 1),
    "cache_read_input_image_token_cost": ("cache_read_image_tokens", 1),
    "cache_read_input_token_cost": ("cache_read_tokens", 1),
    "cache_read_input_token_cost_per_audio_token": ("cache_read_audio_tokens", 1),
    "citation_cost_per_token": ("citation_tokens", 1),
    "code_interpreter_cost_per_session": ("sessions", 1),
    "computer_use_input_cost_per_1k_tokens": ("input_tokens", 1000),
    "computer_use_output_cost_per_1k_tokens": ("output_tokens", 1000),
    "cost_per_second": ("compute_seconds", 1),
    "explicit_cache_read_input_token_cost": ("cache_read_tokens", 1),
    "file_search_cost_per_1k_calls": ("file_searches", 1000),
    "file_search_cost_per_gb_per_day": ("file_search_gb_days", 1),
    "google_maps_grounding_cost_per_query": ("map_groundings", 1),
    "input_cost_per_audio_per_second": ("input_audio_seconds", 1),
    "input_cost_per_audio_token": ("input_audio_tokens", 1),
    "input_cost_per_character": ("input_characters", 1),
    "input_cost_per_image": ("input_images", 1),
    "input_cost_per_image_token": ("input_image_tokens", 1),
    "input_cost_per_pixel": ("input_pixels", 1),
    "input_cost_per_query": ("requests", 1),
    "input_cost_per_request": ("requests", 1),
    "input_cost_per_second": ("input_audio_seconds", 1),
    "input_cost_per_text_message": ("requests", 1),
    "input_cost_per_token": ("input_tokens", 1),
    "input_cost_per_token_cache_hit": ("cache_read_tokens", 1),
    "input_cost_per_video_per_second": ("input_video_seconds", 1),
    "input_cost_per_video_token": ("input_video_tokens", 1),
    "input_dbu_cost_per_token": ("input_tokens", 1),
    "ocr_cost_per_page": ("ocr_pages", 1),
    "output_cost_per_audio_token": ("output_audio_tokens", 1),
    "output_cost_per_character": ("output_characters", 1),
    "output_cost_per_image": ("output_images", 1),
    "output_cost_per_image_token": ("output_image_tokens", 1),
    "output_cost_per_pixel": ("output_pixels", 1),
    "output_cost_per_reasoning_token": ("reasoning_tokens", 1),
    "output_cost_per_second": ("output_audio_seconds", 1),
    "output_cost_per_token": ("output_tokens", 1),
    "output_cost_per_video_per_second": ("output_video_seconds", 1),
    "output_cost_per_video_token": ("output_video_tokens", 1),
    "output_db_cost_per_token": ("output_tokens", 1),  # 2025-02, for output_dbu
    "output_dbu_cost_per_token": ("output_tokens", 1),
    "vector_store_cost_per_gb_per_day": ("vector_store_gb_days", 1),
}
# Databricks units are Databricks' own coin, listed beside dollars.
_DBU = re.compile(r"(?:in|out)put_dbu?_cost_per_token")
# The same meter at a price of its own under a condition that only the base's name tells.
_VARIANT_OF_BASE = {
    "computer_use_input_cost_per_1k_tokens": "computer-use",
    "computer_use_output_cost_per_1k_tokens": "computer-use",
    "explicit_cache_read_input_token_cost": "explicit-cache",
}
# A size belongs to a picture, a second of film or sound; never to a token or a call.
_UNSIZED = frozenset({Unit.TOKEN, Unit.CHARACTER, Unit.CALL, Unit.GB_DAY})
_WRITES_KEPT = {"1hr": "cache_write_1h_tokens", "12hr": "cache_write_12h_tokens"}
_TIERS = {"batches": "batch", "batch_requests": "batch"}

_NAME = re.compile(
    r"(?P<base>[a-z0-9_]*?cost[A-Za-z0-9_.]*?)"
    r"(?:_above_(?P<kept>1hr|12hr))?"
    r"(?:_above_(?P<over>\d{1,9})(?P<thousands>k?)_tokens)?"
    r"(?:_(?P<tier>batches|batch_requests|flex|priority|balanced|ultrafast|decisions))?"
)
_SIZED = re.compile(
    r"(?P<base>.*?)(?:"
    r"_(?P<resolution>\d+(?:\.\d+)?[kKpP]?)"
    r"|_above_(?P<interval>\d+s)_interval"
    r"|(?:_above_(?P<width>\d+)_and_(?P<height>\d+)_pixels)?(?P<premium>(?:_and)?_premium_image)?"
    r")"
)


@dataclass(frozen=True, slots=True)
class PriceField:
    """What a field's name says: ``base`` as LiteLLM spells it, meter, unit count, terms, coin."""

    base: str
    meter: str
    per: int
    terms: Terms
    currency: str = "USD"


@lru_cache(maxsize=1024)
def parse_field(name: str) -> PriceField | None:
    """The parts of a price field's name; None for a name outside the grammar."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    plain = _parse_base(match["base"])
    if plain is None:
        return None
    if match["kept"] is not None:
        if plain.base != "cache_creation_input_token_cost":
            return None
        plain = replace(plain, meter=_WRITES_KEPT[match["kept"]])
    over, tier = match["over"], match["tier"]
    try:
        terms = Terms(
            context_over=int(over) * (1000 if match["thousands"] else 1) if over else None,
            tier=_TIERS.get(tier, tier),
            variant=plain.terms.variant,
        )
    except TermsError:
        return None
    return replace(plain, terms=terms)


def _parse_base(name: str) -> PriceField | None:
    variant = _VARIANT_OF_BASE.get(name)
    if name not in _BASES:
        match = _SIZED.fullmatch(name)
        if match is None or match["base"] not in _BASES:
            return None
        name, variant = match["base"], _variant_of(match)
        if METERS[_BASES[name][0]].unit in _UNSIZED:
            return None
    meter, per = _BASES[name]
    currency = "DBU" if _DBU.fullmatch(name) else "USD"
    return PriceField(name, meter, per, Terms(variant=variant), currency)


def _variant_of(match: re.Match[str]) -> str:
    if match["resolution"]:
        return match["resolution"].lower()
    if match["interval"]:
        return f"interval-over-{match['interval']}"
    size = f"over-{match['width']}x{match['height']}" if match["width"] else None
    return "/".join(filter(None, (size, "premium" if match["premium"] else None)))
