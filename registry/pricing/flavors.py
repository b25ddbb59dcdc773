"""A provider's own usage object, read as `Usage`.

Providers count differently: OpenAI's and Google's input includes cached tokens, Anthropic's does
not; Google's output excludes thoughts. Each reader names every field that it accepts. A count that
no reader knows is an error unless it is zero, since what is not understood would not be billed;
texts, flags and nulls carry no count and are passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Final

from registry.pricing.usage import Usage, UsageError


def read_usage(flavor: str, reported: object) -> Usage:
    """The usage in a provider's object; raises `UsageError` naming the provider's field."""
    if flavor not in _READERS:
        raise UsageError("flavor", flavor, f"one of {', '.join(FLAVORS)}")
    if not isinstance(reported, Mapping):
        raise UsageError("usage", reported, "the usage object as the provider returns it")
    fields = _Fields(reported)
    counts = _READERS[flavor](fields)
    fields.refuse_unread()
    return Usage.of(counts)


class _Fields:
    """The counts of a usage object by dotted path; remembers which were read."""

    def __init__(self, reported: Mapping[object, object]) -> None:
        self._values = dict(_flat(reported))
        self._unread = set(self._values)

    def count(self, path: str) -> int:
        """Zero when the field is absent or null."""
        self._unread.discard(path)
        value = self._values.get(path)
        if value is None:
            return 0
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise UsageError(path, value, "an integer, zero or more")
        return value

    def required(self, path: str) -> int:
        if self._values.get(path) is None:
            raise UsageError(path, None, "an integer, zero or more")
        return self.count(path)

    def has(self, path: str) -> bool:
        return self._values.get(path) is not None

    def parts(self, path: str, *names: str) -> None:
        """Reads counts that are part of another and billed with it."""
        for name in names:
            self.count(f"{path}.{name}")

    def total(self, path: str, expected: int) -> None:
        """A total, where one is given, must be what its parts add up to."""
        if self.has(path) and self.required(path) != expected:
            raise UsageError(path, self.count(path), f"{expected}, the sum of its parts")

    def modalities(self, path: str) -> Mapping[str, int]:
        """Google's ``[{modality, tokenCount}]``; empty when the list is absent."""
        found: dict[str, int] = {}
        position = 0
        while self.has(f"{path}.{position}.modality"):
            name = self._values[f"{path}.{position}.modality"]
            if name not in _MODALITIES:
                raise UsageError(f"{path}.modality", name, f"one of {', '.join(_MODALITIES)}")
            tokens = self.count(f"{path}.{position}.tokenCount")
            found[str(name)] = found.get(str(name), 0) + tokens
            position += 1
        return found

    def refuse_unread(self) -> None:
        for path in sorted(self._unread):
            value = self._values[path]
            counts = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
            if counts and value:
                raise UsageError(path, value, "a field of this flavor, or zero")


