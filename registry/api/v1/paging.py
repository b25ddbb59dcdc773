"""The address of a list's next page: what was asked, and where to go on."""

from __future__ import annotations

from rest_framework.request import Request

from registry.api.cursors import cursor_text
from registry.selectors.ordering import Key


def next_address(request: Request, key: Key | None) -> str | None:
    """The same question after a key; None where that was the last page."""
    if key is None:
        return None
    asked = request.GET.copy()
    asked["cursor"] = cursor_text(key)
    return f"{request.path}?{asked.urlencode()}"
