"""The desk as a superuser opens its pages and presses its buttons."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.curation.deciding import PAGE


@pytest.fixture
def desk(db: None) -> Client:
    """Signed in, on her way from one page of the desk to another."""
    client = Client(headers={"referer": f"http://testserver{PAGE}"})
    client.force_login(User.objects.create_superuser("anna"))
    return client


def shown(client: Client, name: str, *args: object, **query: Any) -> str:
    """A page, which must be there."""
    answer = client.get(reverse(f"desk:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def told(client: Client, name: str, *args: object, **fields: Any) -> str:
    """What the page says after a button was pressed."""
    answer = client.post(reverse(f"desk:{name}", args=args), fields, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()
