"""The declared benchmarks as rows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registry.benchmarks.declarations import declared_benchmarks
from registry.benchmarks.models import Benchmark
from registry.benchmarks.rows import sync_benchmarks

pytestmark = pytest.mark.django_db


def test_every_declared_benchmark_has_a_row() -> None:
    ids = sync_benchmarks()
    assert set(ids) == set(declared_benchmarks().by_slug)
    assert dict(Benchmark.objects.values_list("slug", "pk")) == ids


def test_a_second_time_writes_nothing(django_assert_num_queries: object) -> None:
    sync_benchmarks()
    with django_assert_num_queries(3):  # type: ignore[operator]  # savepoint, rows, release
        sync_benchmarks()


def test_a_changed_declaration_changes_its_row_alone() -> None:
    ids = sync_benchmarks()
    declared = list(declared_benchmarks().by_slug.values())
    declared[0] = replace(declared[0], name="Another name")
    assert sync_benchmarks(declared) == ids
    assert Benchmark.objects.get(slug=declared[0].slug).name == "Another name"


def test_one_no_longer_declared_keeps_its_row() -> None:
    sync_benchmarks()
    first, *rest = declared_benchmarks().by_slug.values()
    assert first.slug not in sync_benchmarks(rest)
    assert not Benchmark.objects.get(slug=first.slug).declared
    sync_benchmarks()
    assert Benchmark.objects.get(slug=first.slug).declared
