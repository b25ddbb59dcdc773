"""JSON read exactly: numbers as written, duplicates seen, malformed text refused."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.claims import PageError, PageFault
from scrapers.json_text import (
    MAX_DEPTH,
    DuplicateKey,
    JsonFault,
    NotFinite,
    read_json,
    read_sound,
    split_array,
    split_object,
    split_values,
)

_scalars = st.none() | st.booleans() | st.integers() | st.text()
_values = st.recursive(
    _scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=10
)


@given(st.lists(st.tuples(st.text(), _values)), st.sampled_from(["", " ", "\n\t"]))
def test_an_object_is_split_into_its_members_duplicates_included(
    members: list[tuple[str, object]], space: str
) -> None:
    raws = [(key, json.dumps(value)) for key, value in members]
    body = f",{space}".join(f"{json.dumps(key)}{space}:{space}{raw}" for key, raw in raws)
    parts = split_object(f"{space}{{{space}{body}{space}}}{space}".encode())
    assert list(parts) == [(key, raw.encode()) for key, raw in raws]


@given(st.lists(_values))
def test_an_array_is_split_into_its_elements(values: list[object]) -> None:
    raws = [json.dumps(value).encode() for value in values]
    assert list(split_array(b"[" + b" , ".join(raws) + b"]")) == raws


@given(st.lists(_values, min_size=1))
def test_values_that_follow_one_another_are_told_apart(values: list[object]) -> None:
    raws = [json.dumps(value).encode() for value in values]
    assert split_values(b"\n".join(raws)) == raws


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b'{"a":1,}', b'{"a":1} x', b'{"a" 1}', b"{a:1}", b'{,"a":1}',
     b'{"a":1 "b":2}', b'{"a":}', b'{"a":"\xff"}', b"<html>"],
)  # fmt: skip
def test_what_is_no_json_object_is_the_wrong_format(body: bytes) -> None:
    with pytest.raises(PageError) as caught:
        list(split_object(body))
    assert caught.value.fault is PageFault.WRONG_FORMAT


def test_a_byte_order_mark_is_not_a_fault() -> None:
    assert list(split_object(b'\xef\xbb\xbf{"a":1}')) == [("a", b"1")]


def test_a_member_that_is_no_standard_json_does_not_spoil_its_neighbours() -> None:
    assert list(split_object(b'{"a": NaN, "b": 1}')) == [("a", b"NaN"), ("b", b"1")]


def test_a_fraction_keeps_the_digits_that_were_written() -> None:
    value = read_json(b'{"a": 1.50, "b": 2.9999999999999997e-06, "c": 3}')
    assert value == {"a": Decimal("1.50"), "b": Decimal("2.9999999999999997e-06"), "c": 3}
    assert isinstance(value, dict)
    assert str(value["a"]) == "1.50"
    assert type(value["c"]) is int


@pytest.mark.parametrize("text", ["-0", "-0.0", "-0e0"])
def test_a_zero_keeps_its_sign(text: str) -> None:
    value = read_json(text.encode())
    assert str(value).startswith("-")


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", "[1, NaN]"])
def test_no_number_is_named_with_its_key(text: str) -> None:
    with pytest.raises(NotFinite, match="price"):
        read_json(f'{{"price": {text}}}'.encode())


def test_one_key_with_two_values_is_refused_and_both_are_shown() -> None:
    with pytest.raises(DuplicateKey, match="a: 1 and 2"):
        read_json(b'{"a": 1, "a": 2}')


def test_true_is_not_one() -> None:
    with pytest.raises(DuplicateKey):
        read_json(b'{"a": true, "a": 1}')


def test_one_key_twice_with_one_value_counts_once() -> None:
    assert read_json(b'{"a": 1.0, "a": 1.00}') == {"a": Decimal(1)}


def test_faults_are_collected_where_the_rest_is_still_wanted() -> None:
    faults: list[JsonFault] = []
    assert read_json(b'{"a": 1, "a": 2, "b": 3}', faults) == {"a": 2, "b": 3}
    assert [fault.field for fault in faults] == ["a"]


@pytest.mark.parametrize(
    "text", ["[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), "[" * 100_000, "1" * 5_000]
)
def test_a_bomb_is_refused(text: str) -> None:
    with pytest.raises(PageError):
        read_json(text.encode())


@pytest.mark.parametrize(
    "text", ['{"a": 1, "a": 2}', '{"a": NaN}', '{"a": 1e99999999999999999999}']
)
def test_json_inside_a_page_has_no_fault_at_all(text: str) -> None:
    with pytest.raises(PageError) as caught:
        read_sound(text.encode())
    assert caught.value.fault is PageFault.WRONG_FORMAT


def test_brackets_within_texts_do_not_count_as_depth() -> None:
    text = "[" * 200
    assert read_json(json.dumps([text, '"[{'] * 40).encode()) == [text, '"[{'] * 40
