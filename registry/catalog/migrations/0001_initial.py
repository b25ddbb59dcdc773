import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Lab",
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
            ],
        ),
        migrations.CreateModel(
            name="Model",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("context_tokens", models.PositiveBigIntegerField(blank=True, null=True)),
                ("max_output_tokens", models.PositiveBigIntegerField(blank=True, null=True)),
                ("input_modalities", models.JSONField(blank=True, default=list)),
                ("output_modalities", models.JSONField(blank=True, default=list)),
                ("reasoning", models.BooleanField(blank=True, null=True)),
                ("tool_calls", models.BooleanField(blank=True, null=True)),
                ("slug", models.CharField(max_length=200)),
                ("name", models.CharField(max_length=200)),
                ("released_on", models.DateField(blank=True, null=True)),
                ("knowledge_cutoff", models.CharField(blank=True, max_length=20)),
                ("open_weights", models.BooleanField(blank=True, null=True)),
                ("licence", models.CharField(blank=True, max_length=120)),
                ("total_parameters", models.PositiveBigIntegerField(blank=True, null=True)),
                ("active_parameters", models.PositiveBigIntegerField(blank=True, null=True)),
                (
                    "lab",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="models",
                        to="catalog.lab",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ModelAlias",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=200, unique=True)),
                (
                    "origin",
                    models.CharField(
                        help_text="The source or curator that declared it.", max_length=60
                    ),
                ),
                (
                    "model",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="catalog.model",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("context_tokens", models.PositiveBigIntegerField(blank=True, null=True)),
                ("max_output_tokens", models.PositiveBigIntegerField(blank=True, null=True)),
                ("input_modalities", models.JSONField(blank=True, default=list)),
                ("output_modalities", models.JSONField(blank=True, default=list)),
                ("reasoning", models.BooleanField(blank=True, null=True)),
                ("tool_calls", models.BooleanField(blank=True, null=True)),
                ("provider_model_id", models.CharField(max_length=200)),
                (
                    "matched_by",
                    models.CharField(
                        blank=True,
                        help_text="The rule or alias that linked the model.",
                        max_length=40,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=200)),
                ("mode", models.CharField(blank=True, max_length=40)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("live", "live"),
                            ("missing", "missing from its sources"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="live",
                        max_length=10,
                    ),
                ),
                ("deprecated_on", models.DateField(blank=True, null=True)),
                ("retires_on", models.DateField(blank=True, null=True)),
                (
                    "model",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="catalog.model",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Provider",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=60, unique=True)),
                ("name", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("first_party", "first party"),
                            ("cloud", "cloud platform"),
                            ("host", "inference host"),
                            ("reseller", "reseller or router"),
                            ("plan", "subscription plan"),
                        ],
                        default="host",
                        max_length=12,
                    ),
                ),
                ("homepage", models.URLField(blank=True)),
                ("pricing_page", models.URLField(blank=True)),
                (
                    "lab",
                    models.ForeignKey(
                        blank=True,
                        help_text="The lab whose own provider this is.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="providers",
                        to="catalog.lab",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OfferAlias",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=200)),
                (
                    "origin",
                    models.CharField(
                        help_text="The source or curator that declared it.", max_length=60
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="catalog.offer",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="offer_aliases",
                        to="catalog.provider",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="offer",
            name="provider",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="offers",
                to="catalog.provider",
            ),
        ),
        migrations.AddConstraint(
            model_name="model",
            constraint=models.UniqueConstraint(fields=("lab", "slug"), name="model_ref"),
        ),
        migrations.AddConstraint(
            model_name="offeralias",
            constraint=models.UniqueConstraint(
                fields=("provider", "text"), name="offer_alias_text"
            ),
        ),
        migrations.AddIndex(
            model_name="offer",
            index=models.Index(
                condition=models.Q(("model__isnull", True)),
                fields=["provider"],
                name="offer_without_model",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.UniqueConstraint(
                fields=("provider", "provider_model_id"), name="offer_id"
            ),
        ),
    ]
