"""Which changes an endpoint wants, as its owner wrote it and as the feed's filter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from registry.selectors.changes import ChangeFilter

PARAMETERS = ("provider", "provider_model_id", "model", "lab", "meter", "cause", "currency")


def filter_of(wanted: Mapping[str, Any]) -> ChangeFilter:
    """The feed's filter; ``model`` is written ``lab/slug``, as everywhere."""
    named = {name: wanted[name] for name in PARAMETERS if wanted.get(name)}
    if "model" in named:
        lab, _, slug = str(named["model"]).partition("/")
        named["model"] = (lab, slug)
    return ChangeFilter(**named, everyday=bool(wanted.get("everyday", False)))
