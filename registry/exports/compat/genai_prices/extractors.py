"""How the client reads counts out of a provider's answers: the shapes of the four interfaces."""

from __future__ import annotations

from registry.exports.json_text import Json

_Path = str | tuple[str, ...]


def _extractor(flavor: str, root: str, model: str, **counts: tuple[_Path, ...]) -> Json:
    """``counts``: by the client's name of a count, the fields that add up to it."""
    mappings = [
        {
            "path": path if isinstance(path, str) else list(path),
            "dest": name,
            "required": False,
        }
        for name, paths in counts.items()
        for path in paths
    ]
    return {"api_flavor": flavor, "root": root, "model_path": model, "mappings": mappings}


def _openai_chat(flavor: str) -> Json:
    return _extractor(
        flavor,
        "usage",
        "model",
        input_tokens=("prompt_tokens",),
        cache_read_tokens=(("prompt_tokens_details", "cached_tokens"),),
        cache_write_tokens=(("prompt_tokens_details", "cache_write_tokens"),),
        input_audio_tokens=(("prompt_tokens_details", "audio_tokens"),),
        output_tokens=("completion_tokens",),
        output_reasoning_tokens=(("completion_tokens_details", "reasoning_tokens"),),
        output_audio_tokens=(("completion_tokens_details", "audio_tokens"),),
    )


_OPENAI_RESPONSES = _extractor(
    "responses",
    "usage",
    "model",
    input_tokens=("input_tokens",),
    cache_read_tokens=(("input_tokens_details", "cached_tokens"),),
    cache_write_tokens=(("input_tokens_details", "cache_write_tokens"),),
    output_tokens=("output_tokens",),
    output_reasoning_tokens=(("output_tokens_details", "reasoning_tokens"),),
)
# Anthropic counts cached tokens beside the input, the client within it.
_ANTHROPIC = _extractor(
    "default",
    "usage",
    "model",
    input_tokens=("input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens"),
    cache_read_tokens=("cache_read_input_tokens",),
    cache_write_tokens=("cache_creation_input_tokens",),
    cache_write_5m_tokens=(("cache_creation", "ephemeral_5m_input_tokens"),),
    cache_write_1h_tokens=(("cache_creation", "ephemeral_1h_input_tokens"),),
    web_searches=(("server_tool_use", "web_search_requests"),),
    output_tokens=("output_tokens",),
)
# Google counts thoughts beside the answer.
_GOOGLE = _extractor(
    "default",
    "usageMetadata",
    "modelVersion",
    input_tokens=("promptTokenCount",),
    cache_read_tokens=("cachedContentTokenCount",),
    output_tokens=("candidatesTokenCount", "thoughtsTokenCount"),
    output_reasoning_tokens=("thoughtsTokenCount",),
)
_OWN = {"anthropic": [_ANTHROPIC], "google": [_GOOGLE], "google-vertex": [_GOOGLE]}
_LIKE_OPENAI = [_openai_chat("chat"), _openai_chat("default"), _OPENAI_RESPONSES]


def extractors_of(slug: str) -> list[Json]:
    """The ways in which a provider tells its counts."""
    return _OWN.get(slug, _LIKE_OPENAI)
