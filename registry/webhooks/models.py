"""Endpoints that want to be told, and the deliveries that are owed to them."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Kind(models.TextChoices):
    """Of what an endpoint is told."""

    PRICES = "prices"
    SCORES = "scores"
    FACTS = "facts"


def only_prices() -> list[str]:
    """What an endpoint is told of unless it says otherwise."""
    return [Kind.PRICES.value]


class Endpoint(models.Model):
    """An address that is told of changes, as its owner's key asked."""

    owner = models.ForeignKey("access.ApiKey", models.CASCADE, related_name="endpoints")
    address = models.URLField(max_length=500)
    description = models.CharField(max_length=200, blank=True)
    kinds = models.JSONField(default=only_prices, help_text="Of which kinds it is told.")
    wanted = models.JSONField(default=dict, help_text="Which changes, by the feed's parameters.")
    secret = models.BinaryField(help_text="Encrypted: what deliveries are signed with.")
    old_secret = models.BinaryField(null=True, help_text="Signs beside the new one until its end.")
    old_secret_until = models.DateTimeField(null=True)
    told_to = models.PositiveBigIntegerField(help_text="Revisions up to this one are in hand.")
    created_at = models.DateTimeField(default=timezone.now)
    disabled_at = models.DateTimeField(null=True)
    disabled_because = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.pk}: {self.address}"


class Delivery(models.Model):
    """What one endpoint is owed of one revision and kind, until it has said that it has it."""

    class State(models.TextChoices):
        PENDING = "pending", "to be delivered"
        DELIVERED = "delivered", "delivered"
        FAILED = "failed", "given up"

    endpoint = models.ForeignKey(Endpoint, models.CASCADE, related_name="deliveries")
    revision = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=6, choices=Kind.choices, default=Kind.PRICES)
    changes = models.PositiveIntegerField(help_text="How many the endpoint wants to know of.")
    state = models.CharField(max_length=9, choices=State.choices, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(help_text="When it is tried next; a sender at work moves it on.")
    delivered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=300, blank=True, help_text="Of the last attempt.")

    class Meta:
        constraints = [
            # A sender that is killed while it fans out repeats itself without a second delivery.
            models.UniqueConstraint(fields=["endpoint", "revision", "kind"], name="delivery_once")
        ]
        indexes = [
            # "What is due now, oldest revision first."
            models.Index(
                fields=["due_at", "revision"],
                name="delivery_due",
                condition=models.Q(state="pending"),
            )
        ]
        verbose_name_plural = "deliveries"

    def __str__(self) -> str:
        return self.message_id

    @property
    def message_id(self) -> str:
        """What a receiver tells repeats by; the same at every attempt."""
        of = "" if self.kind == Kind.PRICES else f"_{self.kind}"
        return f"msg_{self.endpoint_id}_{self.revision}{of}"
