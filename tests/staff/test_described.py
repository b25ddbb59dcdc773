"""Labels that a person writes in the admin stay; emptied, they are the sources' again."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from registry.catalog.models import Lab, Model
from registry.catalog.showing import show
from registry.curation.models import AuditEvent


@pytest.mark.django_db
def test_a_name_that_a_person_writes_is_no_sources_until_it_is_emptied(client: Client) -> None:
    client.force_login(User.objects.create_superuser("curator"))
    lab = Lab.objects.create(slug="openai", name="OpenAI")
    model = Model.objects.create(lab=lab, slug="gpt-9", name="gpt 9")
    address = reverse("admin:catalog_model_change", args=[model.pk])
    assert client.post(address, {"name": "GPT-9"}).status_code == 302
    model.refresh_from_db()
    assert (model.name, model.described) == ("GPT-9", ["name"])
    assert AuditEvent.objects.get().changed == ["name: gpt 9 -> GPT-9"]
    assert not show(model, {"name": "GPT-9-0813"})
    assert client.post(address, {"name": ""}).status_code == 302
    model.refresh_from_db()
    assert (model.name, model.described) == ("gpt-9", None)
    assert show(model, {"name": "GPT 9"})
