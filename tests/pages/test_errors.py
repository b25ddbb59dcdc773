"""What is shown when a page cannot be made."""

from __future__ import annotations

import pytest
from django.test import Client

from registry.pages.views import table

pytestmark = pytest.mark.django_db


def test_a_fault_is_told_without_its_inside(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr(table, "table", fail)
    answer = Client(raise_request_exception=False).get("/")
    html = answer.content.decode()
    assert answer.status_code == 500
    assert "Something went wrong here" in html
    assert "secret" not in html
    assert "noindex" in html
    assert "<style>" in html


def test_a_form_that_came_without_its_cookie_is_refused_on_a_page() -> None:
    answer = Client(enforce_csrf_checks=True).post("/report", {"about": "x", "message": "y"})
    assert answer.status_code == 403
    assert "This form was not taken" in answer.content.decode()


def test_a_choice_that_is_none_is_told_by_field_value_and_expectation() -> None:
    answer = Client().get("/?weights=heavy")
    html = answer.content.decode()
    assert answer.status_code == 400
    assert "<code>weights</code> is <code>heavy</code>; expected" in html
