"""Who makes models, who sells them, and under which names.

A `Lab` made the model, a `Provider` serves it; one organisation can be both. A `Model` is the thing
itself (``deepseek/deepseek-v4-pro``), an `Offer` is one model as one provider sells it under the
provider's own id. Identity is never guessed: an offer without a certain model keeps none, and is an
open question until somebody answers it.
"""

from __future__ import annotations

from django.db import models


class Lab(models.Model):
    """An organisation that makes models."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    homepage = models.URLField(blank=True)

    def __str__(self) -> str:
        return self.name


class Provider(models.Model):
    """An organisation that sells access to models."""

    class Kind(models.TextChoices):
        FIRST_PARTY = "first_party", "first party"
        CLOUD = "cloud", "cloud platform"
        HOST = "host", "inference host"
        RESELLER = "reseller", "reseller or router"
        PLAN = "plan", "subscription plan"

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.HOST)
    lab = models.ForeignKey(
        Lab,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="providers",
        help_text="The lab whose own provider this is.",
    )
    homepage = models.URLField(blank=True)
    pricing_page = models.URLField(blank=True)

    def __str__(self) -> str:
        return self.name


class Capabilities(models.Model):
    """What is known of a model or offer beside its price; empty means unknown, never none."""

    context_tokens = models.PositiveBigIntegerField(null=True, blank=True)
    max_output_tokens = models.PositiveBigIntegerField(null=True, blank=True)
    input_modalities = models.JSONField(default=list, blank=True)
    output_modalities = models.JSONField(default=list, blank=True)
    reasoning = models.BooleanField(null=True, blank=True)
    tool_calls = models.BooleanField(null=True, blank=True)
    # Nullable and without a default: SQLite would otherwise make the table anew, which the guards
    # of the ledger refuse.
    described = models.JSONField(
        null=True,
        blank=True,
        help_text="The labels that a person has written: no source writes over them.",
    )

    class Meta:
        abstract = True


class Model(Capabilities):
    """One model as its lab made it, whoever sells it.

    One that is another under a second name keeps its row, under which its history was published.
    """

    lab = models.ForeignKey(Lab, models.PROTECT, related_name="models")
    slug = models.CharField(max_length=200)
    name = models.CharField(
        max_length=200, blank=True, help_text="Left empty, it is as sources call it."
    )
    released_on = models.DateField(null=True, blank=True)
    knowledge_cutoff = models.CharField(max_length=20, blank=True)
    open_weights = models.BooleanField(null=True, blank=True)
    licence = models.CharField(max_length=120, blank=True)
    total_parameters = models.PositiveBigIntegerField(null=True, blank=True)
    active_parameters = models.PositiveBigIntegerField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="absorbed",
        help_text="The model that this one is, where it is a second name.",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lab", "slug"], name="model_ref")]

    def __str__(self) -> str:
        return self.ref

    @property
    def ref(self) -> str:
        """The readable id, ``lab/slug``."""
        return f"{self.lab.slug}/{self.slug}"


class Offer(Capabilities):
    """One model as one provider sells it, under the provider's own id."""

    class Status(models.TextChoices):
        LIVE = "live", "live"
        MISSING = "missing", "missing from its sources"
        WITHDRAWN = "withdrawn", "withdrawn"

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="offers")
    provider_model_id = models.CharField(max_length=200)
    model = models.ForeignKey(Model, models.PROTECT, null=True, blank=True, related_name="offers")
    matched_by = models.CharField(
        max_length=40, blank=True, help_text="The rule or alias that linked the model."
    )
    name = models.CharField(max_length=200, blank=True)
    mode = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.LIVE)
    deprecated_on = models.DateField(null=True, blank=True)
    retires_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "provider_model_id"], name="offer_id")
        ]
        indexes = [
            # Open questions: offers that no rule or alias could link to a model.
            models.Index(
                fields=["provider"],
                name="offer_without_model",
                condition=models.Q(model__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.provider.slug}/{self.provider_model_id}"


class OfferAlias(models.Model):
    """Another exact name under which a provider's offer is known."""

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="offer_aliases")
    text = models.CharField(max_length=200)
    offer = models.ForeignKey(Offer, models.CASCADE, related_name="aliases")
    origin = models.CharField(max_length=60, help_text="The source or curator that declared it.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "text"], name="offer_alias_text")
        ]

    def __str__(self) -> str:
        return f"{self.provider.slug}: {self.text}"


class ModelAlias(models.Model):
    """Another exact name of a model, wherever it is sold; owned by one model only."""

    text = models.CharField(max_length=200, unique=True)
    model = models.ForeignKey(Model, models.CASCADE, related_name="aliases")
    origin = models.CharField(max_length=60, help_text="The source or curator that declared it.")

    def __str__(self) -> str:
        return self.text
