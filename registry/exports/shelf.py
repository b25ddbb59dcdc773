"""Bodies that took a second to make, kept while they are true.

A body follows from its key: which document, of which revision, after which start. Names and facts
of the catalogue move on between revisions too, so a body is made again after a few minutes. One
thread makes it while others wait; a process keeps a dozen.
"""

from __future__ import annotations

import gzip
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from hashlib import blake2b
from threading import Lock
from time import monotonic

_KEPT_FOR = 300.0
_MOST = 12
_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Body:
    """The bytes of a document, plain and compressed, and the tag of what it says."""

    plain: bytes
    compressed: bytes
    tag: str

    @classmethod
    def of(cls, plain: bytes) -> Body:
        """Equal documents have equal bytes and tags, whenever they were made."""
        packed = gzip.compress(plain, compresslevel=_LEVEL, mtime=0)
        return cls(plain, packed, blake2b(plain, digest_size=16).hexdigest())


class Shelf:
    """The bodies that were asked for last."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._making: dict[Hashable, Lock] = {}
        self._kept: OrderedDict[Hashable, tuple[float, dict[str, Body]]] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], dict[str, Body]]) -> dict[str, Body]:
        """The bodies under a key, made where they are absent or old."""
        with self._lock:
            making = self._making.setdefault(key, Lock())
        with making:
            found = self._kept.get(key)
            if found is None or found[0] < monotonic():
                found = monotonic() + _KEPT_FOR, make()
            with self._lock:
                self._put(key, found)
        return found[1]

    def _put(self, key: Hashable, found: tuple[float, dict[str, Body]]) -> None:
        self._kept[key] = found
        self._kept.move_to_end(key)
        while len(self._kept) > _MOST:
            oldest, _ = self._kept.popitem(last=False)
            self._making.pop(oldest, None)
