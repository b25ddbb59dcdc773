"""Entries of JSON: one a key, with the trouble about it told."""

from __future__ import annotations

from scrapers.claims import Entry, EntryFault
from scrapers.entries import entries_of, gathered, read_entry


def test_a_key_that_stands_twice_alike_is_one_entry() -> None:
    (entry,) = entries_of([("a", b'{"x": 1}'), ("a", b'{ "x":1 }')])
    assert read_entry(entry) == ({"x": 1}, ())


def test_a_key_with_two_values_is_one_entry_that_says_so() -> None:
    entries = list(entries_of([("a", b'{"x": 1}'), ("b", b"2"), ("a", b'{"x": 3}')]))
    assert [entry.key for entry in entries] == ["a", "b"]
    value, (remark,) = read_entry(entries[0])
    assert value == {"x": 3}
    assert (remark.fault, remark.field) == (EntryFault.DUPLICATE_KEY, "a")
    assert remark.value == '{"x": 1} and {"x": 3}'


def test_a_number_that_is_none_is_remarked_on() -> None:
    value, (remark,) = read_entry(Entry("a", b'{"price": NaN, "size": 2}'))
    assert (remark.fault, remark.field) == (EntryFault.NOT_FINITE, "price")
    assert value == {"price": None, "size": 2}


def test_rows_of_one_subject_are_read_together_with_their_keys() -> None:
    entries = list(gathered([("s", 'k"1', b"1"), ("t", "k2", b"2"), ("s", "k3", b"3")]))
    assert [entry.key for entry in entries] == ["s", "t"]
    assert read_entry(entries[0]) == ({'k"1': 1, "k3": 3}, ())


def test_a_gathered_key_that_stands_twice_is_still_seen() -> None:
    (entry,) = gathered([("s", "k", b"1"), ("s", "k", b"2")])
    assert [remark.fault for remark in read_entry(entry)[1]] == [EntryFault.DUPLICATE_KEY]
