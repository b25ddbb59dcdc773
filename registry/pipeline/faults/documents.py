"""The six feeds as documents of rows, whose prices can be read and overwritten as they stand.

Numbers keep their text: ``5e-06`` comes out as ``5e-06``, and any text may be put in its place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

_NUMBER = "\x00"
_WRITTEN_NUMBER = re.compile(r'"\\u0000([^"]*)"')
_PRICE = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")

Holder = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Figure:
    """One price where it stands."""

    name: str
    holder: Holder
    place: str

    @property
    def text(self) -> str:
        """As the body writes it; empty once it is gone."""
        return str(self.holder.get(self.place) or "").removeprefix(_NUMBER)

    def write(self, text: str) -> None:
        """Puts another text in its place, a number where a number stood."""
        was_number = str(self.holder.get(self.place, _NUMBER)).startswith(_NUMBER)
        self.holder[self.place] = f"{_NUMBER}{text}" if was_number else text

    def clear(self) -> None:
        """Leaves null in its place."""
        self.holder[self.place] = None

    def drop(self) -> None:
        """Takes it out with its name."""
        self.holder.pop(self.place, None)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a feed and its prices above zero, by name."""

    key: str
    figures: dict[str, Figure]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a feed keeps its rows, and what it calls the plain prices of input and output.

    ``names``: the row keys that an entry's text speaks of.
    """

    rows: Callable[[Any], Iterator[tuple[str, Iterator[tuple[str, Holder, str]]]]]
    names: Callable[[str, Any], Iterator[str]]
    input: str
    output: str


def read_document(body: bytes) -> Any:
    """The body as plain values in which every number is its marked text."""
    return json.loads(body, parse_float=_marked, parse_int=_marked, parse_constant=_marked)


def _marked(number: str) -> str:
    return f"{_NUMBER}{number}"


def write_document(document: Any) -> bytes:
    """The body again, numbers as they were written."""
    return _WRITTEN_NUMBER.sub(r"\1", json.dumps(document)).encode()


def rows_of(layout: Layout, document: Any) -> list[Row]:
    """The rows that state a price, in the order of the body."""
    rows = []
    for key, places in layout.rows(document):
        figures = [Figure(name, holder, place) for name, holder, place in places]
        priced = {f.name: f for f in figures if _is_price(f)}
        if priced:
            rows.append(Row(key, priced))
    return rows


def _is_price(figure: Figure) -> bool:
    return bool(_PRICE.fullmatch(figure.text)) and float(figure.text) > 0


def _flat(holder: Any, only: Callable[[str], bool] = bool) -> Iterator[tuple[str, Holder, str]]:
    if isinstance(holder, dict):
        for name, value in holder.items():
            if isinstance(value, str) and only(name):
                yield name, holder, name


def _litellm(document: Any) -> Iterator[tuple[str, Iterator[tuple[str, Holder, str]]]]:
    for key, row in document.items():
        yield key, _flat(row, lambda name: "cost" in name)


def _models_dev(document: Any) -> Iterator[tuple[str, Iterator[tuple[str, Holder, str]]]]:
    for provider, about in document.items():
        for model_id, row in about["models"].items():
            yield f"{provider}/{model_id}", _flat(row.get("cost"))


def _openrouter(document: Any) -> Iterator[tuple[str, Iterator[tuple[str, Holder, str]]]]:
    for row in document["data"]:
        yield row["id"], _flat(row.get("pricing"), lambda name: name != "discount")


def _genai_prices(document: Any) -> Iterator[tuple[str, Iterator[tuple[str, Holder, str]]]]:
    for provider in document:
        for row in provider["models"]:
            yield f"{provider['id']}/{row['id']}", _dated(row.get("prices"))


def _dated(prices: Any) -> Iterator[tuple[str, Holder, str]]:
    """Of prices with dates or hours, the last."""
    last = prices[-1].get("prices") if isinstance(prices, list) and prices else prices
    yield from _flat(last)
    for name, value in last.items() if isinstance(last, dict) else ():
        if isinstance(value, dict):
            yield name, value, "base"


def _llm_prices(document: Any) -> Iterator[tuple[str, Iterator[tuple[str, Holder, str]]]]:
    for row in document["prices"]:
        names = ("input", "output", "input_cached")
        yield f"{row['vendor']}/{row['id']}", _flat(row, names.__contains__)


def _portkey(document: Any) -> Iterator[tuple[str, Iterator[tuple[str, Holder, str]]]]:
    for key, row in document.items():
        config = row.get("pricing_config") or {} if key != "default" else {}
        prices = config.get("pay_as_you_go") or {}
        holders = {name: v for name, v in prices.items() if isinstance(v, dict) and "price" in v}
        yield key, ((name, holder, "price") for name, holder in holders.items())


def _itself(key: str, value: Any) -> Iterator[str]:
    yield key


def _members(key: str, value: Any) -> Iterator[str]:
    yield from value


def _ids(key: str, value: Any) -> Iterator[str]:
    for row in value:
        yield f"{row['vendor']}/{row['id']}" if "vendor" in row else row["id"]


LAYOUTS = {
    "litellm": Layout(_litellm, _members, "input_cost_per_token", "output_cost_per_token"),
    "models-dev": Layout(_models_dev, _itself, "input", "output"),
    "openrouter": Layout(_openrouter, _ids, "prompt", "completion"),
    "genai-prices": Layout(_genai_prices, _itself, "input_mtok", "output_mtok"),
    "llm-prices": Layout(_llm_prices, _ids, "input", "output"),
    "portkey": Layout(_portkey, _members, "request_token", "response_token"),
}
