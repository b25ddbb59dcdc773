"""The kinds of values that name prices: models, terms, amounts, usage."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from registry.api.kinds import LONGEST_TEXT, Kind, matching, number, one_of, printable, where
from registry.pricing.exact import proportion
from registry.pricing.meters import METERS
from registry.pricing.rate_card import STANDARD_TIER
from registry.pricing.terms import TIERS, Terms
from registry.selectors.exchange import exchange_rates

_DECIMAL = re.compile(r"(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,12})?", re.ASCII)
_COUNT = re.compile(r"(?P<digits>0|[1-9][0-9]{0,14})(?P<size>[kMB]?)", re.ASCII)
_SIZES = {"": 1, "k": 10**3, "M": 10**6, "B": 10**9}
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_NAME_SCHEMA = {"type": "string", "pattern": "^[a-z0-9][a-z0-9._/+-]{0,63}$"}


def _amount(text: str) -> Decimal:
    return Decimal(where(text, _DECIMAL.fullmatch(text) is not None))


def _share(text: str) -> Decimal:
    share = _amount(text)
    return where(share, 0 <= share <= 1)


def _ratio(text: str) -> Decimal:
    into, _, out = text.partition(":")
    of_output = _amount(out or "1")
    return proportion(_amount(into), where(of_output, of_output > 0))


def _counts(text: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for part in text.split(","):
        meter, _, count = part.partition(":")
        match = _COUNT.fullmatch(count)
        if match is None or meter in counts or meter not in METERS:
            raise ValueError
        counts[meter] = int(match["digits"]) * _SIZES[match["size"]]
    return counts


def _model(text: str) -> tuple[str, str]:
    lab, _, slug = printable(text).partition("/")
    return where((lab, slug), bool(lab and slug))


def _term(name: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        Terms.of(**{name: text})
        return text

    return read


MODEL = Kind(
    _model,
    "a model's id with its lab, such as deepseek/deepseek-v4-pro",
    {
        "type": "string",
        "pattern": r"^[^/\x00-\x1f\x7f]+/[^\x00-\x1f\x7f]+$",
        "maxLength": LONGEST_TEXT,
    },
)
CURRENCY = Kind(
    matching(_CURRENCY),
    "three capital letters, such as USD",
    {"type": "string", "pattern": "^[A-Z]{3}$"},
)
CONVERTIBLE = one_of(exchange_rates().currencies)
TIER = one_of((STANDARD_TIER, *sorted(TIERS)))
REGION = Kind(_term("region"), "a region as rate cards name it, such as eu", _NAME_SCHEMA)
VARIANT = Kind(_term("variant"), "a variant as rate cards name it, such as 1080p", _NAME_SCHEMA)
CONTEXT = Kind(
    number(0, 10**15 - 1),
    "a number of tokens; 0 is no limit",
    {"type": "integer", "minimum": 0, "maximum": 10**15 - 1},
)
AMOUNT = Kind(
    _amount,
    "an amount such as 0.14",
    {"type": "string", "pattern": f"^{_DECIMAL.pattern}$", "examples": ["0.14"]},
)
SHARE = Kind(
    _share,
    "a decimal number from 0 to 1",
    {
        "type": "string",
        "pattern": r"^(?:0(?:\.[0-9]{1,12})?|1(?:\.0{1,12})?)$",
        "examples": ["0.25"],
    },
)
RATIO = Kind(
    _ratio,
    "input tokens to output tokens, such as 3:1",
    {
        "type": "string",
        "pattern": rf"^{_DECIMAL.pattern}(?::[1-9][0-9]{{0,11}}(?:\.[0-9]{{1,12}})?)?$",
        "examples": ["3:1"],
    },
)
COUNTS = Kind(
    _counts,
    "counts by meter, separated by commas, k, M and B for thousands, millions and billions: "
    "input_tokens:100M,output_tokens:20M",
    {"type": "string", "maxLength": LONGEST_TEXT, "examples": ["input_tokens:100M"]},
)
TERMS = Kind(
    Terms.parse,
    "terms as rate cards write them, such as context_over=272000;tier=batch, or nothing",
    {"type": "string", "maxLength": 500},
)
