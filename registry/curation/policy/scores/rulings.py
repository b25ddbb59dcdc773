"""What persons have decided of one series of scores, as the policy hears it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from registry.curation.policy.reasons import Finding
from registry.curation.policy.rulings import Told, told


@dataclass(frozen=True, slots=True)
class RefusedScore:
    """A value that a person has found wrong: in one source's mouth, or (None) in anybody's."""

    source: str | None
    value: Decimal


@dataclass(frozen=True, slots=True)
class ScoreRulings:
    """The decisions in force: ``accepted`` findings, ``refused`` values, ``pinned`` or not."""

    accepted: frozenset[Told] = frozenset()
    refused: tuple[RefusedScore, ...] = ()
    pinned: bool = False

    def accepts(self, finding: Finding) -> bool:
        """Whether a person has looked at what was found and taken the score."""
        return told(finding) in self.accepted

    def refuses(self, source: str, value: Decimal | None) -> bool:
        """Whether a person has said that this is not the score."""
        return any(one.source in (None, source) and one.value == value for one in self.refused)


NO_RULINGS = ScoreRulings()
