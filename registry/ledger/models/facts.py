"""Facts: what is known of a model or an offer beside its price, as told from a moment on."""

from __future__ import annotations

from django.db import models

from registry.catalog.facts import OF_MODEL, OF_OFFER
from registry.ledger.models.points import Point


class FactSeries(models.Model):
    """What a fact is a fact of: a model, or an offer that differs from its model, and its name."""

    model = models.ForeignKey(
        "catalog.Model", models.PROTECT, null=True, related_name="fact_series"
    )
    offer = models.ForeignKey(
        "catalog.Offer", models.PROTECT, null=True, related_name="fact_series"
    )
    name = models.CharField(
        max_length=20, choices=[(name, name) for name in dict.fromkeys((*OF_MODEL, *OF_OFFER))]
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["model", "name"], name="fact_series_of_model"),
            models.UniqueConstraint(fields=["offer", "name"], name="fact_series_of_offer"),
            models.CheckConstraint(
                name="fact_series_of_one_thing",
                condition=models.Q(model__isnull=True, offer__isnull=False)
                | models.Q(model__isnull=False, offer__isnull=True),
            ),
        ]
        verbose_name_plural = "fact series"

    def __str__(self) -> str:
        return f"{self.model or self.offer} {self.name}"


class FactPoint(Point):
    """One start in a series: from ``starts_at`` on, the fact is this."""

    class State(models.TextChoices):
        STATED = "stated"
        RETRACTED = "retracted"

    class Cause(models.TextChoices):
        FIRST_SEEN = "first_seen", "first seen"
        CHANGED = "changed", "told otherwise"
        CORRECTED = "corrected", "correction"

    series = models.ForeignKey(FactSeries, models.PROTECT, related_name="points")
    state = models.CharField(max_length=9, choices=State.choices)
    value = models.TextField(blank=True, help_text="Canonical JSON; empty where it is retracted.")
    cause = models.CharField(max_length=10, choices=Cause.choices)

    class Meta:
        constraints = [
            # Also the covering index of "the newest start at or before a moment".
            models.UniqueConstraint(
                fields=["series", "starts_at", "revision"], name="fact_point_start"
            ),
            models.CheckConstraint(
                name="fact_point_value_exactly_when_stated",
                condition=models.Q(state="retracted", value="")
                | (models.Q(state="stated") & ~models.Q(value="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series} from {self.starts_at:%Y-%m-%d}"
