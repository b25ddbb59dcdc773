"""Under which conditions a rate holds.

Every term is optional; the empty terms mean "standard tier, any request". Terms have one canonical
text, ``context_over=272000;tier=batch``, sorted by name: equal terms give equal text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from registry.pricing.hours import Hours, HoursError

TIERS = frozenset({"batch", "flex", "priority", "fast", "ultrafast", "balanced", "decisions"})

_NAME = re.compile(r"[a-z0-9][a-z0-9._/+-]{0,63}")
_TOKENS = re.compile(r"[1-9][0-9]{0,14}", re.ASCII)
_TOO_MANY_TOKENS = 10**15


class TermsError(ValueError):
    """A term that is unknown or has a value of the wrong form."""

    def __init__(self, field: str, value: object, expected: str) -> None:
        super().__init__(f"{field}: {value!r} is not a valid term; expected {expected}")
        self.field = field
        self.value = value
        self.expected = expected


@dataclass(frozen=True, slots=True, order=False)
class Terms:
    """One set of conditions.

    ``tier``: service tier, one of `TIERS` (standard is no tier). ``context_over``: the rate applies
    to the whole request when its inclusive input tokens exceed this number (strictly; a source that
    says ``>= N`` is stored as N - 1). ``region``: where it is processed. ``hours``: the weekly UTC
    windows. ``variant``: size, quality, resolution or interval of what is sold.
    """

    context_over: int | None = None
    hours: Hours | None = None
    region: str | None = None
    tier: str | None = None
    variant: str | None = None

    def __post_init__(self) -> None:
        if self.context_over is not None and not 1 <= self.context_over < _TOO_MANY_TOKENS:
            raise TermsError("context_over", self.context_over, "1 to 15 digits of tokens")
        if self.hours is not None and not self.hours.ranges:
            raise TermsError("hours", "", "at least one window")
        if self.tier is not None and self.tier not in TIERS:
            raise TermsError("tier", self.tier, f"one of {', '.join(sorted(TIERS))}")
        for name in ("region", "variant"):
            value = getattr(self, name)
            if value is not None and not _NAME.fullmatch(value):
                raise TermsError(name, value, "1-64 of a-z, 0-9 and . _ / + -, lower case")

    @property
    def key(self) -> str:
        """The canonical text; the empty string for standard terms."""
        return ";".join(f"{name}={value}" for name, value in self.as_dict().items())

    def as_dict(self) -> dict[str, str | int]:
        """Only the terms that are set, sorted by name; hours as text, context_over as a number."""
        values: dict[str, str | int] = {}
        for name in self.__slots__:
            value = getattr(self, name)
            if value is not None:
                values[name] = value.text if isinstance(value, Hours) else value
        return values

    @classmethod
    def parse(cls, key: str) -> Terms:
        """Reads a canonical text back, in any order of its terms; else raises `TermsError`."""
        values: dict[str, str] = {}
        for part in filter(None, key.split(";")):
            name, equals, value = part.partition("=")
            if not equals or name not in cls.__slots__:
                raise TermsError(
                    "terms", part, f"name=value with a name of {', '.join(cls.__slots__)}"
                )
            if name in values:
                raise TermsError(name, value, "each term once")
            values[name] = value
        return cls.of(**values)

    @classmethod
    def of(cls, **values: str) -> Terms:
        """Builds terms from texts, as a query string or a canonical key holds them."""
        for name in values.keys() - set(cls.__slots__):
            raise TermsError(name, values[name], f"one of the terms {', '.join(cls.__slots__)}")
        over, hours = values.pop("context_over", None), values.pop("hours", None)
        if over is not None and not _TOKENS.fullmatch(over):
            raise TermsError("context_over", over, "a positive number of tokens")
        try:
            windows = Hours.parse(hours) if hours is not None else None
        except HoursError as error:
            raise TermsError("hours", hours, error.expected) from error
        return cls(context_over=int(over) if over is not None else None, hours=windows, **values)

    @property
    def specificity(self) -> int:
        """How many terms are set: of two rates that match, the one that says more wins."""
        return len(self.as_dict())


STANDARD = Terms()
