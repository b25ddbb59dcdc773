"""Facts as plain values: what a claim says of them, and their canonical text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.catalog.facts import KINDS, FactError, FactValue, Kind, read_facts, text_of, value_of

VALUES: dict[Kind, st.SearchStrategy[FactValue]] = {
    Kind.COUNT: st.integers(1, 2**63 - 1),
    Kind.FLAG: st.booleans(),
    Kind.DAY: st.dates().map(lambda day: day.isoformat()),
    Kind.WORDS: st.lists(
        st.sampled_from(("text", "image", "audio", "smell")), min_size=1, unique=True
    ).map(lambda words: read_facts({"input_modalities": words})["input_modalities"]),
    Kind.TEXT: st.text("abc-.ü 19", min_size=1, max_size=20).filter(
        lambda text: text.strip() == text
    ),
}


@given(st.data(), st.sampled_from(sorted(KINDS)))
def test_every_value_comes_back_from_its_text(data: st.DataObject, name: str) -> None:
    value = data.draw(VALUES[KINDS[name]])
    assert read_facts({name: value}) == {name: value}
    assert value_of(name, text_of(value)) == value


@pytest.mark.parametrize(
    "said",
    [
        {"name": "x" * 201},
        {"name": "a\x00b"},
        {"name": ""},
        {"mode": "m" * 41},
        {"context_tokens": -1},
        {"context_tokens": 0},
        {"context_tokens": True},
        {"context_tokens": 2**63},
        {"open_weights": "yes"},
        {"released_on": "2026-04"},
        {"input_modalities": []},
        {"input_modalities": "text"},
        {"lab": "OpenAI"},
        {"reasoning": None},
    ],
)
def test_what_cannot_be_kept_is_silence(said: dict[str, object]) -> None:
    assert read_facts(said) == {}


def test_modalities_are_told_in_one_order_each_once() -> None:
    said = read_facts({"input_modalities": ["video", "pdf", "smell", "text", "image", "text"]})
    assert said == {"input_modalities": ("text", "image", "video", "pdf", "smell")}


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("colour", '"red"', "colour"),
        ("context_tokens", "1e6", "a whole number"),
        ("context_tokens", "1 ", "its canonical text"),
        ("released_on", '"2026-4-1"', "a day"),
        ("input_modalities", '["image","text"]', "its canonical text"),
        ("licence", "MIT", "JSON"),
    ],
)
def test_a_text_that_is_no_value_of_its_fact_is_named(name: str, text: str, found: str) -> None:
    with pytest.raises(FactError, match=found):
        value_of(name, text)
