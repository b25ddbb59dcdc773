"""What was fetched, when, and what it says: the evidence under every published figure.

A `Run` is one attempt at one address of a `Source`, also when it fails. A `Snapshot` is the exact
bytes of a body, kept once. A `Claim` is what one source says about one offer, immutable and
identified by its content; `SourceEntry` remembers which of them a source says now.
"""

from __future__ import annotations

from django.db import models

LONGEST_PART = 200
"""Characters; a board's part may be the path of a file."""


class Source(models.Model):
    """A feed or page that quotes prices, and how far it is believed."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    homepage = models.URLField(blank=True)
    parser = models.CharField(max_length=60, help_text="The module of scrapers.sources.")
    addresses = models.JSONField(
        default=dict, help_text="Address by part; the empty part is the only one."
    )
    trust = models.PositiveSmallIntegerField(
        help_text="Staff 100, the provider's own page 90, hand-kept lists 60, aggregators 50, "
        "resellers 40, press 20."
    )
    own_providers = models.JSONField(
        default=list, blank=True, help_text="Slugs of the providers whose own word this is."
    )
    derives_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        help_text="The source that this one copies: the two count as one voice.",
    )
    interval_hours = models.PositiveSmallIntegerField(default=24)
    size_cap = models.PositiveIntegerField(
        default=10_000_000, help_text="The largest decoded body that is taken, in bytes."
    )
    licence = models.CharField(max_length=120, blank=True)
    active = models.BooleanField(default=True)
    fresh_until = models.DateTimeField(
        null=True, blank=True, help_text="After this moment the source's word is stale."
    )

    def __str__(self) -> str:
        return self.name


class Snapshot(models.Model):
    """The exact bytes of one body, compressed, kept once however often they are served.

    Bundled receipts carry the digest, size and address of bodies whose bytes are not shipped:
    ``content`` is then null.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    content = models.BinaryField(null=True)
    size = models.PositiveBigIntegerField(help_text="Bytes before compression.")
    media_type = models.CharField(max_length=100, blank=True)

    def __str__(self) -> str:
        return self.sha256[:12]


class Run(models.Model):
    """One attempt to take what a source's address says; the truth about what happened.

    A slot whose attempt failed, or whose worker died, is attempted again in the same row.
    """

    WORKER_LOST = "worker_lost"
    REREAD = "reread:"
    """How slots begin in which a kept body was read again and no host was asked."""

    class Outcome(models.TextChoices):
        RUNNING = "running", "running"
        PUBLISHED = "published", "published"
        UNCHANGED = "unchanged", "unchanged"
        HELD = "held", "held for review"
        REJECTED = "rejected", "rejected"
        FAILED = "failed", "failed"

    source = models.ForeignKey(Source, models.PROTECT, related_name="runs")
    part = models.CharField(max_length=LONGEST_PART, blank=True)
    slot = models.CharField(max_length=40, help_text="What was due; a slot is run once.")
    at = models.DateTimeField(help_text="The moment that the body speaks of.")
    previous_at = models.DateTimeField(
        null=True, help_text="The moment of the last good run of the same address before this one."
    )
    attempts = models.PositiveSmallIntegerField(default=1)
    started_at = models.DateTimeField(help_text="When the last attempt began.")
    finished_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.RUNNING)
    fault = models.CharField(max_length=40, blank=True)
    detail = models.TextField(blank=True)
    address = models.URLField(max_length=500, blank=True)
    etag = models.CharField(max_length=200, blank=True)
    last_modified = models.CharField(max_length=60, blank=True)
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, null=True, related_name="runs")
    counts = models.JSONField(default=dict, help_text="Entries, claims, changes, faults by name.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "part", "slot"], name="run_slot")]
        indexes = [
            # The last run of a source's part, for conditional requests and freshness.
            models.Index(fields=["source", "part", "-at"], name="run_latest")
        ]

    def __str__(self) -> str:
        return f"{self.source.slug} {self.slot}"


class ModelName(models.Model):
    """A model's name as a board writes it, and the model that it means once that is certain."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="model_names")
    organisation = models.CharField(max_length=200, blank=True, help_text="Whose it is said to be.")
    name = models.CharField(max_length=200)
    aliases = models.JSONField(default=list, help_text="Other names of it at the same source.")
    model = models.ForeignKey(
        "catalog.Model", models.SET_NULL, null=True, related_name="names_on_boards"
    )
    matched_by = models.CharField(max_length=40, blank=True, help_text="The rule that linked it.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "organisation", "name"], name="model_name")
        ]

    def __str__(self) -> str:
        return self.name


class BenchmarkName(models.Model):
    """A benchmark's name as a source writes it, and what it means as far as it is declared.

    ``version`` and ``subset`` are what the name itself tells, as a setup spells them.
    """

    source = models.ForeignKey(Source, models.CASCADE, related_name="benchmark_names")
    name = models.CharField(max_length=200)
    benchmark = models.ForeignKey(
        "benchmarks.Benchmark", models.PROTECT, null=True, related_name="names"
    )
    version = models.CharField(max_length=80, blank=True)
    subset = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "name"], name="benchmark_name")]

    def __str__(self) -> str:
        return self.name


class Claim(models.Model):
    """What one source says about one offer, or of one score: immutable, known by its content.

    A claim of a price leads to its ``offer``; one of a score to the names that it uses, whose
    meaning may become known later. ``provider_name`` and ``model_id`` are then the organisation and
    the model as written.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="claims")
    digest = models.CharField(max_length=64, help_text="sha256 over entry, names and content.")
    entry_key = models.CharField(max_length=300)
    provider_name = models.CharField(max_length=200, help_text="As the source writes it.")
    model_id = models.CharField(max_length=200, help_text="As the source writes it.")
    content = models.JSONField(
        help_text="The claim as quoted: quotes, dated cards, facts, remarks."
    )
    page = models.URLField(max_length=500, blank=True)
    first_run = models.ForeignKey(Run, models.PROTECT, related_name="first_claims")
    first_seen_at = models.DateTimeField()
    priced_since = models.DateTimeField(
        help_text="Since when its source has stated these prices, whatever it added beside."
    )
    added_since = models.JSONField(
        default=list,
        help_text="Meter, terms, currency and moment of each price that was added later.",
    )
    priced_otherwise_at = models.DateTimeField(
        null=True, help_text="When its source was last read stating other prices, or none."
    )
    facts_since = models.JSONField(
        default=dict, help_text="Since when, by fact, for the facts that were stated before it."
    )
    offer = models.ForeignKey("catalog.Offer", models.PROTECT, null=True, related_name="claims")
    model_name = models.ForeignKey(ModelName, models.PROTECT, null=True, related_name="claims")
    benchmark_name = models.ForeignKey(
        BenchmarkName, models.PROTECT, null=True, related_name="claims"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "digest"], name="claim_content")]

    def __str__(self) -> str:
        return f"{self.source.slug}: {self.entry_key}"


class SourceEntry(models.Model):
    """One entry of a source as it stands: its bytes' digest and when it was last seen."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="entries")
    part = models.CharField(max_length=LONGEST_PART, blank=True)
    key = models.CharField(max_length=300)
    digest = models.BinaryField(max_length=32)
    claims = models.ManyToManyField(Claim, related_name="entries")
    last_run = models.ForeignKey(Run, models.PROTECT, related_name="+")
    missed_runs = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "part", "key"], name="source_entry_key")
        ]

    def __str__(self) -> str:
        return f"{self.source.slug}: {self.key}"
