"""The published history: append-only, numbered, chained.

A `Revision` is one atomic publication, numbered without gaps. A `PricePoint` says what a `Series`
costs from a moment on; the next start ends it, so periods cannot overlap. Nothing here is ever
updated or deleted: a correction is a later point with the same start, and a start that never
happened gets a ``retracted`` point. Triggers on both engines hold that, whoever writes.
"""

from __future__ import annotations

from django.db import models

from registry.ingest.models import Claim
from registry.pricing.rates import MAX_PLACES, PriceState


class Revision(models.Model):
    """One atomic publication: everything up to it is what the registry had said by then."""

    class Kind(models.TextChoices):
        RUN = "run", "a source's run"
        CATALOG = "catalog", "the bundled catalogue"
        CURATION = "curation", "a curator's decision"

    number = models.PositiveBigIntegerField(primary_key=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    published_at = models.DateTimeField()
    author = models.CharField(max_length=150, help_text="The source or curator, as text.")
    note = models.CharField(max_length=500, blank=True)
    point_count = models.PositiveIntegerField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"revision {self.number}"


class Series(models.Model):
    """What a price is the price of: an offer's meter under terms, in one currency."""

    offer = models.ForeignKey("catalog.Offer", models.PROTECT, related_name="series")
    meter = models.CharField(max_length=40)
    terms = models.CharField(max_length=500, blank=True, help_text="The canonical text.")
    currency = models.CharField(max_length=3)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "meter", "terms", "currency"], name="series_key"
            )
        ]
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return f"{self.meter} {self.terms} {self.currency}".replace("  ", " ")


class PricePoint(models.Model):
    """One start in a series: from ``starts_at`` on, the price is this (or there is none)."""

    class State(models.TextChoices):
        PRICED = PriceState.PRICED
        FREE = PriceState.FREE
        INCLUDED = PriceState.INCLUDED
        DYNAMIC = PriceState.DYNAMIC
        ON_REQUEST = PriceState.ON_REQUEST
        WITHDRAWN = "withdrawn"
        RETRACTED = "retracted"

    class Basis(models.TextChoices):
        STATED = "stated", "stated by the source"
        OBSERVED = "observed", "first observed"

    class Status(models.TextChoices):
        CONFIRMED = "confirmed", "two or more independent sources agree"
        SINGLE = "single", "one source"
        DISPUTED = "disputed", "other sources differ"
        STALE = "stale", "not seen lately"

    class Cause(models.TextChoices):
        FIRST_SEEN = "first_seen", "first seen"
        REPRICED = "repriced", "repriced"
        SCHEDULED = "scheduled", "announced for a date"
        CORRECTED = "corrected", "correction"
        WITHDRAWN = "withdrawn", "withdrawn"
        RESTORED = "restored", "restored"
        CANCELLED = "cancelled", "announcement cancelled"

    series = models.ForeignKey(Series, models.PROTECT, related_name="points")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="points")
    starts_at = models.DateTimeField()
    starts_basis = models.CharField(max_length=8, choices=Basis.choices)
    state = models.CharField(max_length=10, choices=State.choices)
    amount = models.DecimalField(max_digits=2 * MAX_PLACES, decimal_places=MAX_PLACES, null=True)
    status = models.CharField(max_length=9, choices=Status.choices)
    cause = models.CharField(max_length=10, choices=Cause.choices)
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, related_name="points")

    class Meta:
        constraints = [
            # Also the covering index of "the newest start at or before a moment".
            models.UniqueConstraint(fields=["series", "starts_at", "revision"], name="point_start"),
            models.CheckConstraint(
                name="point_amount_exactly_when_priced",
                condition=models.Q(state="priced", amount__gt=0)
                | (~models.Q(state="priced") & models.Q(amount__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series} from {self.starts_at:%Y-%m-%d}"
