"""A card of ours as the object of prices that genai-prices takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from registry.exports.compat.genai_prices.keys import BY_METER, KEYS, Key, completed
from registry.exports.compat.pricing import Prices, amount_per, beyond
from registry.exports.json_text import Json
from registry.pricing.meters import ancestors
from registry.pricing.rates import Rate


@dataclass(slots=True)
class Card:
    """The prices by key; rates of meters without a key, and of parts whose whole has no price."""

    prices: Json = field(default_factory=dict)
    no_key: list[Rate] = field(default_factory=list)
    no_whole: list[Rate] = field(default_factory=list)


def card_of(rates: Iterable[Rate], tier: str | None = None) -> Card:
    """The prices of a tier from rates without hours, regions and variants."""
    rates, found = tuple(rates), Card()
    card = Prices(rates)
    kept = set()
    for rate in rates:
        if rate.meter not in BY_METER:
            found.no_key.append(rate)
        elif _has_whole(card, rate.meter):
            kept.add(BY_METER[rate.meter].name)
        else:
            found.no_whole.append(rate)
    for name in completed(frozenset(kept)):
        price = _price(card, KEYS[name], tier, card.limits)
        if price is not None:
            found.prices[name] = price
    return found


def _has_whole(card: Prices, name: str) -> bool:
    """Whether the outermost whole has a price; to the client, sound made is part of all sound."""
    whole = (name, *ancestors(name))[-1]
    if name == "output_audio_seconds":
        whole = "input_audio_seconds"
    return card.of(whole) is not None


def _price(
    card: Prices, key: Key, tier: str | None, limits: tuple[int, ...]
) -> Decimal | Json | None:
    """A number, or a base and the prices above limits where those differ."""
    base = _amount(card, key, tier, None)
    if base is None:
        return None
    tiers, last = [], base
    for over in limits:
        price = _amount(card, key, tier, over)
        if price is not None and price != last:
            tiers.append({"start": over, "price": price})
            last = price
    return {"base": base, "tiers": tiers} if tiers else base


def _amount(card: Prices, key: Key, tier: str | None, over: int | None) -> Decimal | None:
    rate = card.of(key.meter, tier=tier, tokens=beyond(over))
    return None if rate is None else amount_per(rate, key.per)
