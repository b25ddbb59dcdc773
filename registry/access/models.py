"""Keys of the API. Of a key only a keyed hash is kept: whoever reads the table can use none."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class ApiKey(models.Model):
    """What a program shows to ask more than anybody may, within its scopes."""

    class Scope(models.TextChoices):
        READ = "read", "read at the higher rate"
        WEBHOOKS = "webhooks", "manage webhooks"

    name = models.CharField(max_length=120, help_text="Whose it is, and for what.")
    prefix = models.CharField(max_length=12, unique=True, help_text="How it is told from others.")
    digest = models.CharField(max_length=64, help_text="HMAC-SHA256 of the key under the pepper.")
    scopes = models.JSONField(default=list, help_text="What it may be used for.")
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.CharField(max_length=150, help_text="Who issued it, as text.")
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix})"


class KeyUse(models.Model):
    """How many requests one key made on one day (UTC)."""

    key = models.ForeignKey(ApiKey, models.CASCADE, related_name="uses")
    day = models.DateField()
    requests = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "day"], name="key_use_day")]

    def __str__(self) -> str:
        return f"{self.key_id} on {self.day}"
