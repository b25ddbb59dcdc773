"""From what somebody types to an offer: certain, or a refusal that names what may be meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from registry.client.server import Server

_CANDIDATES = 8


class NotCertain(Exception):
    """An id that means nothing here, or several things."""

    def __init__(self, asked: str, candidates: list[str]) -> None:
        meant = f"; it may mean {', '.join(candidates[:_CANDIDATES])}" if candidates else ""
        super().__init__(f"{asked!r} is not certain to be any offer{meant}")
        self.candidates = candidates


@dataclass(frozen=True, slots=True)
class Found:
    """What an id means: an offer, and how it was found."""

    offer: str
    model: str | None
    matched: str


def find(server: Server, asked: str, *, provider: str | None = None) -> Found:
    """The offer behind a spelling; of a model, the one that its own lab sells.

    Raises `NotCertain`.
    """
    [resolved] = server.get("resolve", id=asked, provider=provider)["items"]
    model = resolved["model"]["id"] if resolved["model"] else None
    if resolved["offer"]:
        return Found(resolved["offer"]["id"], model, resolved["offer"]["matched"])
    if model is not None:
        offers = list(server.pages("offers", most=500, model=model, provider=provider))
        own = [offer["id"] for offer in offers if offer["provider"] == model.partition("/")[0]]
        if len(own) == 1 or len(offers) == 1:
            return Found((own or [offers[0]["id"]])[0], model, resolved["model"]["matched"])
        raise NotCertain(asked, own or [offer["id"] for offer in offers])
    raise NotCertain(
        asked, [*resolved["other_offers"], *resolved["other_models"]] or _like(server, asked)
    )


def _like(server: Server, asked: str) -> list[str]:
    """Models whose names hold what was typed."""
    return [model["id"] for model in server.pages("models", most=_CANDIDATES, q=asked)]


def path_of(offer: str) -> str:
    """An offer's id as a part of an address."""
    return quote(offer, safe="/:@")


def terms_text(terms: dict[str, Any]) -> str:
    """Terms as rate cards write them; empty for the standard ones."""
    return ";".join(f"{name}={value}" for name, value in sorted(terms.items()))
