"""YAML is read as text: no number passes through a float, nothing multiplies."""

from __future__ import annotations

import pytest

from scrapers.claims import Entry, EntryFault, PageError, PageFault
from scrapers.entries import read_entry
from scrapers.yaml_text import yaml_items


def test_scalars_stay_as_written() -> None:
    body = b"- {rate: 35.60, cost: 1_000, hex: 0x10, yes: on, day: 2025-02-25, none: , s: '7'}\n"
    (item,) = yaml_items(body)
    value, remarks = read_entry(Entry("run", item))
    assert value == {
        "rate": "35.60",
        "cost": "1_000",
        "hex": "0x10",
        "yes": "on",
        "day": "2025-02-25",
        "none": None,
        "s": "7",
    }
    assert remarks == ()


def test_a_comment_is_no_part_of_a_figure_and_lists_nest() -> None:
    (item,) = yaml_items(b"- tokens: 0 # no thinking\n  list: [1.0, {a: b}]\n")
    assert read_entry(Entry("run", item))[0] == {"tokens": "0", "list": ["1.0", {"a": "b"}]}


def test_a_key_that_stands_twice_is_seen() -> None:
    (item,) = yaml_items(b"- rate: 35.6\n  rate: 53.6\n")
    _, remarks = read_entry(Entry("run", item))
    assert [remark.fault for remark in remarks] == [EntryFault.DUPLICATE_KEY]


@pytest.mark.parametrize(
    "body",
    [
        b"404: Not Found\n",
        b"<html></html>\n",
        b"- a: [1\n",
        b"- a: *b\n",
        b"- &a [x, x]\n- [*a, *a]\n",
        b"- {[1, 2]: 3}\n",
        b"- \xff\n",
        b"",
    ],
)
def test_what_is_no_plain_list_is_refused(body: bytes) -> None:
    with pytest.raises(PageError) as caught:
        list(yaml_items(body))
    assert caught.value.fault is PageFault.WRONG_FORMAT


def test_a_tag_constructs_nothing() -> None:
    (item,) = yaml_items(b"- a: !!python/object/apply:os.system ['true']\n")
    assert read_entry(Entry("run", item))[0] == {"a": ["true"]}
