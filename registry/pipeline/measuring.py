"""What a piece of work costs: seconds of the clock, of the processor, and memory."""

from __future__ import annotations

import resource
from collections.abc import Callable
from time import perf_counter, process_time
from typing import Generic, NamedTuple, TypeVar

Result = TypeVar("Result")


class Timed(NamedTuple, Generic[Result]):
    """A result and the seconds that it took.

    ``processor`` counts what this process computed: it leaves out waiting, for the disk, for a
    database server or for a busy machine.
    """

    result: Result
    wall: float
    processor: float

    @property
    def cells(self) -> tuple[str, str]:
        """Both times as a table shows them."""
        return f"{self.wall:.2f}", f"{self.processor:.2f}"


def timed(work: Callable[[], Result]) -> Timed[Result]:
    """Does the work once."""
    wall, processor = perf_counter(), process_time()
    result = work()
    return Timed(result, perf_counter() - wall, process_time() - processor)


def peak_memory() -> str:
    """The most memory that this process has held at once."""
    # Linux counts kibibytes here.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"peak memory of the process: {peak:.0f} MiB"
