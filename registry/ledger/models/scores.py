"""Scores: what a model reaches on a benchmark under a setup, as told from a moment on."""

from __future__ import annotations

from django.db import models

from registry.ledger.models.points import Point
from registry.scoring.figures import Qualifier
from registry.scoring.readings import Evaluator
from registry.scoring.scales import MAX_DIGITS

_DIGITS = 2 * MAX_DIGITS


class ScoreSeries(models.Model):
    """What a score is the score of: a model on a benchmark under one setup."""

    model = models.ForeignKey("catalog.Model", models.PROTECT, related_name="score_series")
    benchmark = models.ForeignKey("benchmarks.Benchmark", models.PROTECT, related_name="series")
    setup = models.CharField(max_length=500, blank=True, help_text="The canonical text.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["model", "benchmark", "setup"], name="score_series_key")
        ]
        verbose_name_plural = "score series"

    def __str__(self) -> str:
        return f"{self.benchmark} {self.setup}".strip()


class ScorePoint(Point):
    """One start in a series: from ``starts_at`` on, the score is this (or there is none).

    ``value``, ``low`` and ``high`` are on the benchmark's scale, the latter two the ends of the
    95 % interval that the source tells. ``items``: of how many items the run was made, where told.
    ``evaluator``: who measured. A forecast has no point.
    """

    class State(models.TextChoices):
        SCORED = "scored"
        WITHDRAWN = "withdrawn"
        RETRACTED = "retracted"

    class Cause(models.TextChoices):
        FIRST_SEEN = "first_seen", "first seen"
        RESCORED = "rescored", "measured anew"
        CORRECTED = "corrected", "correction"
        WITHDRAWN = "withdrawn", "withdrawn"
        RESTORED = "restored", "restored"

    class Qualifier(models.TextChoices):
        EXACT = Qualifier.EXACT
        APPROXIMATE = Qualifier.APPROXIMATE
        AT_LEAST = Qualifier.AT_LEAST
        AT_MOST = Qualifier.AT_MOST
        CLAIMED = Qualifier.CLAIMED

    class Evaluator(models.TextChoices):
        FIRST_PARTY = Evaluator.FIRST_PARTY, "the model's own maker"
        INDEPENDENT = Evaluator.INDEPENDENT, "somebody independent"
        AGGREGATOR = Evaluator.AGGREGATOR, "nobody who is named"

    series = models.ForeignKey(ScoreSeries, models.PROTECT, related_name="points")
    state = models.CharField(max_length=10, choices=State.choices)
    value = models.DecimalField(max_digits=_DIGITS, decimal_places=MAX_DIGITS, null=True)
    qualifier = models.CharField(max_length=11, choices=Qualifier.choices, blank=True)
    low = models.DecimalField(max_digits=_DIGITS, decimal_places=MAX_DIGITS, null=True)
    high = models.DecimalField(max_digits=_DIGITS, decimal_places=MAX_DIGITS, null=True)
    items = models.PositiveIntegerField(null=True)
    evaluator = models.CharField(max_length=11, choices=Evaluator.choices, blank=True)
    cause = models.CharField(max_length=10, choices=Cause.choices)

    class Meta:
        constraints = [
            # Also the covering index of "the newest start at or before a moment".
            models.UniqueConstraint(
                fields=["series", "starts_at", "revision"], name="score_point_start"
            ),
            models.CheckConstraint(
                name="score_point_value_exactly_when_scored",
                condition=models.Q(state="scored", value__isnull=False)
                | (~models.Q(state="scored") & models.Q(value__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series} from {self.starts_at:%Y-%m-%d}"
