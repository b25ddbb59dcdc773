"""Changes and announcements in plain words."""

from __future__ import annotations

from decimal import Context, Decimal

from registry.catalog.facts import shown
from registry.pricing.meters import METERS
from registry.pricing.terms import Terms
from registry.selectors.changes import PriceChange, Said
from registry.selectors.fact_changes import FactChange, SaidFact
from registry.selectors.score_changes import SaidScore, ScoreChange

_TOLD = Context(prec=3)
_QUALIFIERS = {"approximate": "~", "at_least": ">", "at_most": "<", "claimed": "claimed "}
_STATES = {
    "dynamic": "set by a router",
    "free": "free",
    "included": "included in a plan",
    "on_request": "on request",
    "retracted": "taken back",
    "withdrawn": "no longer sold",
}


def step(change: PriceChange) -> str:
    """``input tokens (tier=batch): 1.74 -> 0.435 USD per 1,000,000 (-75 %)``."""
    words = [f"{subject(change.meter, change.terms)}:"]
    if change.before is not None:
        words += [_figure(change.before), "→"]
    words.append(_figure(change.now))
    if change.now.amount is not None:
        words.append(unit(change.meter, change.currency))
    if share := _share(change):
        words.append(f"({share})")
    return " ".join(words)


def score_step(change: ScoreChange) -> str:
    """``~85 -> 80.6``; what is approximate, claimed or a bound says so."""
    words = [] if change.before is None else [_score(change.before), "→"]
    return " ".join([*words, _score(change.now)])


def fact_step(change: FactChange) -> str:
    """``context tokens: 128,000 -> 1,000,000``."""
    words = [f"{change.name.replace('_', ' ')}:"]
    if change.before is not None:
        words += [_fact(change.before), "→"]
    return " ".join([*words, _fact(change.now)])


def subject(meter: str, terms: Terms) -> str:
    """The meter in words, with its terms where there are any."""
    name = meter.replace("_", " ")
    return f"{name} ({terms.key})" if terms.key else name


def price(state: str, amount: Decimal | None, meter: str, currency: str) -> str:
    """A price with its unit, or the state in words."""
    return _STATES[state] if amount is None else f"{amount:f} {unit(meter, currency)}"


def unit(meter: str, currency: str) -> str:
    """``USD per 1,000,000``."""
    return f"{currency} per {int(METERS[meter].unit_size):,}"


def _figure(said: Said) -> str:
    return _STATES[said.state] if said.amount is None else f"{said.amount:f}"


def _score(said: SaidScore) -> str:
    if said.value is None:
        return _STATES[said.state]
    return f"{_QUALIFIERS.get(said.qualifier, '')}{said.value:f}"


def _fact(said: SaidFact) -> str:
    return _STATES[said.state] if said.value is None else shown(said.value)


def _share(change: PriceChange) -> str | None:
    """How much dearer or cheaper, in percent with three digits."""
    if change.before is None or not change.before.amount or change.now.amount is None:
        return None
    share = _TOLD.multiply(_TOLD.divide(change.now.amount, change.before.amount) - 1, Decimal(100))
    return f"{share.normalize():+f} %" if share else None
