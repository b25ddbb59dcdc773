"""The sentences of a comparison: as sure as its figures are, and no surer."""

from __future__ import annotations

from decimal import Decimal

import pytest

from registry.pages.verdicts import joined, ratio, solved
from registry.scoring.figures import Qualifier
from registry.scoring.gaps import Gap, Scored, gap
from registry.scoring.scales import PERCENT, Direction
from registry.scoring.setups import Setup
from registry.selectors.benchmarks import BenchmarkRow
from registry.selectors.scores_beside import ScoreRow

ROW = ScoreRow(
    BenchmarkRow(
        1, "swe", "SWE-bench Verified", PERCENT, Direction.HIGHER, "", 500, "", (), (), ()
    ),
    Setup(),
    comparable=True,
    scores=(),
)


def between(first: str, second: str, qualifier: Qualifier = Qualifier.EXACT) -> Gap:
    one, other = Scored(Decimal(first), qualifier), Scored(Decimal(second))
    return gap(one, other, PERCENT, Direction.HIGHER)


@pytest.mark.parametrize(
    ("times", "told"),
    [
        ("0.0178181818182", "1/56 of"),
        ("0.221454545455", "1/4.52 of"),
        ("0.5", "1/2 of"),
        ("1", "the same as"),
        ("2.5", "2.5 times"),
        ("56.1224489796", "56.1 times"),
    ],
)
def test_how_much_of_the_other_it_costs(times: str, told: str) -> None:
    assert ratio(Decimal(times)) == told


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("78", "88", "solves 10 fewer of 100 SWE-bench Verified tasks"),
        ("78", "88.7", "solves about 11 fewer of 100 SWE-bench Verified tasks"),
        ("88.7", "85", "solves 3.7 more of 100 SWE-bench Verified tasks"),
        ("85", "85", "solves as many of 100 SWE-bench Verified tasks"),
    ],
)
def test_how_many_tasks_it_solves(first: str, second: str, told: str) -> None:
    assert solved(between(first, second), ROW) == told


def test_an_approximate_score_makes_an_approximate_gap() -> None:
    found = between("78", "88", Qualifier.APPROXIMATE)
    assert solved(found, ROW) == "solves about 10 fewer of 100 SWE-bench Verified tasks"


def test_names_are_joined_as_people_do() -> None:
    assert [joined(names) for names in (["a"], ["a", "b"], ["a", "b", "c"])] == [
        "a",
        "a and b",
        "a, b and c",
    ]
