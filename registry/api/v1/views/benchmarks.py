"""``/api/v1/benchmarks``"""

from __future__ import annotations

from dataclasses import dataclass

from rest_framework.request import Request

from registry.api import kinds
from registry.api.operations import Answer, ReadView, operation
from registry.api.queries import Nothing, parameter
from registry.api.v1 import asking
from registry.api.v1.examples_of_scores import BENCHMARK_DETAIL, BENCHMARK_LIST
from registry.api.v1.paging import next_address
from registry.api.v1.shapes.benchmarks import Benchmark, BenchmarkDetail, BenchmarkList
from registry.api.v1.shapes.revisions import RevisionRef
from registry.selectors import benchmarks as held
from registry.selectors.clocks import as_of


@dataclass(frozen=True, slots=True)
class BenchmarkQuery(asking.Listed):
    """Which benchmarks."""

    sort: str = asking.sorted_by(held.BENCHMARK_SORTS.names, held.BENCHMARK_SORTS.default)
    q: str | None = parameter(kinds.TEXT, "Only those with these words in a name, alias or id.")


class BenchmarkListView(ReadView):
    """All benchmarks."""

    @operation(
        "listBenchmarks",
        "Benchmarks",
        query=BenchmarkQuery,
        answer=BenchmarkList,
        example=BENCHMARK_LIST,
    )
    def get(self, request: Request, query: BenchmarkQuery) -> Answer:
        """What models are scored on, with official counts, versions and subsets."""
        page = held.benchmarks(q=query.q, sort=query.sort, after=query.cursor, limit=query.limit)
        items = tuple(map(Benchmark.of, page.rows))
        following = next_address(request, page.next)
        return Answer(BenchmarkList(RevisionRef.of(as_of()), items, following))


class BenchmarkDetailView(ReadView):
    """One benchmark."""

    @operation(
        "getBenchmark",
        "A benchmark",
        query=Nothing,
        answer=BenchmarkDetail,
        example=BENCHMARK_DETAIL,
        path=(asking.BENCHMARK,),
    )
    def get(self, request: Request, query: Nothing, benchmark: str) -> Answer:
        """A benchmark by its id; its scores are at ``/api/v1/readings?benchmark=``."""
        found = Benchmark.of(held.benchmark(benchmark))
        return Answer(BenchmarkDetail(RevisionRef.of(as_of()), found))
