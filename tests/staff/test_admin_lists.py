"""Every list of the admin opens, shows what is there and lets nobody change it."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from registry.staff.models import DESCRIBED
from registry.staff.read_only import ReadOnlyAdmin

OURS = sorted(
    (model for model in admin.site._registry if model.__module__.startswith("registry.")),
    key=lambda model: model._meta.label,
)


@pytest.fixture
def staff(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("curator"))
    return client


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_list_opens_and_offers_no_change(staff: Client, model: type) -> None:
    options = model._meta  # type: ignore[attr-defined]
    name = f"admin:{options.app_label}_{options.model_name}"
    listed = staff.get(reverse(f"{name}_changelist"))
    assert listed.status_code == 200
    assert reverse(f"{name}_add") not in listed.content.decode()
    assert staff.get(reverse(f"{name}_add")).status_code == 403


def test_every_table_of_ours_is_read_only_but_for_descriptions() -> None:
    assert len(OURS) >= 9
    for model in OURS:
        options = admin.site._registry[model]
        assert isinstance(options, ReadOnlyAdmin) or model in DESCRIBED


def test_a_stranger_is_sent_to_sign_in(client: Client) -> None:
    answer = client.get(reverse("admin:curation_review_changelist"))
    assert answer.status_code == 302
    assert "/login/" in answer["Location"]
