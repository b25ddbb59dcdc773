"""How much a model was let think, as boards write it into the model's name.

``gpt-5.5_xhigh`` (Epoch), ``GPT-5 (high)`` (Artificial Analysis, Aider), ``gpt-5.1-high`` (LMArena,
LiveBench). Only words of a closed list are split off; what else stands there belongs to the name,
``gpt-5.1-codex-max`` and ``kimi-k2-thinking`` included.
"""

from __future__ import annotations

import re

_NONE, _THINKING = "none", "thinking"
_LEVELS = ("minimal", "low", "medium", "high", "xhigh", "max")
_WORDS: dict[str, str] = {
    **{level: level for level in _LEVELS},
    **{f"{level} {word}": level for level in _LEVELS for word in ("effort", "reasoning")},
    **{f"{level}thinking": level for level in _LEVELS},
    **{f"thinking{mark}{level}": level for level in _LEVELS for mark in " -"},
    "x-high": "xhigh",
    **dict.fromkeys((_NONE, "no think", "no thinking", "nothinking", "non-reasoning"), _NONE),
    **dict.fromkeys(("non-thinking", "thinking off"), _NONE),
    **dict.fromkeys((_THINKING, "reasoning", "adaptive reasoning"), _THINKING),
    **dict.fromkeys(("thinking mode", "reasoning mode", "extended thinking"), _THINKING),
    # The board says that nothing is known of it, or that nothing was set.
    **dict.fromkeys(("unknown", "default", "default think"), ""),
}
_BUDGET = re.compile(r"(?:thinking )?(?P<tokens>[1-9][0-9]{0,3}k)(?: think(?:ing)?(?: tokens)?)?")
_IN_BRACKETS = re.compile(r"(?P<name>.+?)\s*\((?P<words>[^()]+)\)")
_AFTER_DASHES = re.compile(
    r"(?P<name>.+?)-(?P<words>(?:thinking-(?:auto|[1-9][0-9]{0,3}k)(?:-[a-z]+-effort)?)"
    rf"|(?:{'|'.join(_LEVELS)})-effort|(?:xhigh|high|medium|low|minimal)|highthinking|nothinking)"
)


def effort_of(words: str) -> str | None:
    """The effort that a word or a list of them means; "" for unknown or default; else None."""
    found: list[str] = []
    for word in words.casefold().split(","):
        meant = _effort_of_word(" ".join(word.split()))
        if meant is None:
            return None
        found.append(meant)
    said = list(dict.fromkeys(filter(None, found)))
    if len(said) > 1 and _THINKING in said:
        said.remove(_THINKING)
    return "/".join(said)


def split_underscore(written: str) -> tuple[str, str | None]:
    """``gpt-5.5_xhigh`` -> the name, and the effort where one is said."""
    name, mark, word = written.rpartition("_")
    effort = effort_of(word) if mark and name else None
    return (written, None) if effort is None else (name, effort or None)


def split_brackets(written: str) -> tuple[str, str | None]:
    """``GPT-5 (high)`` -> the name, and the effort where one is said."""
    match = _IN_BRACKETS.fullmatch(written.strip())
    effort = effort_of(match["words"]) if match else None
    return (written, None) if match is None or effort is None else (match["name"], effort or None)


def split_dashes(written: str) -> tuple[str, str | None]:
    """``claude-opus-4-5-thinking-64k-high-effort`` -> the name, and the effort."""
    match = _AFTER_DASHES.fullmatch(written)
    if match is None:
        return written, None
    words = match["words"].removesuffix("-effort").removeprefix("thinking-")
    parts = [_effort_of_word(word) or _THINKING for word in words.split("-")]
    return match["name"], "/".join(dict.fromkeys(parts))


def _effort_of_word(word: str) -> str | None:
    budget = _BUDGET.fullmatch(word)
    return f"{_THINKING}-{budget['tokens']}" if budget else _WORDS.get(word)
