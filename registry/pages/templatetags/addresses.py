"""Links in templates, which keep the date that the reader looks at."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django import template
from django.template.context import RequestContext
from django.urls import reverse

register = template.Library()


@register.simple_tag(takes_context=True)
def to(context: RequestContext, name: str, *args: Any, **query: Any) -> str:
    """The address of a page of that name, with the date carried along and a query."""
    asked = {**_carried(context), **{k: v for k, v in query.items() if v not in (None, "")}}
    path = _path(name, *args)
    return f"{path}?{urlencode(asked)}" if asked else path


@register.simple_tag(takes_context=True)
def here(context: RequestContext, **changed: Any) -> str:
    """This address with some parameters changed; an empty one is left out."""
    query = context["request"].GET.copy()
    for name, value in changed.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = str(value)
    text = query.urlencode()
    path: str = context["request"].path
    return f"{path}?{text}" if text else path


@register.simple_tag(takes_context=True)
def kept(context: RequestContext, *left_out: str) -> list[tuple[str, str]]:
    """The parameters of this address that a form has to keep, as names and values."""
    query = context["request"].GET
    return [
        (name, value)
        for name, values in query.lists()
        if name not in left_out
        for value in values
        if value
    ]


@lru_cache(maxsize=8192)
def _path(name: str, *args: Any) -> str:
    """A table names the same addresses on every page that it fills; each is made once."""
    return reverse(name, args=args)


def _carried(context: RequestContext) -> dict[str, str]:
    clock = context.get("clock")
    return clock.carried if clock else {}
