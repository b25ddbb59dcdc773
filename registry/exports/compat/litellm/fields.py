"""The field of LiteLLM's grammar for a meter under some terms.

``base[_above_{1hr|12hr}][_above_{N}[k]_tokens][_{tier}]``, figures per single unit unless the base
says otherwise; `scrapers.sources.litellm.fields` reads the same grammar.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from registry.exports.compat.pricing import amount_per
from registry.pricing.meters import METERS, Unit
from registry.pricing.rates import Rate


@dataclass(frozen=True, slots=True)
class Field:
    """A field's base, what comes after it before the limit, and how many units it prices."""

    base: str
    kept: str = ""
    per: int = 1

    def name(self, rate: Rate) -> str:
        """The whole name under the limit and tier of a rate."""
        over, tier = rate.terms.context_over, rate.terms.tier
        limit = "" if over is None else f"_above_{short(over)}_tokens"
        suffix = "" if tier is None else f"_{_TIERS[tier]}"
        return f"{self.base}{self.kept}{limit}{suffix}"

    def figure(self, rate: Rate) -> Decimal:
        """The rate's price per what the field counts."""
        return amount_per(rate, self.per)


_TIERS = {
    "batch": "batches",
    "flex": "flex",
    "priority": "priority",
    "balanced": "balanced",
    "ultrafast": "ultrafast",
    "decisions": "decisions",
}

CACHE_WRITES = "cache_creation_input_token_cost"

_FIELDS: dict[str, Field] = {
    "input_tokens": Field("input_cost_per_token"),
    "cache_read_tokens": Field("cache_read_input_token_cost"),
    "cache_write_tokens": Field(CACHE_WRITES),
    "cache_write_5m_tokens": Field(CACHE_WRITES),
    "cache_write_1h_tokens": Field(CACHE_WRITES, "_above_1hr"),
    "cache_write_12h_tokens": Field(CACHE_WRITES, "_above_12hr"),
    "input_audio_tokens": Field("input_cost_per_audio_token"),
    "cache_read_audio_tokens": Field("cache_read_input_audio_token_cost"),
    "cache_write_audio_tokens": Field("cache_creation_input_audio_token_cost"),
    "input_image_tokens": Field("input_cost_per_image_token"),
    "cache_read_image_tokens": Field("cache_read_input_image_token_cost"),
    "input_video_tokens": Field("input_cost_per_video_token"),
    "output_tokens": Field("output_cost_per_token"),
    "reasoning_tokens": Field("output_cost_per_reasoning_token"),
    "output_audio_tokens": Field("output_cost_per_audio_token"),
    "output_image_tokens": Field("output_cost_per_image_token"),
    "output_video_tokens": Field("output_cost_per_video_token"),
    "citation_tokens": Field("citation_cost_per_token"),
    "input_characters": Field("input_cost_per_character"),
    "output_characters": Field("output_cost_per_character"),
    "input_pixels": Field("input_cost_per_pixel"),
    "output_pixels": Field("output_cost_per_pixel"),
    "input_images": Field("input_cost_per_image"),
    "output_images": Field("output_cost_per_image"),
    "sessions": Field("code_interpreter_cost_per_session"),
    "input_audio_seconds": Field("input_cost_per_audio_per_second"),
    "output_audio_seconds": Field("output_cost_per_second"),
    "input_video_seconds": Field("input_cost_per_video_per_second"),
    "output_video_seconds": Field("output_cost_per_video_per_second"),
    "compute_seconds": Field("cost_per_second"),
    "requests": Field("input_cost_per_request"),
    "map_groundings": Field("google_maps_grounding_cost_per_query"),
    "file_searches": Field("file_search_cost_per_1k_calls", per=1000),
    "ocr_pages": Field("ocr_cost_per_page"),
    "annotation_pages": Field("annotation_cost_per_page"),
    "file_search_gb_days": Field("file_search_cost_per_gb_per_day"),
    "vector_store_gb_days": Field("vector_store_cost_per_gb_per_day"),
}
# What a field counts can depend on the kind of model.
_BY_MODE: dict[tuple[str, str], Field] = {
    ("audio_transcription", "input_audio_seconds"): Field("input_cost_per_second"),
    ("rerank", "rerank_queries"): Field("input_cost_per_query"),
    ("search", "web_searches"): Field("input_cost_per_query"),
    ("video_generation", "output_video_seconds"): Field("output_cost_per_second"),
}
_NOT_IN_MODE = frozenset(
    {("audio_transcription", "output_audio_seconds"), ("video_generation", "output_audio_seconds")}
)
_IN_DBU = {
    "input_tokens": Field("input_dbu_cost_per_token"),
    "output_tokens": Field("output_dbu_cost_per_token"),
}
_BY_VARIANT = {
    ("input_tokens", "computer-use"): Field("computer_use_input_cost_per_1k_tokens", per=1000),
    ("output_tokens", "computer-use"): Field("computer_use_output_cost_per_1k_tokens", per=1000),
    ("cache_read_tokens", "explicit-cache"): Field("explicit_cache_read_input_token_cost"),
}
_RESOLUTION = re.compile(r"\d+(?:\.\d+)?[kp]?")
_SIZED = frozenset({Unit.PIXEL, Unit.ITEM, Unit.SECOND})


def field_of(rate: Rate, mode: str) -> Field | None:
    """The field of a rate, whatever its limit; None where the grammar has none.

    Its region and hours are not looked at: those stand elsewhere.
    """
    terms = rate.terms
    if terms.tier is not None and terms.tier not in _TIERS:
        return None
    if rate.currency == "DBU":
        return _IN_DBU.get(rate.meter) if terms.variant is None else None
    if terms.variant is not None:
        return _BY_VARIANT.get((rate.meter, terms.variant)) or _of_resolution(rate, mode)
    return _plain(rate.meter, mode)


def _plain(meter: str, mode: str) -> Field | None:
    if (mode, meter) in _NOT_IN_MODE or (meter == "output_images" and mode.startswith("audio")):
        return None
    return _BY_MODE.get((mode, meter)) or _FIELDS.get(meter)


def _of_resolution(rate: Rate, mode: str) -> Field | None:
    """Such as ``output_cost_per_second_1080p``."""
    plain, variant = _plain(rate.meter, mode), rate.terms.variant or ""
    if plain is None or METERS[rate.meter].unit not in _SIZED or not _RESOLUTION.fullmatch(variant):
        return None
    shown = variant.upper() if METERS[rate.meter].unit is Unit.ITEM else variant
    return replace(plain, base=f"{plain.base}_{shown}")


def short(tokens: int) -> str:
    """``272k`` for whole thousands, as LiteLLM writes limits."""
    thousands, rest = divmod(tokens, 1000)
    return str(tokens) if rest else f"{thousands}k"
