"""How providers are called, from ``fixtures/exports/interfaces.toml``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

_FILE = Path(__file__).resolve().parents[3] / "fixtures" / "exports" / "interfaces.toml"


@dataclass(frozen=True, slots=True)
class Interface:
    """What a client needs to call a provider; empty where nobody has told us.

    ``env``: variables that hold its key. ``npm``: the AI SDK's package. ``api``: the address of an
    OpenAI-like interface. ``hosts``: a pattern of its interface's addresses.
    """

    env: tuple[str, ...] = ()
    npm: str = ""
    api: str = ""
    hosts: str = ""

    @property
    def pattern(self) -> str:
        """A pattern of the addresses by which a client knows the provider; empty if unknown."""
        parts = urlsplit(self.api)
        if self.hosts or not parts.scheme or "$" in self.api:
            return self.hosts
        return re.escape(f"{parts.scheme}://{parts.netloc}")


UNKNOWN = Interface()


@cache
def interfaces() -> dict[str, Interface]:
    """The declared interfaces by the provider's slug."""
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {
        slug: Interface(
            tuple(one.get("env", ())), one.get("npm", ""), one.get("api", ""), one.get("hosts", "")
        )
        for slug, one in told.items()
    }
