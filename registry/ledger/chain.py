"""The hash chain: each revision's hash covers the one before it and all that it says itself.

A revision is signed as text, one JSON list a line: the previous hash, its header, then its points
in the order of their fields. A price begins with its offer, ``provider/id``; a point of any other
kind begins with the word for its kind, which has no slash. Everything in it is readable (an offer's
name and not a row's id, an amount as its plain figure, a claim's digest), so the chain can be
recomputed from an export on any engine. Moments are UTC to the microsecond.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Context, Decimal
from hashlib import sha256
from typing import NamedTuple

from registry.ledger.models import Revision

FORMAT = "ratecard-revision-1"
GENESIS = "0" * 64

SignedPoint = tuple[str | int | None, ...]
"""A point in readable fields, those that tell its series first: a revision sorts its points by."""

# Wide enough for any figure that a column holds, also one that nobody should have written there.
_ANY_COLUMN = Context(prec=60)


@dataclass(frozen=True, slots=True)
class Head:
    """The newest revision; an empty ledger has number 0, the genesis hash and no moment."""

    number: int
    hash: str
    published_at: datetime | None


class Header(NamedTuple):
    """What a revision says of itself."""

    number: int
    kind: str
    published_at: str
    author: str
    note: str
    point_count: int

    @classmethod
    def of(cls, revision: Revision) -> Header:
        """The header of a revision, saved or not."""
        return cls(
            revision.number,
            str(revision.kind),
            signed_moment(revision.published_at),
            revision.author,
            revision.note,
            revision.point_count,
        )


NOTHING_PUBLISHED = Head(0, GENESIS, None)
"""What is read before the first revision."""


def head() -> Head:
    """The newest revision of the ledger."""
    row = Revision.objects.order_by("-number").values_list("number", "hash", "published_at").first()
    return Head(*row) if row else NOTHING_PUBLISHED


def signed_moment(moment: datetime) -> str:
    """A moment as it is signed: of fixed width, so that texts sort as moments do."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def signed_figure(figure: Decimal | None) -> str | None:
    """A figure as it is signed: no exponent, no trailing zeros, whatever the column's places."""
    return None if figure is None else f"{figure.normalize(_ANY_COLUMN):f}"


def revision_hash(previous_hash: str, header: Header, points: Iterable[SignedPoint]) -> str:
    """The sha256, in hex, over the previous hash, the header and the points in any order."""
    digest = sha256(_line((FORMAT, previous_hash)))
    digest.update(_line(header))
    for point in sorted(points):
        digest.update(_line(point))
    return digest.hexdigest()


def _line(values: tuple[object, ...]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
