import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalog", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("content", models.BinaryField(null=True)),
                ("size", models.PositiveBigIntegerField(help_text="Bytes before compression.")),
                ("media_type", models.CharField(blank=True, max_length=100)),
            ],
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=60, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("homepage", models.URLField(blank=True)),
                (
                    "parser",
                    models.CharField(help_text="The module of scrapers.sources.", max_length=60),
                ),
                (
                    "addresses",
                    models.JSONField(
                        default=dict, help_text="Address by part; the empty part is the only one."
                    ),
                ),
                (
                    "trust",
                    models.PositiveSmallIntegerField(
                        help_text="Staff 100, the provider's own page 90, hand-kept lists 60, aggregators 50, resellers 40, press 20."
                    ),
                ),
                (
                    "own_providers",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Slugs of the providers whose own word this is.",
                    ),
                ),
                ("interval_hours", models.PositiveSmallIntegerField(default=24)),
                ("licence", models.CharField(blank=True, max_length=120)),
                ("active", models.BooleanField(default=True)),
                (
                    "fresh_until",
                    models.DateTimeField(
                        blank=True,
                        help_text="After this moment the source's word is stale.",
                        null=True,
                    ),
                ),
                (
                    "derives_from",
                    models.ForeignKey(
                        blank=True,
                        help_text="The source that this one copies: the two count as one voice.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="ingest.source",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("part", models.CharField(blank=True, max_length=60)),
                (
                    "slot",
                    models.CharField(help_text="What was due; a slot is run once.", max_length=40),
                ),
                ("at", models.DateTimeField(help_text="The moment that the body speaks of.")),
                (
                    "previous_at",
                    models.DateTimeField(
                        help_text="The moment of the last good run of the same address before this one.",
                        null=True,
                    ),
                ),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("running", "running"),
                            ("published", "published"),
                            ("unchanged", "unchanged"),
                            ("held", "held for review"),
                            ("rejected", "rejected"),
                            ("failed", "failed"),
                        ],
                        default="running",
                        max_length=10,
                    ),
                ),
                ("fault", models.CharField(blank=True, max_length=40)),
                ("detail", models.TextField(blank=True)),
                ("address", models.URLField(blank=True, max_length=500)),
                ("etag", models.CharField(blank=True, max_length=200)),
                ("last_modified", models.CharField(blank=True, max_length=60)),
                (
                    "counts",
                    models.JSONField(
                        default=dict, help_text="Entries, claims, changes, faults by name."
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="ingest.snapshot",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="ingest.source",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "digest",
                    models.CharField(
                        help_text="sha256 over entry, names and content.", max_length=64
                    ),
                ),
                ("entry_key", models.CharField(max_length=300)),
                (
                    "provider_name",
                    models.CharField(help_text="As the source writes it.", max_length=200),
                ),
                (
                    "model_id",
                    models.CharField(help_text="As the source writes it.", max_length=200),
                ),
                (
                    "content",
                    models.JSONField(
                        help_text="The claim as quoted: quotes, dated cards, facts, remarks."
                    ),
                ),
                ("page", models.URLField(blank=True, max_length=500)),
                ("first_seen_at", models.DateTimeField()),
                (
                    "offer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="catalog.offer",
                    ),
                ),
                (
                    "first_run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="first_claims",
                        to="ingest.run",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="ingest.source",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SourceEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("part", models.CharField(blank=True, max_length=60)),
                ("key", models.CharField(max_length=300)),
                ("digest", models.BinaryField(max_length=32)),
                ("missed_runs", models.PositiveSmallIntegerField(default=0)),
                ("claims", models.ManyToManyField(related_name="entries", to="ingest.claim")),
                (
                    "last_run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ingest.run",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="ingest.source",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="run",
            index=models.Index(fields=["source", "part", "-at"], name="run_latest"),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.UniqueConstraint(fields=("source", "part", "slot"), name="run_slot"),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(fields=("source", "digest"), name="claim_content"),
        ),
        migrations.AddConstraint(
            model_name="sourceentry",
            constraint=models.UniqueConstraint(
                fields=("source", "part", "key"), name="source_entry_key"
            ),
        ),
    ]
