"""Whether a whole run may be believed: rows lost, too many changes, one factor over all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

from registry.curation.policy.reasons import Finding, Reason
from registry.curation.policy.thresholds import (
    DRIFT_A_MONTH,
    FEWEST_FOR_ONE_FACTOR,
    FEWEST_ROWS_FOR_SHARES,
    FEWEST_SLIPPED,
    FEWEST_SLIPPED_ALONE,
    LARGEST_DRIFT,
    LARGEST_SHARE_CHANGED,
    SMALLEST_SHARE_OF_ROWS,
)
from registry.pricing.rates import RateKey

Amounts = Mapping[RateKey, Decimal]

_FACTOR_PLACES = Decimal("0.0001")


class ChangedRow(NamedTuple):
    """What a row said and says now, and what the rows above and below it in the body said before.

    Those that no earlier body had are passed over.
    """

    before: Amounts
    after: Amounts
    above: Amounts
    below: Amounts


@dataclass(frozen=True, slots=True)
class RunShape:
    """A run beside the last good one of the same source.

    ``rows_before``, ``rows_now``: entries then and now, ``rows_kept``: entries in both.
    ``rows_changed``: kept entries with another price. ``factors``: new over old of every changed
    amount. ``elapsed``: time between the two runs beyond the source's own interval. ``slipped``:
    the most changed rows in a row of which each bears the former prices of its neighbour.
    """

    rows_before: int
    rows_now: int
    rows_kept: int
    rows_changed: int
    factors: Sequence[Decimal]
    elapsed: timedelta
    slipped: int = 0


def judge_run(shape: RunShape) -> tuple[Finding, ...]:
    """The findings that hold a whole run; none where it may be taken.

    Runs that are far apart are allowed more: models retire and prices move in the meantime.
    """
    if shape.rows_before == 0:
        return ()
    drift = min(DRIFT_A_MONTH * max(shape.elapsed // timedelta(days=1), 0) / 30, LARGEST_DRIFT)
    return tuple(
        finding
        for finding in (
            _rows_lost(shape, drift),
            _many_changes(shape, drift),
            _one_factor(shape),
            _rows_slipped(shape),
        )
        if finding is not None
    )


def _rows_lost(shape: RunShape, drift: Decimal) -> Finding | None:
    floor = (SMALLEST_SHARE_OF_ROWS - drift) * shape.rows_before
    if shape.rows_now >= floor:
        return None
    return Finding(
        Reason.ROWS_LOST,
        "rows",
        str(shape.rows_now),
        f"at least {floor:.0f} of the {shape.rows_before} rows of the last good run",
    )


def _many_changes(shape: RunShape, drift: Decimal) -> Finding | None:
    if shape.rows_kept < FEWEST_ROWS_FOR_SHARES:
        return None
    ceiling = (LARGEST_SHARE_CHANGED + drift) * shape.rows_kept
    if shape.rows_changed <= ceiling:
        return None
    return Finding(
        Reason.MANY_CHANGES,
        "prices",
        f"{shape.rows_changed} of {shape.rows_kept} rows changed",
        f"at most {ceiling:.0f} at once",
    )


def _one_factor(shape: RunShape) -> Finding | None:
    """Every changed amount by one factor, over more than a provider's usual repricing."""
    if shape.rows_changed < max(FEWEST_FOR_ONE_FACTOR, shape.rows_kept // 10):
        return None
    factors = Counter(factor.quantize(_FACTOR_PLACES) for factor in shape.factors)
    if len(factors) != 1:
        return None
    factor = next(iter(factors))
    return Finding(
        Reason.ONE_FACTOR,
        "prices",
        f"all {len(shape.factors)} changes are x{factor:f}",
        "changes that differ, unless the source changed its unit or currency",
    )


def slipped(rows: Sequence[ChangedRow]) -> int:
    """The most changed rows in a row that bear the former prices of the one above, or below.

    The first has those of its neighbour in the body, each other those of the one before it. Of a
    table that slipped, the rows that are like their neighbours do not change, which breaks no
    chain. Rows of a single price count where there are more of them.
    """
    return max(
        _chain([(row, row.above) for row in rows]),
        _chain([(row, row.below) for row in reversed(rows)]),
    )


def _chain(rows: Sequence[tuple[ChangedRow, Amounts]]) -> int:
    """The longest chain of rows, each beside what its neighbour in the body said before."""
    longest = length = fewest = 0
    last: Amounts = {}
    for row, neighbour in rows:
        follows = _bears(row, last) if length else 0
        begins = _bears(row, neighbour)
        length, fewest = (length + 1, min(fewest, follows)) if follows else (min(begins, 1), begins)
        if fewest > 1 or length >= FEWEST_SLIPPED_ALONE:
            longest = max(longest, length)
        last = row.before
    return longest


def _bears(row: ChangedRow, neighbour: Amounts) -> int:
    """How many prices a row shares with what its neighbour had, where all are alike and one moved.

    Zero where they are not.
    """
    shared = row.after.keys() & neighbour.keys()
    alike = all(row.after[key] == neighbour[key] for key in shared)
    moved = any(row.before.get(key) != row.after[key] for key in shared)
    return len(shared) if alike and moved else 0


def _rows_slipped(shape: RunShape) -> Finding | None:
    if shape.slipped < FEWEST_SLIPPED:
        return None
    return Finding(
        Reason.ROWS_SLIPPED,
        "rows",
        f"{shape.slipped} in a row have the former prices of their neighbours",
        "rows that keep their own prices",
    )
