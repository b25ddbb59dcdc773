"""Bodies that took a second to make, kept while they are true.

A body follows from its key: which document, of which revision, after which start. Names and facts
of the catalogue move on between revisions too, so a body is made again after a few minutes. Who
asks about now and finds an older body of the document gets that one at once, while a thread makes
the new one: a client's patience is five seconds. Only the first asker of all waits,
unless the body was made ahead (`registry.exports.warming`).
"""

from __future__ import annotations

import gzip
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from hashlib import blake2b
from threading import Lock, Thread
from time import monotonic

from django.db import connections

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


@dataclass(frozen=True, slots=True)
class Bodies:
    """A document and what it leaves out, of one revision."""

    document: Body
    left_out: Body
    revision: int


Make = Callable[[], Bodies]


class Shelf:
    """The bodies that were asked for last."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._making: dict[Hashable, Lock] = {}
        self._kept: OrderedDict[Hashable, tuple[float, Bodies]] = OrderedDict()
        self._now: dict[str, Hashable] = {}

    def get(self, key: Hashable, make: Make, *, now: str | None = None) -> Bodies:
        """The bodies under a key, made where they are absent or old.

        ``now``: the document whose newest bodies these are.
        """
        with self._lock:
            making = self._making.setdefault(key, Lock())
        with making:
            found = self._kept.get(key)
            if found is None or found[0] < monotonic():
                found = monotonic() + _KEPT_FOR, make()
            with self._lock:
                self._put(key, found)
                if now is not None:
                    self._now[now] = key
        return found[1]

    def get_now(self, name: str, key: Hashable, make: Make) -> Bodies:
        """The bodies of a document as it is now, or those of a moment ago while they are made."""
        with self._lock:
            before = self._kept.get(self._now.get(name))
            fresh = self._now.get(name) == key and before is not None and before[0] > monotonic()
            making = self._making.get(key)
        if before is None:
            return self.get(key, make, now=name)
        if not fresh and not (making is not None and making.locked()):
            Thread(target=self._make_beside, args=(name, key, make), daemon=True).start()
        return before[1]

    def _make_beside(self, name: str, key: Hashable, make: Make) -> None:
        try:
            self.get(key, make, now=name)
        finally:
            connections.close_all()

    def _put(self, key: Hashable, found: tuple[float, Bodies]) -> None:
        self._kept[key] = found
        self._kept.move_to_end(key)
        while len(self._kept) > _MOST:
            oldest, _ = self._kept.popitem(last=False)
            self._making.pop(oldest, None)
