"""Prices: what an offer's meter costs from a moment on."""

from __future__ import annotations

from django.db import models

from registry.ledger.models.points import Point
from registry.pricing.rates import MAX_PLACES, PriceState


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


class PricePoint(Point):
    """One start in a series: from ``starts_at`` on, the price is this (or there is none)."""

    class State(models.TextChoices):
        PRICED = PriceState.PRICED
        FREE = PriceState.FREE
        INCLUDED = PriceState.INCLUDED
        DYNAMIC = PriceState.DYNAMIC
        ON_REQUEST = PriceState.ON_REQUEST
        WITHDRAWN = "withdrawn"
        RETRACTED = "retracted"

    class Cause(models.TextChoices):
        FIRST_SEEN = "first_seen", "first seen"
        REPRICED = "repriced", "repriced"
        SCHEDULED = "scheduled", "announced for a date"
        CORRECTED = "corrected", "correction"
        WITHDRAWN = "withdrawn", "withdrawn"
        RESTORED = "restored", "restored"
        CANCELLED = "cancelled", "announcement cancelled"

    series = models.ForeignKey(Series, models.PROTECT, related_name="points")
    state = models.CharField(max_length=10, choices=State.choices)
    amount = models.DecimalField(max_digits=2 * MAX_PLACES, decimal_places=MAX_PLACES, null=True)
    cause = models.CharField(max_length=10, choices=Cause.choices)

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
