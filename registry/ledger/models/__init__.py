"""The published history: append-only, numbered, chained.

A `Revision` is one atomic publication, numbered without gaps. A *point* says what a *series* is
from a moment on, a price, a score or a fact; the next start ends it, so periods cannot overlap.
Nothing here is ever updated or deleted: a correction is a later point with the same start, and a
start that never happened gets a ``retracted`` point. Triggers on both engines hold that, whoever
writes.
"""

from registry.ledger.models.facts import FactPoint, FactSeries
from registry.ledger.models.points import Point
from registry.ledger.models.prices import PricePoint, Series
from registry.ledger.models.revisions import Revision
from registry.ledger.models.scores import ScorePoint, ScoreSeries

__all__ = [
    "FactPoint",
    "FactSeries",
    "Point",
    "PricePoint",
    "Revision",
    "ScorePoint",
    "ScoreSeries",
    "Series",
]
