"""The publications that points come out with."""

from __future__ import annotations

from django.db import models


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
