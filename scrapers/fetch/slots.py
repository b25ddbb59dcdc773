"""One request at a time to a host, across all processes of the registry, and a rest after it.

A slot is a file locked with flock(2): the kernel frees it when its holder dies. The file holds
the moment (seconds since the epoch) before which nobody asks the host again.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from scrapers.fetch.addresses import Target
from scrapers.fetch.deadline import Deadline
from scrapers.fetch.errors import HostBusy

LONGEST_REST = 3600.0
_POLL = 0.02


class Slot:
    """A held slot; ``rest`` is how many seconds the host is left alone once it is given back."""

    def __init__(self, rest: float) -> None:
        self.rest = rest


@contextmanager
def hold(directory: Path, target: Target, *, rest: float, deadline: Deadline) -> Iterator[Slot]:
    """Waits for the slot of the target's host and for its rest to be over, then holds it.

    The holder may lengthen ``rest`` (a host's Retry-After), up to `LONGEST_REST`. Raises
    `HostBusy` when the deadline would pass before the slot is free.
    """
    directory.mkdir(parents=True, exist_ok=True)
    with (directory / f"{target.host}.slot").open("a+", encoding="ascii") as file:
        _lock(file, target, deadline)
        _wait_out_rest(file, target, deadline)
        slot = Slot(rest)
        try:
            yield slot
        finally:
            _write_moment(file, time.time() + min(slot.rest, LONGEST_REST))


def _lock(file: IO[str], target: Target, deadline: Deadline) -> None:
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            left = deadline.remaining()
            if left <= _POLL:
                raise HostBusy(target.url, "slot held", "the host's slot to be free") from None
            time.sleep(_POLL)
        else:
            return


def _wait_out_rest(file: IO[str], target: Target, deadline: Deadline) -> None:
    wait = _read_moment(file) - time.time()
    # A moment further off than any rest comes from a clock that was set back.
    if not 0 < wait <= LONGEST_REST:
        return
    if wait >= deadline.remaining():
        raise HostBusy(target.url, f"host rests for {wait:.0f} s", "a host that may be asked now")
    time.sleep(wait)


def _read_moment(file: IO[str]) -> float:
    file.seek(0)
    try:
        return float(file.read() or 0)
    except ValueError:
        # A holder that was killed while writing; nothing is lost but one rest.
        return 0.0


def _write_moment(file: IO[str], moment: float) -> None:
    file.seek(0)
    file.truncate()
    file.write(f"{moment:.6f}")
    file.flush()
