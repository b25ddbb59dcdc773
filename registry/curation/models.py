"""What was kept back, and why: nothing that a source says vanishes."""

from __future__ import annotations

from django.db import models


class Review(models.Model):
    """A claim, a change or a run that the policy did not publish, with its typed reasons.

    ``digest`` makes it idempotent: the same word of the same source is one item however often it is
    read, and a decision answers it once.
    """

    class Outcome(models.TextChoices):
        HOLD = "hold", "held"
        REJECT = "reject", "rejected"

    class State(models.TextChoices):
        OPEN = "open", "open"
        PUBLISHED = "published", "published since"
        SUPERSEDED = "superseded", "no longer said"

    digest = models.CharField(max_length=64, unique=True)
    source = models.ForeignKey("ingest.Source", models.PROTECT, related_name="reviews")
    run = models.ForeignKey("ingest.Run", models.PROTECT, related_name="reviews")
    offer = models.ForeignKey(
        "catalog.Offer",
        models.PROTECT,
        null=True,
        related_name="reviews",
        help_text="Empty for a whole run, and for a claim whose names cannot be kept.",
    )
    claim = models.ForeignKey("ingest.Claim", models.PROTECT, null=True, related_name="reviews")
    outcome = models.CharField(max_length=6, choices=Outcome.choices)
    reason = models.CharField(max_length=40, help_text="The first of the findings.")
    findings = models.JSONField(help_text="Reason, field, value and expectation of each.")
    proposal = models.JSONField(
        default=list, help_text="Meter, terms, currency, state and amount of each rate proposed."
    )
    seen_at = models.DateTimeField(help_text="When it was first said.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            # The queue: what is open, by reason, newest first.
            models.Index(
                fields=["reason", "-seen_at"],
                name="review_queue",
                condition=models.Q(state="open"),
            ),
            # What is open on an offer, each time the offer is decided.
            models.Index(
                fields=["offer"], name="review_open_offer", condition=models.Q(state="open")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason}: {self.offer or self.source}"
