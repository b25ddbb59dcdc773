"""Figures in templates: money that lines up, sizes, shares, moments."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Protocol

from django import template
from django.template.context import RequestContext
from django.utils.html import format_html
from django.utils.safestring import SafeString

from registry.pages import figures, wording
from registry.pages.templatetags.addresses import to
from registry.pages.templatetags.wording import mark
from registry.pages.unknown import UNKNOWN

register = template.Library()
register.filter("short", figures.short)
register.filter("share", figures.share)
register.filter("percent", figures.percent)
register.filter("rounded", figures.rounded)
register.filter("blend", figures.blend)
register.filter("cents", figures.cents)


class Said(Protocol):
    """A price with its receipt and its status, as selectors give it."""

    @property
    def point_id(self) -> int: ...
    @property
    def state(self) -> str: ...
    @property
    def amount(self) -> Decimal | None: ...
    @property
    def status(self) -> str: ...


@register.simple_tag(takes_context=True)
def figure(context: RequestContext, said: Said | None, style: str = "") -> SafeString:
    """The cell of a price in dollars, which leads to its receipt; unknown in a word.

    A tag and no part of a template, since a page may have hundreds of them.
    """
    if not said:
        return format_html('<td class="figure {}">{}<span class="pad"></span></td>', style, UNKNOWN)
    return format_html(
        '<td class="figure {}"><a href="{}">{}</a>{}</td>',
        style,
        to(context, "pages:receipt", said.point_id),
        price(said.state, said.amount),
        mark(said.status),
    )


@register.simple_tag
def money(amount: Decimal | None, currency: str = "USD") -> SafeString:
    """An exact amount, its point lined up with those above and below; unknown in a word."""
    return UNKNOWN if amount is None else _lined_up(amount, currency)


@lru_cache(maxsize=4096)
def _lined_up(amount: Decimal, currency: str) -> SafeString:
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
def tokens(count: int | None) -> SafeString:
    """``1M tokens``."""
    return UNKNOWN if count is None else format_html("{} tokens", size(count))


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
