"""The benchmarks that scores belong to, as rows; they are declared in ``fixtures/benchmarks/``."""

from __future__ import annotations

from django.db import models

from registry.scoring.scales import SCALES, Direction


class Benchmark(models.Model):
    """One benchmark as declared; its slug is signed in the history and never changes.

    ``items``: how many it officially has, ``counted_at`` the page that says so. ``versions`` and
    ``subsets``: objects of ``name``, ``items``, ``counted_at`` and ``aliases``. A benchmark that is
    no longer declared keeps its scores and takes no new ones.
    """

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    scale = models.CharField(max_length=10, choices=[(name, name) for name in SCALES])
    direction = models.CharField(
        max_length=6, choices=[(one.value, one.value) for one in Direction]
    )
    homepage = models.URLField(blank=True)
    items = models.PositiveIntegerField(null=True, blank=True)
    counted_at = models.URLField(blank=True)
    aliases = models.JSONField(default=list, blank=True)
    known_as = models.JSONField(default=dict, blank=True, help_text="Names by source.")
    versions = models.JSONField(default=list, blank=True)
    subsets = models.JSONField(default=list, blank=True)
    declared = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name
