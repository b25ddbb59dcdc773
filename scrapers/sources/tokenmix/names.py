"""Whose a model is and under which id its lab sells it, of names as an article shortens them.

``V4-Pro`` is DeepSeek's because the article writes ``DeepSeek V4``; ``Opus 4.7`` is ``Claude Opus
4.7``. A name whose brand stands nowhere is nobody's model.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PROVIDERS = {
    "chatgpt": "openai",
    "claude": "anthropic",
    "command": "cohere",
    "deepseek": "deepseek",
    "gemini": "google",
    "glm": "zai",
    "gpt": "openai",
    "grok": "xai",
    "kimi": "moonshotai",
    "minimax": "minimax",
    "mistral": "mistral",
    "o1": "openai",
    "o3": "openai",
    "o4": "openai",
    "qwen": "alibaba",
}
# Labs that write their brand and version as one word: qwen3.6-27b.
_CLOSED_UP = frozenset({"qwen"})
_JOINTS = re.compile(r"[\s_-]+")
_BRAND = re.compile(r"o[134]\b|[A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Named:
    """A lab's own offer: its provider's slug and the model's id there."""

    provider: str
    model_id: str


@dataclass(frozen=True, slots=True)
class Names:
    """The names of an article: ``text`` is all of it, ``known`` are those of its tables."""

    text: str
    known: tuple[str, ...] = ()

    def find(self, name: str) -> Named | None:
        """Whose model a name is; None where its brand is not known.

        Words in front of a name that is known (``Current GPT-5.4``) do not belong to it.
        """
        full = self._in_full(name)
        if full is None:
            _, space, rest = name.strip().partition(" ")
            return self.find(rest) if space else None
        brand = _brand(full)
        words = _JOINTS.sub("-", full.strip()).lower()
        if brand in _CLOSED_UP:
            words = words.replace(f"{brand}-", brand, 1)
        return Named(_PROVIDERS[brand], words)

    def every(self, name: str) -> list[Named]:
        """The models that a name means: itself, or all of a family (``V4``) in the tables."""
        own = self.find(name)
        if own is None:
            return []
        found = [known for written in self.known if (known := self.find(written)) is not None]
        family = [known for known in found if known.model_id.startswith(f"{own.model_id}-")]
        return [own] if own in found or not family else family

    def _in_full(self, name: str) -> str | None:
        if _brand(name) in _PROVIDERS:
            return name
        first = re.escape(re.split(r"[\s-]", name.strip(), maxsplit=1)[0])
        brands = "|".join(_PROVIDERS)
        behind = re.search(rf"\b({brands})[ -]{first}\b", self.text, re.I)
        return f"{behind[1]} {name}" if behind else None


def _brand(name: str) -> str:
    found = _BRAND.match(name.strip())
    return found[0].lower() if found else ""
