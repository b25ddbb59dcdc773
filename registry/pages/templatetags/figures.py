"""Figures in templates: money that lines up, sizes, shares, moments."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from registry.pages import figures, wording
from registry.pages.unknown import UNKNOWN

register = template.Library()
register.filter("short", figures.short)
register.filter("share", figures.share)
register.filter("percent", figures.percent)
register.filter("rounded", figures.rounded)
register.filter("blend", figures.blend)
register.filter("cents", figures.cents)


@register.simple_tag
def money(amount: Decimal | None, currency: str = "USD") -> SafeString:
    """An exact amount, its point lined up with those above and below; unknown in a word."""
    if amount is None:
        return UNKNOWN
    parts = figures.money(amount, currency)
    return format_html('<span class="money">{}<span class="fraction">{}{}</span></span>', *parts)


@register.simple_tag
def price(state: str, amount: Decimal | None, currency: str = "USD") -> SafeString:
    """A price: the amount, or what its state is called."""
    if amount is not None:
        return money(amount, currency)
    return format_html('<span class="state">{}</span>', wording.STATES[state])


@register.filter
def moneytext(amount: Decimal, currency: str = "USD") -> str:
    """An exact amount in running text."""
    return figures.money(amount, currency).text


@register.filter
def size(count: int | None) -> SafeString | str:
    """A count of tokens or parameters, short; the whole number on asking."""
    if count is None:
        return UNKNOWN
    return format_html('<span title="{}">{}</span>', f"{count:,}", figures.short(count))


@register.filter
def day(when: date | datetime | None) -> SafeString:
    """``24 Apr 2026``, as a machine reads it too; unknown in a word."""
    if when is None:
        return UNKNOWN
    return format_html('<time datetime="{}">{}</time>', when.isoformat(), figures.day(when))


@register.filter
def moment(when: datetime | None) -> SafeString:
    """``24 Apr 2026, 06:00 UTC``."""
    if when is None:
        return UNKNOWN
    told = f"{figures.day(when)}, {when:%H:%M} UTC"
    return format_html('<time datetime="{}">{}</time>', when.isoformat(), told)
