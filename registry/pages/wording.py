"""The registry's terms in plain words, for people who read prices and not code."""

from __future__ import annotations

from registry.pages.figures import short
from registry.pricing.meters import METERS, Unit
from registry.pricing.terms import Terms
from registry.scoring.setups import Setup

STATES = {
    "free": "free",
    "included": "in a plan",
    "dynamic": "set by a router",
    "on_request": "on request",
    "withdrawn": "no longer sold",
    "retracted": "taken back",
}
STATUSES = {
    "confirmed": "two or more independent sources agree",
    "single": "one source says so",
    "disputed": "other sources differ by more than 0.5 %",
    "stale": "its source has not been heard in time",
}
CAUSES = {
    "first_seen": "first seen",
    "repriced": "repriced",
    "scheduled": "announced",
    "corrected": "corrected",
    "withdrawn": "withdrawn",
    "restored": "back on sale",
    "cancelled": "announcement cancelled",
    "rescored": "measured anew",
    "changed": "told otherwise",
}
BASES = {"stated": "stated by the source", "observed": "first observed"}
KINDS = {
    "first_party": "first party",
    "cloud": "cloud platform",
    "host": "inference host",
    "reseller": "reseller or router",
    "plan": "subscription plan",
}
EVALUATORS = {
    "first_party": "the lab itself",
    "independent": "an independent party",
    "aggregator": "an aggregator",
}
_QUALIFIERS = {
    "exact": "{}",
    "approximate": "about {}",
    "at_least": "at least {}",
    "at_most": "at most {}",
    "claimed": "{} (claimed)",
    "forecast": "{} (forecast)",
}
_METERS = {
    "input_tokens": "input",
    "output_tokens": "output",
    "cache_read_tokens": "cache hit",
    "cache_write_tokens": "cache write",
    "cache_write_5m_tokens": "cache write, 5 min",
    "cache_write_1h_tokens": "cache write, 1 h",
    "cache_write_12h_tokens": "cache write, 12 h",
    "reasoning_tokens": "reasoning",
}
_UNITS = {
    Unit.TOKEN: "1M tokens",
    Unit.CHARACTER: "1M characters",
    Unit.PIXEL: "1M pixels",
    Unit.ITEM: "one",
    Unit.SECOND: "second",
    Unit.CALL: "1,000",
    Unit.GB_DAY: "GB and day",
}


def meter(name: str) -> str:
    """``cache hit``, ``output images``."""
    return _METERS.get(name) or name.removesuffix("_tokens").replace("_", " ")


def unit(name: str) -> str:
    """What a rate of the meter buys: ``per 1M tokens``."""
    return f"per {_UNITS[METERS[name].unit]}"


def qualified(qualifier: str, figure: object) -> str:
    """A figure as certain as it was told: ``about 85``, ``81.2 (claimed)``."""
    return _QUALIFIERS[qualifier].format(figure)


def setup(of: Setup) -> str:
    """``effort high, harness codex``; a source's silence is said."""
    return ", ".join(f"{name} {value}" for name, value in of.as_dict().items()) or "not told"


def terms(of: Terms) -> str:
    """``batch, over 200K input tokens``; standard terms are ``standard``."""
    words = [
        of.tier,
        f"over {short(of.context_over)} input tokens" if of.context_over else None,
        f"in {of.region}" if of.region else None,
        of.variant,
        f"{of.hours.text} UTC" if of.hours else None,
    ]
    return ", ".join(filter(None, words)) or "standard"
