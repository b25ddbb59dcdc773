"""The first administrator of a fresh installation."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.management import call_command
from django.http import HttpRequest

pytestmark = pytest.mark.django_db


def ensured() -> tuple[str, str]:
    """What the command writes to its output and to its error output."""
    out, err = StringIO(), StringIO()
    call_command("ensure_admin", stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_first_time_an_administrator_is_made_whose_password_works() -> None:
    shown = re.search(r"Password\s+(\S+)", ensured()[0])
    assert shown
    # Who signs in does so with a request, by which failed attempts are counted.
    user = authenticate(HttpRequest(), username="admin", password=shown[1])
    assert isinstance(user, User)
    assert user.is_superuser


def test_the_second_time_nothing_is_made_and_nothing_shown() -> None:
    ensured()
    assert ensured() == ("", "")
    assert User.objects.count() == 1


def test_an_administrator_of_another_name_is_enough() -> None:
    User.objects.create_superuser("curator", password="a long enough phrase")
    assert ensured() == ("", "")


def test_a_plain_user_named_admin_is_left_alone() -> None:
    User.objects.create_user("admin", password="a long enough phrase")
    out, err = ensured()
    assert out == ""
    assert "createsuperuser" in err
    assert not User.objects.filter(is_superuser=True).exists()
