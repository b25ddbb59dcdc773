"""The ways through the site, in the order in which they are offered."""

from __future__ import annotations

from typing import NamedTuple


class Way(NamedTuple):
    """A section of the site: its name in views, its label, and the name of its address."""

    section: str
    label: str
    address: str


WAYS: tuple[Way, ...] = (
    Way("models", "Models", "pages:table"),
    Way("compare", "Compare", "pages:compare-choose"),
    Way("frontier", "Frontier", "pages:frontier"),
    Way("calculator", "Calculator", "pages:calculator"),
    Way("changes", "Changes", "pages:changes"),
    Way("benchmarks", "Benchmarks", "pages:benchmarks"),
    Way("providers", "Providers", "pages:providers"),
    Way("labs", "Labs", "pages:labs"),
    Way("sources", "Sources", "pages:sources"),
    Way("method", "Method", "pages:method"),
)
