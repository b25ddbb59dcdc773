"""Keys: shown once, kept as a hash under the pepper, refused when taken back or run out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from registry.access.keys import BadScope, KeyRefused, issue, know, revoke
from registry.access.models import ApiKey

pytestmark = pytest.mark.django_db


def test_a_key_is_known_again_with_its_scopes() -> None:
    key, text = issue("a router", ["webhooks", "read"], by="admin")
    asker = know(text, at=timezone.now())
    assert (asker.key_id, asker.name) == (key.pk, "a router")
    assert asker.scopes == {"read", "webhooks"}


def test_the_table_holds_nothing_that_could_be_shown_as_a_key() -> None:
    key, text = issue("a router", ["read"], by="admin")
    kept = " ".join(str(value) for value in ApiKey.objects.values_list().get(pk=key.pk))
    assert text not in kept
    assert text.removeprefix(f"rc_{key.prefix}_") not in kept


def test_under_another_pepper_no_key_is_known(settings: Settings) -> None:
    _, text = issue("a router", ["read"], by="admin")
    settings.KEY_PEPPER = "another"
    with pytest.raises(KeyRefused, match="not known"):
        know(text, at=timezone.now())


@pytest.mark.parametrize("change", ["", "x", "rc_", "Ab"])
def test_what_is_not_the_very_key_is_refused(change: str) -> None:
    _, text = issue("a router", ["read"], by="admin")
    for wrong in (change, text[:-2] + "__", text + change if change else text[:-1]):
        with pytest.raises(KeyRefused, match="not known"):
            know(wrong, at=timezone.now())


def test_a_key_that_was_taken_back_stays_so() -> None:
    key, text = issue("a router", ["read"], by="admin")
    assert revoke(key.prefix, at=timezone.now())
    assert not revoke(key.prefix, at=timezone.now())
    with pytest.raises(KeyRefused, match="taken back"):
        know(text, at=timezone.now())


def test_a_key_runs_out_at_its_moment() -> None:
    ends = timezone.now() + timedelta(days=1)
    _, text = issue("a trial", ["read"], by="admin", expires_at=ends)
    assert know(text, at=ends - timedelta(seconds=1))
    with pytest.raises(KeyRefused, match="run out"):
        know(text, at=ends)


def test_an_unknown_scope_is_named() -> None:
    with pytest.raises(BadScope, match="'write' is none; expected some of read, webhooks"):
        issue("a router", ["write"], by="admin")


def test_the_command_issues_lists_and_takes_back(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("api_keys", issue="a router")
    text = capsys.readouterr().out.split()[0]
    assert know(text, at=timezone.now()).scopes == {"read"}
    prefix = text.split("_")[1]
    call_command("api_keys", revoke=prefix)
    capsys.readouterr()
    call_command("api_keys")
    listed = capsys.readouterr().out
    assert prefix in listed
    assert text not in listed
    with pytest.raises(CommandError, match="no key in use"):
        call_command("api_keys", revoke=prefix)
