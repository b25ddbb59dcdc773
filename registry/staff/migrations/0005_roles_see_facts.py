"""The roles again, with what they may see of facts and of names on boards."""

from importlib import import_module

from django.db import migrations

_ROLES = import_module("registry.staff.migrations.0002_roles")


class Migration(migrations.Migration):
    dependencies = [
        ("staff", "0004_labels_left_empty"),
        ("ingest", "0002_readings"),
        ("ledger", "0003_facts"),
    ]

    operations = [migrations.RunPython(_ROLES.make_roles, migrations.RunPython.noop)]
