"""The kinds of values that name scores: conditions, and what they are reached over."""

from __future__ import annotations

from registry.api.kinds import Kind, number
from registry.scoring.setups import Setup

_CONDITION = "[a-z0-9][a-z0-9._/+@-]{0,79}"
_CONDITIONS = {"attempts": "[1-9][0-9]{0,3}[+]?"}


def condition(name: str) -> Kind[str]:
    """A field of a setup, or nothing."""

    def read(text: str) -> str:
        return Setup(**{name: text}).key.partition("=")[2] if text else text

    return Kind(
        read,
        "a word as setups spell it, or nothing for what says none",
        {"type": "string", "pattern": f"^(?:{_CONDITIONS.get(name, _CONDITION)})?$"},
    )


TASKS = Kind(number(1, 10**12), "a whole number from 1 on", {"type": "integer", "minimum": 1})
SETUP = Kind(
    Setup.parse,
    "a setup as readings are keyed by, such as effort=high;harness=codex, or nothing",
    {"type": "string", "maxLength": 500},
)
