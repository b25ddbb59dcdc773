"""Under which conditions a score was reached: what makes a series of its own.

One model reaches 65.4, 75.1 and 81.8 on one benchmark, each rightly, with three harnesses. A setup
has one canonical text, ``effort=high;harness=codex``, sorted by name; the empty one says nothing.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, fields

_NAME = re.compile(r"[a-z0-9][a-z0-9._/+@-]{0,79}")
_ATTEMPTS = re.compile(r"[1-9][0-9]{0,3}\+?", re.ASCII)
_NOT_IN_NAMES = re.compile(r"[^a-z0-9._/+@]+")
_EXPECTED_NAME = "1-80 of a-z, 0-9 and . _ / + @ -, lower case"


class SetupError(ValueError):
    """A condition that is unknown or has a value of the wrong form."""

    def __init__(self, field: str, value: object, expected: str) -> None:
        super().__init__(f"{field}: {value!r} is no valid setup; expected {expected}")
        self.field = field
        self.value = value
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Setup:
    """One set of conditions; None is silence of the source, not a default.

    ``attempts``: tries of which one must pass (``2``; ``2+`` for two or more); runs that are merely
    averaged are one attempt. ``effort``: how much the model was let think. ``harness``: the program
    around the model. ``subset``: the part of the benchmark's items. ``version``: the benchmark's.
    """

    attempts: str | None = None
    effort: str | None = None
    harness: str | None = None
    subset: str | None = None
    version: str | None = None

    def __post_init__(self) -> None:
        if self.attempts is not None and not _ATTEMPTS.fullmatch(self.attempts):
            raise SetupError("attempts", self.attempts, "a count such as 1, 5 or 2+")
        for name in ("effort", "harness", "subset", "version"):
            value = getattr(self, name)
            if value is not None and not _NAME.fullmatch(value):
                raise SetupError(name, value, _EXPECTED_NAME)

    @property
    def key(self) -> str:
        """The canonical text; the empty string where nothing is said."""
        return ";".join(f"{name}={value}" for name, value in self.as_dict().items())

    def as_dict(self) -> dict[str, str]:
        """Only the conditions that are set, sorted by name."""
        values = {spec.name: getattr(self, spec.name) for spec in fields(self)}
        return {name: value for name, value in sorted(values.items()) if value is not None}

    @classmethod
    def parse(cls, key: str) -> Setup:
        """Reads a canonical text back, in any order of its parts; else raises `SetupError`."""
        known = [spec.name for spec in fields(cls)]
        values: dict[str, str] = {}
        for part in filter(None, key.split(";")):
            name, equals, value = part.partition("=")
            if not equals or name not in known:
                raise SetupError("setup", part, f"name=value with a name of {', '.join(known)}")
            if name in values:
                raise SetupError(name, value, "each condition once")
            values[name] = value
        return cls(**values)


UNSAID = Setup()


def setup_name(written: str) -> str | None:
    """``Claude Code`` -> ``claude-code``: a source's word in the form that setups are keyed by.

    None where no letter or digit is left.
    """
    plain = unicodedata.normalize("NFKD", written).encode("ascii", "ignore").decode()
    return _NOT_IN_NAMES.sub("-", plain.casefold()).strip("-._/+@")[:80].rstrip("-") or None
