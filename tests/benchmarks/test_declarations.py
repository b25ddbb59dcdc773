"""The bundled benchmarks contradict nothing, and a mistake in them is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry.benchmarks.declarations import BadBenchmarks, declared_benchmarks
from registry.scoring.benchmarks import Benchmark, Part
from registry.scoring.scales import PERCENT
from registry.scoring.setups import UNSAID, Setup

GOOD = """
[swe-bench-pro]
name = "SWE-bench Pro"
scale = "percent"
homepage = "https://example.org"
"""


def mistakes_in(tmp_path: Path, text: str) -> tuple[str, ...]:
    path = tmp_path / "benchmarks.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadBenchmarks) as caught:
        declared_benchmarks(path)
    return caught.value.mistakes


@pytest.mark.parametrize(
    ("slug", "version", "items"),
    [
        ("swe-bench-verified", None, 500),
        ("swe-bench-lite", None, 300),
        ("swe-bench", None, 2294),
        ("swe-bench-multilingual", None, 300),
        ("swe-bench-pro", None, 731),
        ("terminal-bench", "2.0", 89),
        ("terminal-bench", "0.1.1", 80),
        ("gpqa-diamond", None, 198),
        ("mmlu", None, 14042),
        ("mmlu-pro", None, 12032),
        ("aime-2024", None, 30),
        ("aime-2025", None, 30),
        ("aime-2026", None, 30),
        ("hle", None, 2500),
        ("aider-polyglot", None, 225),
        ("aider-edit", None, 133),
        ("osworld", None, 369),
    ],
)
def test_official_counts_are_declared(slug: str, version: str | None, items: int) -> None:
    benchmark = declared_benchmarks().by_slug[slug]
    assert benchmark.items_for(Setup(version=version)) == items


def test_every_count_names_the_page_that_says_so() -> None:
    for benchmark in declared_benchmarks().by_slug.values():
        parts: tuple[Benchmark | Part, ...] = (*benchmark.versions, *benchmark.subsets)
        for counted in (benchmark, *parts):
            assert (counted.items is None) is (counted.counted_at == "")
            assert counted.counted_at == "" or counted.counted_at.startswith("https://")


def test_only_shares_have_a_number_of_items() -> None:
    for benchmark in declared_benchmarks().by_slug.values():
        assert benchmark.items_for(UNSAID) is None or benchmark.scale is PERCENT


@pytest.mark.parametrize(
    ("names", "slug"),
    [
        (("SWE-Bench Pro", "SWE Bench Pro"), "swe-bench-pro"),
        (("Terminal-Bench", "Terminal Bench", "Terminal-Bench 2.1"), "terminal-bench"),
        (("MMLU", "Mmlu"), "mmlu"),
        (("Humanity’s Last Exam", "Humanity's Last Exam", "HLE"), "hle"),
    ],
)
def test_spellings_of_sources_mean_one_benchmark(names: tuple[str, ...], slug: str) -> None:
    for name in names:
        found = declared_benchmarks().find(name)
        assert found is not None
        assert found.benchmark.slug == slug


def test_one_column_means_what_its_source_says() -> None:
    known = declared_benchmarks()
    general, local = known.find("gpqa"), known.find("gpqa", "artificial-analysis-table")
    assert general is not None
    assert local is not None
    assert (general.benchmark.slug, local.benchmark.slug) == ("gpqa", "gpqa-diamond")
    assert known.find("aime", "artificial-analysis-table") is None


def test_two_owners_of_one_alias_are_a_mistake(tmp_path: Path) -> None:
    text = GOOD + '\n[other]\nname = "Other"\nscale = "percent"\naliases = ["SWE Bench Pro"]\n'
    assert mistakes_in(tmp_path, text) == ("[other]: 'SWE Bench Pro' belongs to [swe-bench-pro]",)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("item = 3", "unknown field `item`"),
        ("items = 731", "who says so"),
        ('items = "731"', "$.items"),
        ('items = 0\ncounted_at = "https://example.org"', "at least one"),
        ('counted_at = "https://example.org"', "a number of items"),
        ('direction = "sideways"', "$.direction"),
        ("aliases = [3]", "$.aliases"),
        ('versions."1" = { items = 3 }', "1: expected a number of items"),
    ],
)
def test_a_wrong_field_is_told_by_name(tmp_path: Path, line: str, told: str) -> None:
    (mistake,) = mistakes_in(tmp_path, GOOD + line)
    assert mistake.startswith("[swe-bench-pro]: ")
    assert told in mistake


def test_an_unknown_scale_is_told_with_the_known_ones(tmp_path: Path) -> None:
    (mistake,) = mistakes_in(tmp_path, GOOD.replace("percent", "stars"))
    assert "'stars' was refused; expected one of percent" in mistake


def test_what_is_no_toml_or_no_file_is_told(tmp_path: Path) -> None:
    assert mistakes_in(tmp_path, "[")
    with pytest.raises(BadBenchmarks, match=r"absent\.toml"):
        declared_benchmarks(tmp_path / "absent.toml")
