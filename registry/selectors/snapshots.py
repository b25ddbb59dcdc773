"""The exact bytes that a source served."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from registry.ingest.models import Run, Snapshot
from registry.selectors.paging import NotHeld


class BytesNotHeld(LookupError):
    """A snapshot that is known by digest only; ``upstream`` is where it was taken, if known."""

    def __init__(self, sha256: str, upstream: str) -> None:
        super().__init__(f"snapshot {sha256}: its digest is known, its bytes are not held here")
        self.sha256 = sha256
        self.upstream = upstream


@dataclass(frozen=True, slots=True)
class Body:
    """A body as it was served, unpacked."""

    sha256: str
    content: bytes


def body(sha256: str) -> Body:
    """The bytes with that digest; raises `NotHeld` or `BytesNotHeld`. At most two statements."""
    packed = Snapshot.objects.filter(sha256=sha256).values_list("content", flat=True).first()
    if packed is not None:
        return Body(sha256, zlib.decompress(packed))
    runs = Run.objects.filter(snapshot__sha256=sha256).order_by("at", "pk")
    upstream = runs.values_list("address", flat=True).first()
    if upstream is None:
        raise NotHeld("snapshot", sha256)
    raise BytesNotHeld(sha256, upstream)
