"""A setup has one text, and that text gives the setup back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.scoring.setups import UNSAID, Setup, SetupError, setup_name

names = st.none() | st.from_regex(r"[a-z0-9][a-z0-9._/+@-]{0,20}", fullmatch=True)
setups = st.builds(
    Setup,
    attempts=st.none() | st.from_regex(r"[1-9][0-9]?\+?", fullmatch=True),
    effort=names,
    harness=names,
    subset=names,
    version=names,
)


@given(setups)
def test_a_canonical_text_gives_its_setup_back(setup: Setup) -> None:
    assert Setup.parse(setup.key) == setup
    assert Setup.parse(";".join(reversed(setup.key.split(";")))) == setup


@given(setups, setups)
def test_two_setups_are_equal_just_when_their_texts_are(first: Setup, second: Setup) -> None:
    assert (first == second) is (first.key == second.key)


def test_the_text_names_what_is_said_in_order_of_names() -> None:
    setup = Setup(version="2.0", harness="terminus-2", effort="high", attempts="5")
    assert setup.key == "attempts=5;effort=high;harness=terminus-2;version=2.0"
    assert UNSAID.key == ""


@pytest.mark.parametrize(
    ("key", "field"),
    [
        ("harness", "setup"),
        ("mood=good", "setup"),
        ("effort=high;effort=low", "effort"),
        ("effort=High", "effort"),
        ("attempts=0", "attempts"),
        ("attempts=two", "attempts"),
        ("version=2;harness= ", "harness"),
    ],
)
def test_what_is_no_setup_is_refused_by_field(key: str, field: str) -> None:
    with pytest.raises(SetupError) as caught:
        Setup.parse(key)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Claude Code", "claude-code"),
        (" OpenHands      ", "openhands"),
        ("Terminus 2", "terminus-2"),
        ("Terminus-2", "terminus-2"),
        ("SWE-agent 1.0 (Claude 3.7 Sonnet)", "swe-agent-1.0-claude-3.7-sonnet"),
        ("Réfact.ai Agent", "refact.ai-agent"),
        ("—", None),
        ("", None),
    ],
)
def test_words_become_names(written: str, name: str | None) -> None:
    assert setup_name(written) == name


@given(st.text(max_size=120))
def test_every_name_is_one_that_a_setup_takes(written: str) -> None:
    name = setup_name(written)
    assert Setup(harness=name).harness == name
