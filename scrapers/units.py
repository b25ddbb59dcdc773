"""The unit behind a price as pages write it: ``/ MTok``, ``per 1,000 pages``, ``/ 百万 tokens``.

A unit is a count (``1``, ``1,000``, ``1M``, ``百万``) of a noun (tokens, pages, minutes). What
reads otherwise is no unit: a figure under it is held, since its size would be a guess.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from registry.pricing.meters import Unit

ONE = Decimal(1)
THOUSAND = Decimal(1_000)
MILLION = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Bought:
    """What a figure buys: so many of a unit. It fits meters of that unit only."""

    amount: Decimal
    unit: Unit


TOKENS_1M = Bought(MILLION, Unit.TOKEN)

_SCALES: Mapping[str, Decimal] = {
    **dict.fromkeys(("k", "thousand", "千"), THOUSAND),
    "万": Decimal(10_000),
    **dict.fromkeys(("m", "million", "mn", "百万"), MILLION),
    **dict.fromkeys(("b", "billion", "十亿"), Decimal(1_000_000_000)),
}
# One, or for time: how many seconds. Each noun also has its plural.
_NOUNS: Mapping[str, Bought] = {
    **dict.fromkeys(("token", "tok", "词元"), Bought(ONE, Unit.TOKEN)),
    **dict.fromkeys(("character", "char", "字符"), Bought(ONE, Unit.CHARACTER)),
    **dict.fromkeys(("pixel", "像素"), Bought(ONE, Unit.PIXEL)),
    **dict.fromkeys(("image", "video", "session", "张", "视频"), Bought(ONE, Unit.ITEM)),
    **dict.fromkeys(("page", "call", "request", "query", "search query"), Bought(ONE, Unit.CALL)),
    **dict.fromkeys(("queries", "search queries", "次"), Bought(ONE, Unit.CALL)),
    **dict.fromkeys(("second", "sec", "秒"), Bought(ONE, Unit.SECOND)),
    **dict.fromkeys(("minute", "min", "分钟"), Bought(Decimal(60), Unit.SECOND)),
    **dict.fromkeys(("hour", "hr", "小时"), Bought(Decimal(3_600), Unit.SECOND)),
}
_MTOK_FOR_SHORT = "mt"

_START = re.compile(r"/|\bper\b|每", re.I)
_UNIT = re.compile(
    r"(?P<count>[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]*|an?|one)?\s*"
    rf"(?P<scale>{'|'.join(sorted(_SCALES, key=len, reverse=True))})?[\s-]*"
    rf"(?:(?P<noun>{'|'.join(sorted(_NOUNS, key=len, reverse=True))})s?)?",
    re.I,
)
# Where a page says that its prices are for so few tokens, a figure without a unit is not for more.
_PER_THOUSAND = re.compile(
    r"(?:\bper|/|每)\s*(?:1[ ,]?000|(?:1\s?)?k|(?:one |a )?thousand|千)(?:\s|&nbsp;)*-?tok|元/千",
    re.I,
)


def figure_and_unit(text: str) -> tuple[str, str | None]:
    """The text before the first ``/``, ``per`` or ``每``, and what stands behind; None if none."""
    start = _START.search(text)
    if start is None:
        return text, None
    return text[: start.start()].strip(), text[start.end() :].strip()


def bought(unit: str) -> Bought | None:
    """What a unit without its ``/`` or ``per`` comes to; None where it is not certain.

    A count without a noun (``1M``) is one of tokens if it is a million; a bare ``M`` may be a
    minute, and a thousand of something unsaid may be anything.
    """
    folded = " ".join(unit.casefold().split())
    if folded.removeprefix("1").strip() == _MTOK_FOR_SHORT:
        return TOKENS_1M
    match = _UNIT.fullmatch(folded)
    if match is None or not folded:
        return None
    count = match["count"] or ""
    amount = Decimal(count.replace(",", "")) if count[:1].isdigit() else ONE
    amount *= _SCALES[match["scale"]] if match["scale"] else ONE
    if match["noun"] is None:
        said = count or len(match["scale"] or "") > 1
        return TOKENS_1M if said and amount == MILLION else None
    noun = _NOUNS[match["noun"]]
    return Bought(amount * noun.amount, noun.unit)


def says_per_thousand(text: str) -> str | None:
    """Where a text prices a thousand tokens, in its own words; None where it does not."""
    match = _PER_THOUSAND.search(text)
    return match[0] if match else None
