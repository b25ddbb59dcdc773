"""Who wins for which need, out of a comparison: only where at least two can be compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from registry.scoring.gaps import Gap, gap
from registry.scoring.scales import Direction
from registry.selectors.comparison import Comparison
from registry.selectors.scores_beside import ScoreRow, scored


class Need(StrEnum):
    """What somebody may want most."""

    LOAD = "load"  # the least for the workload
    SCORE = "score"  # the best on a benchmark
    CONTEXT = "context"  # the longest context
    OPEN = "open"  # weights that anybody may have
    INPUTS = "inputs"  # the most kinds of input


@dataclass(frozen=True, slots=True)
class Win:
    """Who wins; several where they are equal.

    ``value``: what they win with: dollars, the score, tokens, how many kinds of input. ``row``: the
    benchmark and setup of a score, ``lead`` its gap to the next best, None where they are equal.
    """

    need: Need
    models: tuple[str, ...]
    value: Decimal | None = None
    row: ScoreRow | None = None
    lead: Gap | None = None


def winners(comparison: Comparison) -> tuple[Win, ...]:
    """Every need that somebody wins, by `Need`; what all win alike is no win."""
    return tuple(_wins(comparison))


def _wins(comparison: Comparison) -> Iterator[Win]:
    months = {month.model: month.total for month in comparison.months}
    yield from _extreme(Need.LOAD, months, Direction.LOWER)
    for row in comparison.scores:
        if row.comparable:
            yield from _best(row)
    models = [one.model for one in comparison.models]
    contexts = {one.ref: Decimal(one.context_tokens) for one in models if one.context_tokens}
    yield from _extreme(Need.CONTEXT, contexts, Direction.HIGHER)
    opened = tuple(one.ref for one in models if one.open_weights)
    if opened and any(one.open_weights is False for one in models):
        yield Win(Need.OPEN, opened)
    kinds = {one.ref: Decimal(len(one.input_modalities)) for one in models if one.input_modalities}
    yield from _extreme(Need.INPUTS, kinds, Direction.HIGHER)


def _extreme(need: Need, values: Mapping[str, Decimal], direction: Direction) -> Iterator[Win]:
    if len(set(values.values())) < 2:
        return
    best = (max if direction is Direction.HIGHER else min)(values.values())
    yield Win(need, tuple(ref for ref, value in values.items() if value == best), best)


def _best(row: ScoreRow) -> Iterator[Win]:
    higher = row.benchmark.direction is Direction.HIGHER
    ordered = sorted((one.reading for one in row.scores), key=lambda one: one.value, reverse=higher)
    first = ordered[0]
    equal = tuple(one.model for one in ordered if one.value == first.value)
    following = next((one for one in ordered if one.value != first.value), None)
    if following is None:
        return
    benchmark = row.benchmark
    lead = gap(
        scored(first, benchmark),
        scored(following, benchmark),
        benchmark.scale,
        benchmark.direction,
    )
    yield Win(Need.SCORE, equal, first.value, row, lead if len(equal) == 1 else None)
