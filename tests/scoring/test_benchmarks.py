"""Which benchmark a name means, and how many items it has under a setup: row 48."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from registry.scoring.benchmarks import Benchmark, Benchmarks, Part, owned_twice, spelling
from registry.scoring.scales import PERCENT
from registry.scoring.setups import UNSAID, Setup

PRO = Benchmark(
    "swe-bench-pro",
    "SWE-bench Pro",
    PERCENT,
    items=731,
    subsets=(Part("public", 731, "https://example.org"), Part("hard-aa")),
)
VERIFIED = Benchmark(
    "swe-bench-verified",
    "SWE-bench Verified",
    PERCENT,
    items=500,
    known_as={"swe-bench": ("Verified", "bash-only")},
)
TERMINAL = Benchmark(
    "terminal-bench",
    "Terminal-Bench",
    PERCENT,
    versions=(
        Part("2.0", 89, "https://example.org", ("Terminal-Bench 2.0",)),
        Part("2.1", aliases=("Terminal-Bench 2.1",)),
    ),
)
ALL = Benchmarks([PRO, VERIFIED, TERMINAL])


@given(st.sampled_from(["SWE-Bench Pro", "SWE Bench Pro", "swe_bench_pro", "ＳＷＥ–bench  Pro"]))
def test_one_benchmark_by_any_spelling(name: str) -> None:
    found = ALL.find(name)
    assert found is not None
    assert found.benchmark is PRO


def test_a_version_in_the_name_is_part_of_the_setup() -> None:
    named = ALL.find("Terminal Bench 2.0")
    assert named is not None
    assert named.setup(Setup(harness="codex")) == Setup(harness="codex", version="2.0")
    assert named.setup(Setup(version="2.0")) == Setup(version="2.0")
    assert named.setup(Setup(version="2.1")) is None


def test_a_name_of_one_source_means_nothing_elsewhere() -> None:
    assert ALL.find("Verified") is None
    assert ALL.find("Verified", "epoch") is None
    named = ALL.find("Verified", "swe-bench")
    assert named is not None
    assert named.benchmark is VERIFIED


@given(st.text(max_size=30))
def test_an_unknown_name_is_never_guessed(name: str) -> None:
    declared = {spelling(n) for b in ALL.by_slug.values() for n in (b.slug, b.name)}
    declared |= {spelling(n) for part in TERMINAL.versions for n in part.aliases}
    assert (ALL.find(name) is not None) is (spelling(name) in declared)


def test_near_names_stay_apart() -> None:
    assert ALL.find("SWE-bench") is None
    assert ALL.find("SWE-bench Pro+") is None
    assert ALL.find("Terminal-Bench 2.2") is None


def test_two_owners_of_one_name_are_found() -> None:
    other = Benchmark("other", "Other", PERCENT, aliases=("swe bench PRO",))
    (mistake,) = owned_twice([PRO, other])
    assert str(mistake) == "[other]: 'swe bench PRO' belongs to [swe-bench-pro]"
    local = Benchmark("local", "Local", PERCENT, known_as={"swe-bench": ("verified",)})
    (mistake,) = owned_twice([VERIFIED, local])
    assert "at swe-bench belongs to [swe-bench-verified]" in str(mistake)


def test_a_version_may_not_take_the_name_of_the_whole() -> None:
    confused = Benchmark("b", "B", PERCENT, versions=(Part("1", aliases=("b",)),))
    assert len(list(owned_twice([confused]))) == 1


def test_the_number_of_items_is_that_of_the_version_or_subset() -> None:
    assert VERIFIED.items_for(UNSAID) == 500
    assert VERIFIED.items_for(Setup(version="1.0")) == 500
    assert TERMINAL.items_for(Setup(version="2.0")) == 89
    assert TERMINAL.items_for(Setup(version="2.1")) is None
    assert TERMINAL.items_for(Setup(version="9")) is None
    assert PRO.items_for(Setup(subset="public")) == 731
    assert PRO.items_for(Setup(subset="hard-aa")) is None
    assert VERIFIED.items_for(Setup(subset="django")) is None
