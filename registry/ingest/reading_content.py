"""A claim of a score as the row that keeps it: plain JSON out and back."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from enum import StrEnum
from typing import Any

from registry.ingest.content import remarks_in, remarks_out
from registry.scoring.figures import Qualifier
from registry.scoring.readings import Evaluator, ReadingQuote
from registry.scoring.setups import Setup
from scrapers.claims import ReadingClaim

_OF_CLAIM = frozenset({"page"})
_WORDS: dict[str, type[StrEnum]] = {"evaluator": Evaluator, "qualifier": Qualifier}


def reading_out(claim: ReadingClaim) -> dict[str, Any]:
    """The claim as JSON; silence is left out, so equal claims give equal content."""
    content: dict[str, Any] = {
        "benchmark": claim.benchmark,
        "model": claim.model,
        "quote": _quote_out(claim.quote),
    }
    if claim.setup.key:
        content["setup"] = claim.setup.key
    if claim.remarks:
        content["remarks"] = remarks_out(claim.remarks)
    if claim.aliases:
        content["aliases"] = list(claim.aliases)
    return content


def reading_in(
    content: dict[str, Any], *, organisation: str, written: str, page: str
) -> ReadingClaim:
    """The claim that `reading_out` wrote."""
    return ReadingClaim(
        benchmark=content["benchmark"],
        model=content["model"],
        written=written,
        quote=_quote_in(content["quote"], page),
        setup=Setup.parse(content.get("setup", "")),
        lab=organisation or None,
        aliases=tuple(content.get("aliases", ())),
        remarks=remarks_in(content.get("remarks", ())),
    )


def _quote_out(quote: ReadingQuote) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for spec in fields(quote):
        value = getattr(quote, spec.name)
        if spec.name in _OF_CLAIM or value is None or value is False:
            continue
        said[spec.name] = value.isoformat() if isinstance(value, date) else value
    return said


def _quote_in(said: dict[str, Any], page: str) -> ReadingQuote:
    values = dict(said)
    for name, words in _WORDS.items():
        if name in values:
            values[name] = words(values[name])
    if "measured_on" in values:
        values["measured_on"] = date.fromisoformat(values["measured_on"])
    return ReadingQuote(**values, page=page)
