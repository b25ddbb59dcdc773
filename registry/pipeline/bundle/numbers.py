"""How the files of the bundled catalogue write runs and moments."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from functools import lru_cache

_MOMENTS_KEPT = 4_096


@dataclass(slots=True)
class RunNumbers:
    """The runs that receipts lead to, numbered in the order in which they are met."""

    numbers: dict[int, int] = field(default_factory=dict)

    def number(self, run_id: int) -> int:
        return self.numbers.setdefault(run_id, len(self.numbers))


def moment_text(moment: datetime) -> str:
    """A moment as short as it is exact: a date where it is midnight UTC."""
    utc = moment.astimezone(UTC)
    return utc.date().isoformat() if utc.time() == time() else utc.isoformat()


@lru_cache(maxsize=_MOMENTS_KEPT)
def moment_of(text: str) -> datetime:
    """The moment that `moment_text` wrote."""
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
