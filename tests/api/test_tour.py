"""The calculations of the guide to the API, asked as they stand there and answered so."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.api.bundled import bundled

__all__ = ["bundled"]

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "api.md"
SECTIONS = (
    "Who says otherwise?",
    "What does an id in my log mean?",
    "What did it cost me?",
    "Which model, then?",
    "Lists",
)
HOST = "http://127.0.0.1:8000"
_PAIR = re.compile(r'"(\w+)": ("[^"…]*"|null)')


def examples() -> Iterator[tuple[str, str]]:
    """Each command of the sections with the answer that is pasted under it."""
    for section in GUIDE.read_text(encoding="utf-8").split("\n## "):
        if section.startswith(SECTIONS):
            blocks = re.findall(r"(?:^    .*\n)+", section, re.MULTILINE)
            yield from zip(blocks[::2], blocks[1::2], strict=True)


def ask(client: Client, command: str) -> Any:
    words = shlex.split(command)
    [address] = [word for word in words if word.startswith(HOST)]
    if "-d" in words:
        sent = words[words.index("-d") + 1]
        answer = client.post(address[len(HOST) :], sent, content_type="application/json")
    else:
        answer = client.get(address[len(HOST) :])
    assert answer.status_code == 200, answer.content
    return answer.json()


def pairs(value: Any) -> Iterator[tuple[str, Any]]:
    """Every member of every object in an answer that is a text or null."""
    if isinstance(value, dict):
        for name, member in value.items():
            if member is None or isinstance(member, str):
                yield name, member
            yield from pairs(member)
    elif isinstance(value, list):
        for member in value:
            yield from pairs(member)


@pytest.mark.usefixtures("bundled", "db")
def test_what_the_guide_pastes_is_what_is_answered(client: Client) -> None:
    shown = list(examples())
    assert len(shown) == len(SECTIONS)
    for command, pasted in shown:
        answered = set(pairs(ask(client, command)))
        for name, text in _PAIR.findall(pasted):
            assert (name, None if text == "null" else text.strip('"')) in answered, (name, text)
