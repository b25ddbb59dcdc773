"""How the desk writes series, factors and published points."""

from __future__ import annotations

from decimal import Decimal

from django import template

from registry.catalog.facts import FactValue, shown
from registry.ledger.points import NewPoint
from registry.pricing.quotes import plain
from registry.pricing.rates import RateKey

register = template.Library()

_UNCHANGED = Decimal(1)


@register.filter
def series(key: RateKey) -> str:
    """A series in words: its meter, its terms unless standard, its currency."""
    meter = key.meter.replace("_", " ")
    return " ".join(filter(None, (meter, key.terms.key, key.currency)))


@register.filter
def factor(value: Decimal | None) -> str:
    """How many times dearer (x) or cheaper (÷), in three digits; empty for no step."""
    if value is None or value == _UNCHANGED:
        return ""
    sign, size = ("x", value) if value > 1 else ("÷", 1 / value)
    return f"{sign}{plain(Decimal(f'{size:.3g}')):f}"


@register.filter
def price(point: NewPoint) -> str:
    """What a point says: an amount, or a state in words."""
    return words(point.state.value) if point.amount is None else f"{plain(point.amount):f}"


@register.filter
def fact(value: FactValue) -> str:
    """A fact's value as tables show it."""
    return shown(value)


@register.filter
def words(name: str) -> str:
    """A name of the vocabulary as words."""
    return name.replace("_", " ")


@register.simple_tag(takes_context=True)
def asking(context: template.Context, **changes: object) -> str:
    """This page's address with some of its questions changed; the page number starts anew."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    for name, value in changes.items():
        query.pop(name, None)
        if value not in ("", None):
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def filtering(context: template.Context, name: str, value: str) -> str:
    """This page's address with one filter set, or with an empty value let go."""
    return asking(context, **{name: value})
