"""What the article's sentences say: dates, facts, prices in passing, bills and comparisons.

Only sentences of a declared form are read. A figure that may have lost its ``$1`` bears the mark
`EATEN` in front and is never read as what is left of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from scrapers.facts import day_written
from scrapers.figures import token_count
from scrapers.sources.tokenmix.layout import EATEN
from scrapers.sources.tokenmix.names import Named, Names

NAME = r"[A-Z][\w.]*(?:[ -][\w.]*\w){0,3}?"
MONEY = rf"(?:\$[0-9][0-9,.]*[0-9]|\$[0-9]|{EATEN}[.,]?[0-9][0-9,.]*|{EATEN})"
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"

_RELEASED = re.compile(
    rf"(?:shipped|released|launched) (?P<names>{NAME}(?:(?:,| and|, and) {NAME})*)"
    rf"(?: [0-9]+ (?:hours|days) later,)? on (?P<day>(?:{_MONTHS}) [0-9]{{1,2}})"
    r"(?:, (?P<year>20[0-9]{2}))?"
)
PAIR = re.compile(
    rf"(?P<name>{NAME})(?: in between)? at (?P<input>{MONEY})\s?/\s?(?P<output>{MONEY})"
    r"(?: per MTok)?(?: \((?P<n>[0-9.]+)× cheaper\))?"
    r"(?P<attributes>(?:, (?:[^,.]|\.(?=[0-9]))+)*)"
)
_OPEN = re.compile(r"(?:(?P<licence>[A-Z][\w. -]*?) )?open-weight")
_IS_OPEN = re.compile(rf"(?P<name>{NAME}) is (?:(?P<licence>[A-Z][\w. -]*?) )open-weight")
_CONTEXT = re.compile(r"(?P<count>[0-9]+[KM]) context")
_PARAMETERS = re.compile(
    rf"(?P<name>{NAME}) has (?P<total>[0-9.]+[BT]) total / (?P<active>[0-9.]+[BT]) active"
)
_TEXT_ONLY = re.compile(rf"^(?P<name>{NAME}): [^\n]*\bText-only\b", re.M)
_TOOLS = re.compile(
    rf"^Does (?P<name>{NAME}) have function calling[^\n]*\n(?P<said>Yes|No)\b", re.M
)
_SCALES = {"B": Decimal(10) ** 9, "T": Decimal(10) ** 12}

_WORKLOAD = re.compile(
    r"(?P<input>[0-9]+)(?P<input_scale>[KMB]) input \+ (?P<output>[0-9]+)(?P<output_scale>[KMB]) "
    r"output tokens\s?/\s?month"
)
_BILL = re.compile(
    rf"^(?P<name>{NAME}):\s+(?P<input>{MONEY}) input \+ (?P<output>{MONEY}) output ="
    rf"\s*(?P<total>{MONEY})/month",
    re.M,
)
_COUNTS = {"K": 10**3, "M": 10**6, "B": 10**9}

_FORECAST = re.compile(
    rf"Expect (?P<name>{NAME}) at (?P<price>\S+(?: {EATEN}\S+)?)/MTok (?P<what>\w+) "
    r"by (?P<when>[^.\n]+)\."
)


@dataclass(frozen=True, slots=True)
class Pair:
    """An input and an output price in passing, as written."""

    model: Named
    input: str
    output: str


@dataclass(frozen=True, slots=True)
class Bill:
    """A month's bill, part by part as written."""

    model: Named
    input: str
    output: str
    total: str


@dataclass(frozen=True, slots=True)
class Workload:
    """The tokens of a month."""

    input: int
    output: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """A price that is expected of a model that does not exist yet."""

    name: str
    what: str
    price: str


@dataclass(slots=True)
class Prose:
    """The sentences of an article; ``baseline`` is the model that it compares all others with."""

    text: str
    names: Names
    baseline: Named | None
    facts: dict[Named, dict[str, Any]] = field(default_factory=dict)

    def learn(self, model: Named, **said: Any) -> None:
        """Keeps what is said first of a model; None and () are silence."""
        known = self.facts.setdefault(model, {})
        for name, value in said.items():
            if value not in (None, ()):
                known.setdefault(name, value)

    def learn_facts(self) -> None:
        """Release days, openness, licences, context, parameters, modalities, tools."""
        for model, day in self._released():
            self.learn(model, released_on=day)
        for match, model in self._found(PAIR):
            self._learn_attributes(model, match["attributes"])
        for match, model in self._found(_IS_OPEN):
            self.learn(model, open_weights=True, licence=match["licence"])
        for match, model in self._found(_PARAMETERS):
            total, active = _parameters(match["total"]), _parameters(match["active"])
            self.learn(model, total_parameters=total, active_parameters=active)
        for _, model in self._found(_TEXT_ONLY):
            self.learn(model, input_modalities=("text",))
        for match, model in self._found(_TOOLS):
            self.learn(model, tool_calls=match["said"] == "Yes")

    def pairs(self) -> Iterator[Pair]:
        """Prices in passing: ``GPT-5.5 at $5/$30``."""
        for match, model in self._found(PAIR):
            yield Pair(model, match["input"], match["output"])

    def workload(self) -> Workload | None:
        """The usage that the bills are of."""
        match = _WORKLOAD.search(self.text)
        if match is None:
            return None
        return Workload(
            int(match["input"]) * _COUNTS[match["input_scale"]],
            int(match["output"]) * _COUNTS[match["output_scale"]],
        )

    def bills(self) -> Iterator[Bill]:
        """The bills of a month."""
        for match, model in self._found(_BILL):
            yield Bill(model, match["input"], match["output"], match["total"])

    def forecasts(self) -> Iterator[Forecast]:
        """Prices that the article expects."""
        for match in _FORECAST.finditer(self.text):
            price = match["price"].replace(f" {EATEN}", "").replace(EATEN, "")
            yield Forecast(match["name"], f"{match['what']} by {match['when']}", price)

    def _found(self, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], Named]]:
        """Each model that the name in a match means."""
        for match in pattern.finditer(self.text):
            for model in self.names.every(match["name"]):
                yield match, model

    def _released(self) -> Iterator[tuple[Named, date]]:
        year = None
        for match in _RELEASED.finditer(self.text):
            year = match["year"] or year
            day = day_written(f"{match['day']} {year}", "%B %d %Y")
            if day is None:
                continue
            for name in re.split(r",? and |, ", match["names"]):
                for model in self.names.every(name):
                    yield model, day

    def _learn_attributes(self, model: Named, attributes: str) -> None:
        for attribute in filter(None, attributes.split(", ")):
            said = attribute.strip()
            context, opened = _CONTEXT.fullmatch(said), _OPEN.fullmatch(said)
            if context:
                self.learn(model, context_tokens=token_count(context["count"]))
            elif opened:
                self.learn(model, open_weights=True, licence=opened["licence"])
            elif said == "closed-weight":
                self.learn(model, open_weights=False)


def _parameters(text: str) -> int:
    return int(Decimal(text[:-1]) * _SCALES[text[-1]])
