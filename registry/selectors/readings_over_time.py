"""Every score that a benchmark has had, in the order of time, under one setup or under any."""

from __future__ import annotations

from registry.ledger.effective import effective
from registry.ledger.models import ScorePoint
from registry.scoring.setups import Setup
from registry.selectors.clocks import AsOf
from registry.selectors.readings import ReadingRow, rows_of


def readings_over_time(benchmark: str, setup: Setup | None, as_of: AsOf) -> tuple[ReadingRow, ...]:
    """The scores that had begun by the moment, those that no longer stand too, oldest first.

    ``setup`` None: under whatever conditions. One statement.
    """
    points = effective(ScorePoint, revision=as_of.pinned_revision).filter(
        series__benchmark__slug=benchmark,
        starts_at__lte=as_of.at,
        state=ScorePoint.State.SCORED,
    )
    if setup is not None:
        points = points.filter(series__setup=setup.key)
    return rows_of(points.order_by("starts_at", "pk"), as_of)
