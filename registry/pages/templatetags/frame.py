"""What the frame of every page is made of."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from registry.pages.navigation import WAYS, Way
from registry.pages.styles import TEXT

register = template.Library()


@register.simple_tag
def styles() -> SafeString:
    """All styles, as the content policy knows them."""
    return _STYLES


@register.simple_tag
def ways() -> tuple[Way, ...]:
    """The sections of the site."""
    return WAYS


_STYLES = SafeString(f"<style>{TEXT}</style>")
