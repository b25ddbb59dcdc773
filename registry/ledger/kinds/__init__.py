"""What a revision can carry: each kind of point with its series, its signature and its rows.

A further kind is a module here and its place in `KINDS`; publishing, the chain and verification
walk over all of them.
"""

from typing import Any

from registry.ledger.kinds.facts import Facts
from registry.ledger.kinds.kind import PointKind
from registry.ledger.kinds.prices import Prices
from registry.ledger.kinds.scores import Scores

KINDS: tuple[PointKind[Any], ...] = (Prices(), Scores(), Facts())

__all__ = ["KINDS", "Facts", "PointKind", "Prices", "Scores"]
