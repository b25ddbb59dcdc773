"""How much of a feed's money is understood: ``python -m scrapers.coverage DIRECTORY``.

Counts the figures that stand in price fields of a body by a rule of its own, blind to the parsers,
and holds them against what the parsers made of them: rates, figures set aside with a reason,
figures held with a reason. What is left over was dropped, and is shown as such.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import cast

from rich.console import Console
from rich.table import Table

from registry.pricing.quotes import Quote, QuoteError, read_quote
from scrapers.catalog import FEEDS, SourceSpec
from scrapers.claims import EntryFault, OfferClaim, Source
from scrapers.entries import read_entry
from scrapers.json_text import JsonValue

# Faults that concern one figure each.
_OF_FIGURES = frozenset(
    {
        EntryFault.CONFLICTING_FIGURES,
        EntryFault.NOT_A_FIGURE,
        EntryFault.UNKNOWN_FIELD,
        EntryFault.UNKNOWN_UNIT,
    }
)
_DIGITS = re.compile(r"[+-]?[0-9][0-9.]*(?:[eE][+-]?[0-9]+)?", re.ASCII)
_PLACE = re.compile(r"^.*: |\[\d+\]", re.S)

Path_ = tuple[str, ...]


def _litellm(path: Path_) -> bool:
    return len(path) > 1 and re.search("cost|pricing", path[1]) is not None and _is_price(path)


def _is_price(path: Path_) -> bool:
    return path[-1] not in {"range", "max_results_range", "weekdays", "size", "start", "discount"}


# Which numbers of an entry are prices, told by the keys that lead to them.
_PRICES: Mapping[str, Callable[[Path_], bool]] = {
    "litellm": _litellm,
    "models-dev": lambda path: "cost" in path and _is_price(path),
    "openrouter": lambda path: (
        "pricing" in path and path[-1] not in {"min_prompt_tokens", "utc_start", "utc_end"}
    ),
    "genai-prices": lambda path: "prices" in path and _is_price(path),
    "llm-prices": lambda path: path[-1] in {"input", "output", "input_cached"},
    "portkey": lambda path: path[-1] == "price",
}


@dataclass(slots=True)
class Coverage:
    """What became of the ``figures`` in the price fields of one source's newest bodies.

    ``rates`` are figures that the price model accepts; ``aside`` and ``held`` count the others by
    field and reason. ``derived`` rates come from multipliers and are no figures of the source.
    """

    figures: int = 0
    rates: int = 0
    derived: int = 0
    entries: int = 0
    aside: Counter[tuple[str, str]] = field(default_factory=Counter)
    held: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def dropped(self) -> int:
        """Figures that nothing speaks of; below zero where one figure is spoken of twice."""
        return self.figures - self.rates - self.aside.total() - self.held.total()

    @property
    def share_of_prices(self) -> Decimal:
        """Rates among all figures but those set aside and the zeros, which are no prices."""
        zeros = sum(count for (_, reason), count in self.held.items() if reason == "zero")
        return _share(self.rates, self.figures - self.aside.total() - zeros)

    @property
    def share_accounted(self) -> Decimal:
        """Rates and figures set aside, among all figures."""
        return _share(self.rates + self.aside.total(), self.figures)


def measure(spec: SourceSpec, bodies: Iterable[tuple[str, bytes]]) -> Coverage:
    """The coverage of a source's bodies, given by part."""
    parser = cast(Source, import_module(f"scrapers.sources.{spec.parser}"))
    coverage = Coverage()
    for part, body in bodies:
        for entry in parser.split(body, part):
            coverage.entries += 1
            value, _ = read_entry(entry)
            coverage.figures += sum(map(_PRICES[spec.slug], _figures(value)))
            for claim in parser.read(entry):
                _account(coverage, claim)
    return coverage


def newest(directory: Path, spec: SourceSpec) -> list[tuple[str, Path]]:
    """Part and path of the newest recording of each part that lies under a directory."""
    found: dict[str, Path] = {}
    for recorded in spec.recorded_as:
        for path in directory.glob(recorded.pattern):
            part = path.stem if recorded.part == "*" else recorded.part
            if part not in found or path.parts > found[part].parts:
                found[part] = path
    return sorted(found.items())


def _account(coverage: Coverage, claim: OfferClaim) -> None:
    quotes = [*claim.quotes, *(quote for card in claim.scheduled for quote in card.quotes)]
    for quote in quotes:
        _weigh(coverage, quote)
    for note in claim.notes:
        if _DIGITS.fullmatch(note.value):
            coverage.aside[_name(note.field), note.reason] += 1
    for remark in claim.remarks:
        if remark.fault in _OF_FIGURES:
            coverage.held[_name(remark.field), remark.fault] += 1


def _weigh(coverage: Coverage, quote: Quote) -> None:
    try:
        read_quote(quote)
    except QuoteError as error:
        coverage.held[_name(quote.field), error.fault] += not quote.derived
        return
    if quote.derived:
        coverage.derived += 1
    elif _DIGITS.fullmatch(quote.text):
        coverage.rates += 1


def _name(field: str) -> str:
    return _PLACE.sub("", field)


def _figures(value: JsonValue, path: Path_ = ()) -> Iterator[Path_]:
    """The keys that lead to each number of a value, or to a text that is one."""
    if isinstance(value, dict):
        for key, member in value.items():
            yield from _figures(member, (*path, key))
    elif isinstance(value, list):
        for item in value:
            yield from _figures(item, path)
    elif not isinstance(value, bool | None) and _DIGITS.fullmatch(str(value)):
        yield path


def _share(part: int, whole: int) -> Decimal:
    return (Decimal(100) * part / whole).quantize(Decimal("0.01")) if whole else Decimal(100)


def main(directory: Path) -> None:
    """Prints the coverage of each feed's newest recordings under a directory."""
    # Wide enough for a field's whole name, also where the output is a file.
    console = Console(width=150)
    table = Table("source", "entries", "figures", "rates", "aside", "held", "dropped", "derived",
                  "% of prices", "% accounted")  # fmt: skip
    reasons = Table("source", "what became of it", "reason", "field", "count")
    for spec in FEEDS:
        files = newest(directory, spec)
        coverage = measure(spec, ((part, path.read_bytes()) for part, path in files))
        table.add_row(
            spec.slug,
            *map(str, (coverage.entries, coverage.figures, coverage.rates)),
            *map(str, (coverage.aside.total(), coverage.held.total(), coverage.dropped)),
            *map(str, (coverage.derived, coverage.share_of_prices, coverage.share_accounted)),
        )
        for fate, counts in (("held", coverage.held), ("set aside", coverage.aside)):
            for (name, reason), count in counts.most_common():
                reasons.add_row(spec.slug, fate, reason, name, str(count))
    console.print(reasons)
    console.print(table)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
