"""The dots of a drawing in templates."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from registry.pages.charts.dots import Dot

register = template.Library()


@register.simple_tag
def drawn(dot: Dot) -> SafeString:
    """A dot that leads to what it stands for, with its name where there is room.

    A tag and no part of a template, since a drawing may have hundreds of them.
    """
    spot, label = dot.spot, dot.label
    name: SafeString | str = ""
    if label is not None:
        name = format_html(
            '<text x="{}" y="{}" dy="0.32em" text-anchor="{}">{}</text>',
            label.x,
            label.y,
            label.anchor,
            spot.name,
        )
    return format_html(
        '<a href="{0}" aria-label="{1}" class="spot{2}"><title>{1}</title>'
        '<circle cx="{3}" cy="{4}" r="{5}" />{6}</a>',
        spot.address,
        spot.told,
        " unbeaten" if spot.unbeaten else "",
        dot.x,
        dot.y,
        "5" if spot.unbeaten else "3.5",
        name,
    )
