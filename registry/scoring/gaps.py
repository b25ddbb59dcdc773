"""How far two scores of one benchmark lie apart, and what can be said of it.

Two scores compare where they were reached under equal known conditions. A condition that one source
states and the other is silent about is not equal: silence may hide anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal

from registry.scoring.figures import Qualifier, stronger
from registry.scoring.intervals import Estimate, Verdict, difference, verdict, wilson
from registry.scoring.scales import Direction, Scale

_TOLD = Context(prec=12)
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Scored:
    """A score as a side of a gap; all figures are on the benchmark's scale.

    ``low``, ``high``: the 95 % interval that its source tells. ``items``: of its own run, else the
    benchmark's official count for its setup; None where neither is known.
    """

    value: Decimal
    qualifier: Qualifier = Qualifier.EXACT
    low: Decimal | None = None
    high: Decimal | None = None
    items: int | None = None

    def estimate(self, scale: Scale) -> Estimate | None:
        """The score with its interval: the source's, else Wilson's from the count of items."""
        if self.low is not None and self.high is not None:
            return Estimate(self.value, self.low, self.high)
        if self.items is None or scale.whole is None:
            return None
        found = wilson(_TOLD.divide(self.value, scale.whole), self.items)
        low, high = found.low * scale.whole, found.high * scale.whole
        return Estimate(self.value, min(low, self.value), max(high, self.value))


@dataclass(frozen=True, slots=True)
class Gap:
    """One score less another's, on the benchmark's scale.

    ``ahead``: whether the first is the better one; None where they are equal. ``low``, ``high``:
    the 95 % interval of the difference by Newcombe, None where the verdict is unknown.
    ``failures_in_100``: how many more of 100 tasks the second fails (negative: the first), for
    shares of a whole. ``tasks_for_one``: among how many tasks that is one task.
    """

    points: Decimal
    qualifier: Qualifier
    verdict: Verdict
    ahead: bool | None
    low: Decimal | None
    high: Decimal | None
    failures_in_100: Decimal | None
    tasks_for_one: Decimal | None


def gap(first: Scored, second: Scored, scale: Scale, direction: Direction) -> Gap:
    """The first score beside the second."""
    points = first.value - second.value
    one, other = first.estimate(scale), second.estimate(scale)
    spread = difference(one, other) if one is not None and other is not None else None
    failures = _failures(points, scale, direction)
    return Gap(
        points=points,
        qualifier=stronger(first.qualifier, second.qualifier),
        verdict=verdict(one, other),
        ahead=None if not points else (points > 0) is (direction is Direction.HIGHER),
        low=None if spread is None else _TOLD.plus(spread.low),
        high=None if spread is None else _TOLD.plus(spread.high),
        failures_in_100=failures,
        tasks_for_one=_TOLD.divide(_HUNDRED, abs(failures)) if failures else None,
    )


def cost_of_one_more(
    extra_cost: Decimal, failures_in_100: Decimal | None, tasks: int | None
) -> Decimal | None:
    """What each task costs that the dearer and better one solves more, to 12 digits.

    ``extra_cost``: how much more it costs for ``tasks`` tasks. None where it is not dearer, not
    better, or one of the two is not known.
    """
    if not failures_in_100 or not tasks or extra_cost <= 0 or failures_in_100 < 0:
        return None
    solved = failures_in_100 * tasks / _HUNDRED
    return _TOLD.divide(extra_cost, solved)


def dominates(
    first: Mapping[str, Decimal],
    second: Mapping[str, Decimal],
    directions: Mapping[str, Direction],
) -> tuple[str, ...]:
    """The measures by which the first is better while it is worse by none that both have.

    Empty where it does not dominate.
    """
    shared = [name for name in first if name in second]
    signs = {
        name: (first[name] - second[name]) * (1 if directions[name] is Direction.HIGHER else -1)
        for name in shared
    }
    if any(sign < 0 for sign in signs.values()):
        return ()
    return tuple(name for name, sign in signs.items() if sign > 0)


def _failures(points: Decimal, scale: Scale, direction: Direction) -> Decimal | None:
    if scale.whole is None:
        return None
    share = _TOLD.divide(points * _HUNDRED, scale.whole)
    return share if direction is Direction.HIGHER else -share
