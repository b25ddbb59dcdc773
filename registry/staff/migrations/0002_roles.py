"""The roles of staff as groups with exact permissions: viewer, curator, administrator.

Permissions are made here where ``migrate`` has not come to make them yet; it finds them then.
"""

from django.db import migrations

VIEWER = {
    "benchmarks": {"benchmark": ["view"]},
    "catalog": {"lab": ["view"], "provider": ["view"], "model": ["view"], "offer": ["view"]},
    "curation": {"review": ["view"], "ruling": ["view"], "auditevent": ["view"]},
    "ingest": {
        "source": ["view"],
        "run": ["view"],
        "claim": ["view"],
        "modelname": ["view"],
        "benchmarkname": ["view"],
    },
    "ledger": {
        "revision": ["view"],
        "pricepoint": ["view"],
        "scorepoint": ["view"],
        "factseries": ["view"],
        "factpoint": ["view"],
    },
    "staff": {
        "historicallab": ["view"],
        "historicalprovider": ["view"],
        "historicalmodel": ["view"],
        "historicaloffer": ["view"],
    },
}
CURATOR = {
    "catalog": {
        "lab": ["change"],
        "provider": ["change"],
        "model": ["change"],
        "offer": ["change"],
    },
    "curation": {
        "review": ["decide"],
        "ruling": ["correct_prices", "link_names", "ask_source"],
    },
}
ADMINISTRATOR = {
    "access": {"apikey": ["view"], "keyuse": ["view"]},
    "auth": {"user": ["view", "add", "change"], "group": ["view"]},
    "curation": {"ruling": ["distrust_source"]},
    "webhooks": {"endpoint": ["view"], "delivery": ["view"]},
}
ROLES = {
    "viewer": (VIEWER,),
    "curator": (VIEWER, CURATOR),
    "administrator": (VIEWER, CURATOR, ADMINISTRATOR),
}
NAMES = {
    "decide": ("decide_review", "Can approve and reject what is held"),
    "correct_prices": ("correct_prices", "Can correct, retract, withdraw and pin prices"),
    "link_names": ("link_names", "Can link aliases and merge what is one"),
    "distrust_source": ("distrust_source", "Can mark a source as distrusted"),
    "ask_source": ("ask_source", "Can ask a source now and read its kept body again"),
}


def make_roles(apps, schema_editor):
    """Each group with just its permissions, also where it was changed by hand."""
    group = apps.get_model("auth", "Group")
    for role, parts in ROLES.items():
        made, _ = group.objects.get_or_create(name=role)
        made.permissions.set(
            _permission(apps, app, model, action)
            for part in parts
            for app, models in part.items()
            for model, actions in models.items()
            for action in actions
        )


def _permission(apps, app, model, action):
    codename, name = NAMES.get(action, (f"{action}_{model}", f"Can {action} {model}"))
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app, model=model
    )
    made, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": name}
    )
    return made


def drop_roles(apps, schema_editor):
    """The groups go, their members stay."""
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("staff", "0001_history"),
        ("curation", "0002_decisions"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_roles, drop_roles)]
