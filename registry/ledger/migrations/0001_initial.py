import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalog", "0001_initial"),
        ("ingest", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("number", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("run", "a source's run"),
                            ("catalog", "the bundled catalogue"),
                            ("curation", "a curator's decision"),
                        ],
                        max_length=10,
                    ),
                ),
                ("published_at", models.DateTimeField()),
                (
                    "author",
                    models.CharField(help_text="The source or curator, as text.", max_length=150),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                ("point_count", models.PositiveIntegerField()),
                ("previous_hash", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("meter", models.CharField(max_length=40)),
                (
                    "terms",
                    models.CharField(blank=True, help_text="The canonical text.", max_length=500),
                ),
                ("currency", models.CharField(max_length=3)),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="series",
                        to="catalog.offer",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "series",
            },
        ),
        migrations.CreateModel(
            name="PricePoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                (
                    "starts_basis",
                    models.CharField(
                        choices=[
                            ("stated", "stated by the source"),
                            ("observed", "first observed"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("priced", "Priced"),
                            ("free", "Free"),
                            ("included", "Included"),
                            ("dynamic", "Dynamic"),
                            ("on_request", "On Request"),
                            ("withdrawn", "Withdrawn"),
                            ("retracted", "Retracted"),
                        ],
                        max_length=10,
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=15, max_digits=30, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("confirmed", "two or more independent sources agree"),
                            ("single", "one source"),
                            ("disputed", "other sources differ"),
                            ("stale", "not seen lately"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("first_seen", "first seen"),
                            ("repriced", "repriced"),
                            ("scheduled", "announced for a date"),
                            ("corrected", "correction"),
                            ("withdrawn", "withdrawn"),
                            ("restored", "restored"),
                            ("cancelled", "announcement cancelled"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="points",
                        to="ingest.claim",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="points",
                        to="ledger.revision",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="points",
                        to="ledger.series",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="series",
            constraint=models.UniqueConstraint(
                fields=("offer", "meter", "terms", "currency"), name="series_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="pricepoint",
            constraint=models.UniqueConstraint(
                fields=("series", "starts_at", "revision"), name="point_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="pricepoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount__gt", 0), ("state", "priced")),
                    models.Q(
                        models.Q(("state", "priced"), _negated=True), ("amount__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="point_amount_exactly_when_priced",
            ),
        ),
    ]