def _flat(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(value, Mapping):
        items = [(str(name), inner) for name, inner in value.items()]
    elif isinstance(value, list):
        items = [(str(position), inner) for position, inner in enumerate(value)]
    else:
        yield path, value
        return
    for name, inner in items:
        yield from _flat(inner, f"{path}.{name}" if path else name)


def _openai_chat(fields: _Fields) -> dict[str, int]:
    """`prompt_tokens`, `completion_tokens`, `total_tokens` and their `_details`.

    Those of compatible providers too: `prompt_cache_hit_tokens` and `prompt_cache_miss_tokens`.
    """
    hits, details = "prompt_cache_hit_tokens", "prompt_tokens_details"
    cached = f"{details}.cached_tokens"
    if fields.has(hits) and fields.has(cached):
        fields.total(cached, fields.count(hits))
    prompt = fields.required("prompt_tokens")
    fields.total("prompt_cache_miss_tokens", prompt - fields.count(hits))
    counts = _openai(fields, prompt, fields.count("completion_tokens"), "prompt", "completion")
    return {**counts, "cache_read_tokens": counts["cache_read_tokens"] or fields.count(hits)}


def _openai_responses(fields: _Fields) -> dict[str, int]:
    """`input_tokens`, `output_tokens`, `total_tokens` and their `_details`."""
    written, sent = fields.required("output_tokens"), fields.required("input_tokens")
    return _openai(fields, sent, written, "input", "output")


def _openai(fields: _Fields, sent: int, written: int, into: str, out: str) -> dict[str, int]:
    """`cached_tokens` are text unless `cached_tokens_details` says what they are."""
    fields.total("total_tokens", sent + written)
    details, result = f"{into}_tokens_details", f"{out}_tokens_details"
    by_kind = f"{details}.cached_tokens_details"
    cached = fields.count(f"{details}.cached_tokens")
    cached_audio = fields.count(f"{by_kind}.audio_tokens")
    cached_image = fields.count(f"{by_kind}.image_tokens")
    fields.parts(details, "text_tokens")
    fields.parts(by_kind, "text_tokens")
    fields.parts(result, "text_tokens", "accepted_prediction_tokens", "rejected_prediction_tokens")
    if cached_audio + cached_image > cached:
        raise UsageError(f"{details}.cached_tokens", cached, "at least the sum of its details")
    return {
        "input_tokens": sent,
        "cache_read_tokens": cached - cached_audio - cached_image,
        "cache_read_audio_tokens": cached_audio,
        "cache_read_image_tokens": cached_image,
        "input_audio_tokens": fields.count(f"{details}.audio_tokens"),
        "input_image_tokens": fields.count(f"{details}.image_tokens"),
        "output_tokens": written,
        "reasoning_tokens": fields.count(f"{result}.reasoning_tokens"),
        "output_audio_tokens": fields.count(f"{result}.audio_tokens"),
        "output_image_tokens": fields.count(f"{result}.image_tokens"),
    }


def _anthropic_messages(fields: _Fields) -> dict[str, int]:
    """`input_tokens` (without the cached), `cache_read_input_tokens`, `output_tokens`.

    `cache_creation_input_tokens`, told apart by `cache_creation.ephemeral_{5m,1h}_input_tokens`;
    writes that are not told apart are of five minutes, which a request gets that asks for no more.
    `server_tool_use.web_search_requests`; `web_fetch_requests` cost nothing but their tokens.
    """
    cache_read = fields.count("cache_read_input_tokens")
    for_5m = fields.count("cache_creation.ephemeral_5m_input_tokens")
    for_1h = fields.count("cache_creation.ephemeral_1h_input_tokens")
    cache_write = fields.count("cache_creation_input_tokens")
    if for_5m or for_1h:
        fields.total("cache_creation_input_tokens", for_5m + for_1h)
    else:
        for_5m = cache_write
    cache_write = for_5m + for_1h
    fields.parts("server_tool_use", "web_fetch_requests")
    return {
        "input_tokens": fields.required("input_tokens") + cache_read + cache_write,
        "cache_read_tokens": cache_read,
        "cache_write_tokens": cache_write,
        "cache_write_5m_tokens": for_5m,
        "cache_write_1h_tokens": for_1h,
        "output_tokens": fields.required("output_tokens"),
        "web_searches": fields.count("server_tool_use.web_search_requests"),
    }


def _google_generate_content(fields: _Fields) -> dict[str, int]:
    """`promptTokenCount` (with the cached), `toolUsePromptTokenCount`, `candidatesTokenCount`.

    `thoughtsTokenCount` comes on top of the candidates. `cachedContentTokenCount` needs
    `cacheTokensDetails` when the prompt has media. Modalities: each count's `...TokensDetails`.
    """
    prompt = fields.required("promptTokenCount")
    tool_use = fields.count("toolUsePromptTokenCount")
    candidates = fields.count("candidatesTokenCount")
    thoughts = fields.count("thoughtsTokenCount")
    fields.total("totalTokenCount", prompt + tool_use + candidates + thoughts)
    sent = _sum_by_modality(
        fields.modalities("promptTokensDetails"), fields.modalities("toolUsePromptTokensDetails")
    )
    written = fields.modalities("candidatesTokensDetails")
    cached = _google_cached(fields, has_media=any(sent.get(kind) for kind in _MEDIA))
    return {
        "input_tokens": prompt + tool_use,
        # Cached video has no meter of its own: it is a cache read, and not video as well.
        "cache_read_tokens": sum(cached.get(kind, 0) for kind in ("TEXT", "DOCUMENT", "VIDEO")),
        "cache_read_audio_tokens": cached.get("AUDIO", 0),
        "cache_read_image_tokens": cached.get("IMAGE", 0),
        "input_audio_tokens": sent.get("AUDIO", 0),
        "input_image_tokens": sent.get("IMAGE", 0),
        "input_video_tokens": sent.get("VIDEO", 0) - cached.get("VIDEO", 0),
        "output_tokens": candidates + thoughts,
        "reasoning_tokens": thoughts,
        "output_audio_tokens": written.get("AUDIO", 0),
        "output_image_tokens": written.get("IMAGE", 0),
        "output_video_tokens": written.get("VIDEO", 0),
    }


_MODALITIES = ("TEXT", "DOCUMENT", "AUDIO", "IMAGE", "VIDEO")
_MEDIA = ("AUDIO", "IMAGE", "VIDEO")


def _google_cached(fields: _Fields, *, has_media: bool) -> Mapping[str, int]:
    cached = fields.count("cachedContentTokenCount")
    by_modality = fields.modalities("cacheTokensDetails")
    if by_modality:
        fields.total("cachedContentTokenCount", sum(by_modality.values()))
        return by_modality
    if cached and has_media:
        raise UsageError("cacheTokensDetails", None, "the modalities of the cached tokens")
    return {"TEXT": cached}


def _sum_by_modality(one: Mapping[str, int], other: Mapping[str, int]) -> Mapping[str, int]:
    return {kind: one.get(kind, 0) + other.get(kind, 0) for kind in _MODALITIES}


_READERS: Final[Mapping[str, Callable[[_Fields], dict[str, int]]]] = {
    "openai.chat": _openai_chat,
    "openai.responses": _openai_responses,
    "anthropic.messages": _anthropic_messages,
    "google.generate_content": _google_generate_content,
}
FLAVORS = tuple(_READERS)
