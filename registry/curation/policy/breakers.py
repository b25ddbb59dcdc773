"""Whether a whole run may be believed: rows lost, too many changes, one factor over all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import groupby, pairwise

from registry.curation.policy.reasons import Finding, Reason
from registry.curation.policy.thresholds import (
    DRIFT_A_MONTH,
    FEWEST_FOR_ONE_FACTOR,
    FEWEST_ROWS_FOR_SHARES,
    FEWEST_SLIPPED,
    LARGEST_DRIFT,
    LARGEST_SHARE_CHANGED,
    SMALLEST_SHARE_OF_ROWS,
)
from registry.pricing.rates import RateKey

Amounts = Mapping[RateKey, Decimal]

_FACTOR_PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class RunShape:
    """A run beside the last good one of the same source.

    ``rows_before``, ``rows_now``: entries then and now, ``rows_kept``: entries in both.
    ``rows_changed``: kept entries with another price. ``factors``: new over old of every changed
    amount. ``elapsed``: time between the two runs beyond the source's own interval. ``slipped``:
    the most rows in a row of which each bears the former prices of its neighbour.
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


def slipped(rows: Sequence[tuple[Amounts, Amounts]]) -> int:
    """The most changed rows in a row that bear the former prices of the one before or after.

    ``rows``: what each changed row said before and says now, in the order of the body. Of a table
    that slipped, the rows that are like their neighbours do not change, which breaks no chain.
    """
    return max(
        _longest(_moved_to(one, other) for one, other in pairwise(rows)),
        _longest(_moved_to(one, other) for one, other in pairwise(reversed(rows))),
    )


def _moved_to(one: tuple[Amounts, Amounts], other: tuple[Amounts, Amounts]) -> bool:
    """Whether the second row now has the prices that the first one had."""
    before, after = one[0], other[1]
    shared = before.keys() & after.keys()
    return (
        len(shared) > 1
        and all(before[key] == after[key] for key in shared)
        and any(other[0].get(key) != after[key] for key in shared)
    )


def _longest(links: Iterable[bool]) -> int:
    return max((sum(run) for linked, run in groupby(links) if linked), default=0)


def _rows_slipped(shape: RunShape) -> Finding | None:
    if shape.slipped < FEWEST_SLIPPED:
        return None
    return Finding(
        Reason.ROWS_SLIPPED,
        "rows",
        f"{shape.slipped} in a row have the former prices of their neighbours",
        "rows that keep their own prices",
    )
