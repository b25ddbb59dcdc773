"""The styles that each page carries, and the policy that lets in these and no others."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

import pytest
from django.test import Client

from registry.pages.styles import TEXT, packed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/", "/?at=never", "/nothing-here", "/method"])
def test_the_policy_names_exactly_the_styles_of_the_page(client: Client, address: str) -> None:
    answer = client.get(address)
    carried = re.findall(r"<style>(.*?)</style>", answer.content.decode(), re.DOTALL)
    digests = [b64encode(sha256(text.encode()).digest()).decode() for text in carried]
    policy = answer.headers["Content-Security-Policy"]
    assert re.findall(r"sha256-([^']+)", policy) == digests
    assert len(digests) == 1


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("/* why */\na {\n  color: red;\n}\n", "a{color: red;}"),
        ("a :hover,\nb > i { margin: 0 1px }", "a :hover, b > i{margin: 0 1px}"),
        ("/* one */ a { } /* two */ b { }", "a{}b{}"),
        ('b { content: " ↑" / "" }', 'b{content: " ↑" / ""}'),
    ],
)
def test_packing_drops_only_what_says_nothing(written: str, kept: str) -> None:
    assert packed(written) == kept


def test_every_opened_bracket_is_closed() -> None:
    assert TEXT.count("{") == TEXT.count("}") > 100


def test_no_style_ends_its_element_or_asks_another_host() -> None:
    assert "<" not in TEXT
    assert "url(" not in TEXT
    assert "@import" not in TEXT
