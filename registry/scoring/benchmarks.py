"""What is declared of benchmarks, and which one a source's name means.

Names are compared without case, spaces, dashes and apostrophes, since sources write ``SWE-Bench
Pro``, ``SWE Bench Pro`` and ``swe_bench_pro`` of one thing; nothing else is overlooked, and a name
that nobody declared is no benchmark: it is an open question, never a guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from registry.scoring.scales import Direction, Scale
from registry.scoring.setups import Setup, setup_name

_OVERLOOKED = re.compile(r"[\s_'\u2018\u2019\u2010-\u2015-]+")
ANY_SOURCE = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A version or a subset of a benchmark, with its own count of items and names of its own."""

    name: str
    items: int | None = None
    counted_at: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One benchmark as declared.

    ``items``: how many it officially has, None where that is not certain; ``counted_at``: the page
    that says so. ``aliases``: exact names that any source may use; ``known_as``: names that mean
    this benchmark at one source only.
    """

    slug: str
    name: str
    scale: Scale
    direction: Direction = Direction.HIGHER
    homepage: str = ""
    items: int | None = None
    counted_at: str = ""
    aliases: tuple[str, ...] = ()
    known_as: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    versions: tuple[Part, ...] = ()
    subsets: tuple[Part, ...] = ()

    def items_for(self, setup: Setup) -> int | None:
        """The official number of items under a setup; None where it is not known.

        A version or subset that has no count of its own may have any: the whole benchmark's number
        is not its.
        """
        if setup.subset is not None:
            return _items_of(setup.subset, self.subsets)
        if setup.version is not None and self.versions:
            return _items_of(setup.version, self.versions)
        return self.items


@dataclass(frozen=True, slots=True)
class Named:
    """The benchmark that a name means, and the version or subset that the name itself tells."""

    benchmark: Benchmark
    version: str | None = None
    subset: str | None = None

    def setup(self, said: Setup) -> Setup | None:
        """What a source says, completed by the name; None where the two contradict each other."""
        version, subset = said.version or self.version, said.subset or self.subset
        if self.version not in (None, version) or self.subset not in (None, subset):
            return None
        return replace(said, version=version, subset=subset)


@dataclass(frozen=True, slots=True)
class OwnedTwice:
    """A name that two benchmarks claim."""

    name: str
    source: str
    first: str
    second: str

    def __str__(self) -> str:
        where = f" at {self.source}" if self.source else ""
        return f"[{self.second}]: {self.name!r}{where} belongs to [{self.first}]"


class Benchmarks:
    """The declared benchmarks by slug and by the names that sources give them."""

    def __init__(self, declared: Iterable[Benchmark]) -> None:
        self.by_slug = {benchmark.slug: benchmark for benchmark in declared}
        self._named = {
            (source, spelling(name)): named
            for benchmark in self.by_slug.values()
            for source, name, named in _names(benchmark)
        }

    def find(self, name: str, source: str = ANY_SOURCE) -> Named | None:
        """What a source means by a name: its own use of it first, then everybody's."""
        key = spelling(name)
        return self._named.get((source, key)) or self._named.get((ANY_SOURCE, key))


def _items_of(said: str, parts: Iterable[Part]) -> int | None:
    return next((part.items for part in parts if setup_name(part.name) == said), None)


def spelling(name: str) -> str:
    """A name as names are compared."""
    return _OVERLOOKED.sub("", unicodedata.normalize("NFKC", name).casefold())


def owned_twice(declared: Iterable[Benchmark]) -> Iterator[OwnedTwice]:
    """Each name that would mean two things."""
    owners: dict[tuple[str, str], Named] = {}
    for benchmark in declared:
        for source, name, named in _names(benchmark):
            owner = owners.setdefault((source, spelling(name)), named)
            if owner != named:
                yield OwnedTwice(name, source, owner.benchmark.slug, benchmark.slug)


def _names(benchmark: Benchmark) -> Iterator[tuple[str, str, Named]]:
    whole = Named(benchmark)
    for name in (benchmark.slug, benchmark.name, *benchmark.aliases):
        yield ANY_SOURCE, name, whole
    for source, names in benchmark.known_as.items():
        yield from ((source, name, whole) for name in names)
    for part in benchmark.versions:
        named = Named(benchmark, version=setup_name(part.name))
        yield from ((ANY_SOURCE, name, named) for name in part.aliases)
    for part in benchmark.subsets:
        named = Named(benchmark, subset=setup_name(part.name))
        yield from ((ANY_SOURCE, name, named) for name in part.aliases)
