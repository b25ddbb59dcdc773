"""What every point has, whatever its series is of."""

from __future__ import annotations

from django.db import models

from registry.ingest.models import Claim
from registry.ledger.models.revisions import Revision


class Point(models.Model):
    """One start in a series, on whose word, published in which revision.

    Each kind has besides these its ``series``, a ``state`` that may be ``withdrawn`` or
    ``retracted``, its ``cause`` and its figures.
    """

    class Basis(models.TextChoices):
        STATED = "stated", "stated by the source"
        OBSERVED = "observed", "first observed"

    class Status(models.TextChoices):
        CONFIRMED = "confirmed", "two or more independent sources agree"
        SINGLE = "single", "one source"
        DISPUTED = "disputed", "other sources differ"
        STALE = "stale", "not seen lately"

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="%(class)ss")
    starts_at = models.DateTimeField()
    starts_basis = models.CharField(max_length=8, choices=Basis.choices)
    status = models.CharField(max_length=9, choices=Status.choices)
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, related_name="%(class)ss")

    class Meta:
        abstract = True
