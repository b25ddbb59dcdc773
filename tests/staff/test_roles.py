"""A session never gets more than its role: viewer, curator, administrator."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from registry.catalog.models import Lab
from registry.curation.models import AuditEvent

pytestmark = pytest.mark.django_db

ROLES = ("viewer", "curator", "administrator")
LOOKING = ("queue", "offers", "sources", "questions", "audit")
BUTTONS: dict[str, tuple[str, tuple[int, ...], dict[str, Any]]] = {
    "decide_review": ("decide", (), {"item": "1", "verdict": "reject"}),
    "correct_prices": ("pin", (1,), {"until": "2099-01-01T00:00"}),
    "link_names": ("merge_models", (), {"model": "a/b", "into": "a/c"}),
    "ask_source": ("ask", (1,), {}),
    "distrust_source": ("distrust", (1,), {}),
}
"""By permission, the button that needs it."""

ALLOWED = {
    "viewer": set(),
    "curator": {"decide_review", "correct_prices", "link_names", "ask_source"},
    "administrator": set(BUTTONS),
}


@pytest.fixture(autouse=True)
def _roles(db: None) -> None:
    """Tests that flush the tables take the migration's groups with them."""
    import_module("registry.staff.migrations.0002_roles").make_roles(apps, None)


def member(role: str) -> Client:
    user = User.objects.create_user(role, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", LOOKING)
def test_every_role_sees_every_page_of_the_desk(role: str, name: str) -> None:
    assert member(role).get(reverse(f"desk:{name}")).status_code == 200


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("permission", BUTTONS)
def test_a_button_works_for_whom_it_is_meant_and_nobody_else(role: str, permission: str) -> None:
    name, args, fields = BUTTONS[permission]
    answer = member(role).post(reverse(f"desk:{name}", args=args), {"note": "so", **fields})
    assert (answer.status_code != 403) is (permission in ALLOWED[role])


def test_staff_without_a_role_see_nothing_of_the_desk(client: Client) -> None:
    client.force_login(User.objects.create_user("new", is_staff=True))
    assert client.get(reverse("desk:queue")).status_code == 403


@pytest.mark.parametrize(
    ("role", "more"),
    [
        ("viewer", set()),
        (
            "curator",
            {"change_lab", "change_provider", "change_model", "change_offer"} | ALLOWED["curator"],
        ),
    ],
)
def test_a_role_has_just_its_permissions(role: str, more: set[str]) -> None:
    held = Permission.objects.filter(group__name=role).values_list("codename", flat=True)
    assert {name for name in held if not name.startswith("view_")} == more


def test_nobody_may_change_facts_or_history() -> None:
    held = Permission.objects.filter(group__isnull=False).exclude(codename__startswith="view_")
    changing = held.filter(content_type__app_label__in=("ingest", "ledger", "benchmarks"))
    assert not changing.exists()


def test_permissions_are_those_that_the_models_declare() -> None:
    granted = Permission.objects.filter(group__isnull=False).distinct()
    for permission in granted:
        model = permission.content_type.model_class()
        assert model is not None
        options = model._meta
        declared = {f"{action}_{options.model_name}" for action in options.default_permissions}
        declared |= {name for name, _ in options.permissions}
        assert permission.codename in declared


def test_a_curator_edits_a_description_and_what_it_was_is_kept() -> None:
    lab = Lab.objects.create(slug="somelab", name="Some lab")
    client = member("curator")
    address = reverse("admin:catalog_lab_change", args=[lab.pk])
    answer = client.post(address, {"name": "Some Lab Inc", "homepage": "", "slug": "stolen"})
    assert answer.status_code == 302
    lab.refresh_from_db()
    assert (lab.name, lab.slug) == ("Some Lab Inc", "somelab")
    kept = lab.history.all()  # type: ignore[attr-defined]
    assert [one.name for one in kept] == ["Some Lab Inc", "Some lab"]
    assert kept[0].history_user.username == "curator"
    event = AuditEvent.objects.get()
    assert (event.action, event.by) == ("describe", "curator")
    assert event.changed == ["name: Some lab -> Some Lab Inc"]


def test_a_viewer_edits_no_description() -> None:
    lab = Lab.objects.create(slug="somelab", name="Some lab")
    address = reverse("admin:catalog_lab_change", args=[lab.pk])
    assert member("viewer").post(address, {"name": "Mine", "homepage": ""}).status_code == 403


def test_a_name_is_locked_out_after_five_mistakes_and_only_from_there(client: Client) -> None:
    User.objects.create_superuser("anna", password="a-long-password")
    login = reverse("admin:login")
    right = {"username": "anna", "password": "a-long-password"}
    for _ in range(5):
        answer = client.post(login, {**right, "password": "wrong"}, REMOTE_ADDR="192.0.2.1")
    assert answer.status_code == 429
    assert "Too many" in answer.content.decode()
    assert client.post(login, right, REMOTE_ADDR="192.0.2.1").status_code == 429
    assert client.post(login, right, REMOTE_ADDR="192.0.2.2").status_code == 302


def test_the_desk_keeps_the_strict_content_policy() -> None:
    policy = member("viewer").get(reverse("desk:queue"))["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


def test_an_administrator_gives_roles_and_cannot_rise_above_every_role() -> None:
    client = member("administrator")
    user = User.objects.get(username="administrator")
    form = {
        "username": "administrator",
        "date_joined_0": "2026-01-01",
        "date_joined_1": "00:00",
        "is_active": "on",
        "is_staff": "on",
        "is_superuser": "on",
        "user_permissions": [str(Permission.objects.latest("pk").pk)],
        "groups": [str(Group.objects.get(name="administrator").pk)],
    }
    answer = client.post(reverse("admin:auth_user_change", args=[user.pk]), form)
    assert answer.status_code == 302
    user.refresh_from_db()
    assert not user.is_superuser
    assert not user.user_permissions.exists()
    root = User.objects.create_superuser("root")
    root_page = reverse("admin:auth_user_change", args=[root.pk])
    assert client.post(root_page, {**form, "username": "root"}).status_code == 403
    taking_over = reverse("admin:auth_user_password_change", args=[root.pk])
    assert client.get(taking_over).status_code == 403
