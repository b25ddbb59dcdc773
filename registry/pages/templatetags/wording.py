"""Words in templates: what meters, terms, states and statuses are called."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from registry.pages import wording
from registry.pages.unknown import UNKNOWN

register = template.Library()
register.filter("meter", wording.meter)
register.filter("unit", wording.unit)
register.filter("terms", wording.terms)
register.filter("setup", wording.setup)
register.filter("qualified", wording.qualified)


@register.filter
def cause(name: str) -> str:
    """Why a price came to be: ``repriced``."""
    return wording.CAUSES[name]


@register.filter
def state_told(name: str) -> str:
    """What a price is that is no amount: ``on request``."""
    return wording.STATES[name]


@register.filter
def status_told(name: str) -> str:
    """What a status means."""
    return wording.STATUSES[name]


@register.filter
def basis(name: str) -> str:
    """How a start is known: ``stated by the source``."""
    return wording.BASES[name]


@register.filter
def kind(name: str) -> str:
    """What sort of provider it is."""
    return wording.KINDS[name]


@register.filter
def spaced(name: str) -> str:
    """``context_tokens`` as words."""
    return name.replace("_", " ")


@register.filter
def fact(value: Any) -> Any:
    """A fact's value: a count with its thousands told apart, words by commas, yes or no."""
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else known(value)


@register.filter
def evaluator(name: str) -> str:
    """Who measured."""
    return wording.EVALUATORS[name]


@register.filter
def known(value: Any) -> Any:
    """The value, or the word for not knowing it; yes and no for a truth."""
    if value is None or value == "" or value == []:
        return UNKNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value


@register.filter
def weights(is_open: bool | None) -> str:
    """Whether a model's weights are to be had."""
    return UNKNOWN if is_open is None else "open" if is_open else "closed"


@register.simple_tag
@cache
def status(name: str) -> SafeString:
    """A rate's status with its mark and its word."""
    return format_html(
        '<span class="status {0}" title="{1}">{0}</span>', name, wording.STATUSES[name]
    )


@register.simple_tag
@cache
def mark(name: str) -> SafeString:
    """A rate's status as a mark alone, its word left to whoever cannot see it."""
    return format_html(
        '<span class="status {0} mark" title="{0}: {1}"><span class="aside">{0}</span></span>',
        name,
        wording.STATUSES[name],
    )
