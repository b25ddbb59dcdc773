"""The keys of genai-prices: a meter, a number of units, and which keys must stand beside which.

The client counts a token once, by its direction, its kind (cached, written, thought) and its form
(sound, picture, film). A card that prices a kind must price the whole that contains it, and one
that prices a kind and a form must price both together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_MILLION = 1_000_000
_SUFFIXES = {
    "mtok": _MILLION,
    "mchars": _MILLION,
    "gpixels": 1_000_000_000,
    "hours": 3_600,
    "kpages": 1_000,
    "kcount": 1_000,
}


@dataclass(frozen=True, slots=True)
class Key:
    """One key, the meter whose price it is, and the keys that must be priced beside it."""

    name: str
    meter: str
    wholes: tuple[str, ...] = ()

    @property
    def per(self) -> int:
        """How many units the key's price buys."""
        return _SUFFIXES[self.name.rpartition("_")[2]]


_KINDS = {"cache_read": "cache_read_tokens", "cache_write": "cache_write_tokens"}
_KEPT = {"5m": "cache_write_5m_tokens", "1h": "cache_write_1h_tokens"}
_FORMS = ("audio", "image", "video")
# Of what is cached in a form, a card of ours may have a price of its own.
_OWN = {
    "cache_audio_read_mtok": "cache_read_audio_tokens",
    "cache_audio_write_mtok": "cache_write_audio_tokens",
    "cache_image_read_mtok": "cache_read_image_tokens",
}

_PLAIN = (
    Key("input_mtok", "input_tokens"),
    Key("output_mtok", "output_tokens"),
    *(Key(f"{kind}_mtok", meter, ("input_mtok",)) for kind, meter in _KINDS.items()),
    *(
        Key(f"cache_write_{kept}_mtok", meter, ("input_mtok", "cache_write_mtok"))
        for kept, meter in _KEPT.items()
    ),
    *(Key(f"input_{form}_mtok", f"input_{form}_tokens", ("input_mtok",)) for form in _FORMS),
    *(Key(f"output_{form}_mtok", f"output_{form}_tokens", ("output_mtok",)) for form in _FORMS),
    Key("output_reasoning_mtok", "reasoning_tokens", ("output_mtok",)),
    Key("output_citation_mtok", "citation_tokens", ("output_mtok",)),
    Key("input_mchars", "input_characters"),
    Key("input_gpixels", "input_pixels"),
    Key("audio_hours", "input_audio_seconds"),
    Key("input_audio_hours", "input_audio_seconds", ("audio_hours",)),
    Key("output_audio_hours", "output_audio_seconds", ("audio_hours",)),
    Key("input_document_kpages", "ocr_pages"),
    Key("input_annotated_document_kpages", "annotation_pages"),
    Key("rerank_searches_kcount", "rerank_queries"),
    Key("web_searches_kcount", "web_searches"),
    Key("requests_kcount", "requests"),
)


def _together(name: str, form: str, direction: str, *others: str) -> Key:
    """A kind and a form at once; without a price of its own it costs what the form costs."""
    form_key = f"{direction}_{form}_mtok"
    meter = _OWN.get(name, f"{direction}_{form}_tokens")
    return Key(name, meter, (f"{direction}_mtok", form_key, *others))


def _joins_of(form: str) -> Iterator[Key]:
    for verb in ("read", "write"):
        yield _together(f"cache_{form}_{verb}_mtok", form, "input", f"cache_{verb}_mtok")
    for kept in _KEPT:
        others = ("cache_write_mtok", f"cache_write_{kept}_mtok", f"cache_{form}_write_mtok")
        yield _together(f"cache_{form}_write_{kept}_mtok", form, "input", *others)
    for kind in ("reasoning", "citation"):
        yield _together(f"output_{form}_{kind}_mtok", form, "output", f"output_{kind}_mtok")


_JOINS = tuple(key for form in _FORMS for key in _joins_of(form))
KEYS: dict[str, Key] = {key.name: key for key in (*_PLAIN, *_JOINS)}
BY_METER: dict[str, Key] = {
    **{key.meter: key for key in _PLAIN},
    **{meter: KEYS[name] for name, meter in _OWN.items()},
}


@lru_cache(maxsize=1024)
def completed(names: frozenset[str]) -> tuple[str, ...]:
    """The keys, the wholes that they need, and those for two of them at once, in a fixed order."""
    needed = names.union(*(KEYS[name].wholes for name in names))
    # Each join stands after those that it contains, so one pass finds them all.
    for join in _JOINS:
        if needed.issuperset(join.wholes):
            needed |= {join.name}
    return tuple(name for name in KEYS if name in needed)
