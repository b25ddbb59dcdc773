"""A claim as the row that keeps it: plain JSON out and back, and the digest that identifies it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import orjson

from registry.pricing.quotes import Quote
from registry.pricing.rates import PriceState
from registry.pricing.terms import STANDARD, Terms
from registry.scoring.comparisons import Relation
from scrapers.claims import (
    EntryFault,
    Facts,
    Note,
    NoteReason,
    OfferClaim,
    Remark,
    Scheduled,
    Statement,
)

_DATES = frozenset({"released_on", "deprecated_on", "retires_on"})
_LISTS = frozenset({"input_modalities", "output_modalities"})


def to_content(claim: OfferClaim) -> dict[str, Any]:
    """The claim as JSON; silence is left out, so equal claims give equal content."""
    content: dict[str, Any] = {"quotes": [_quote_out(quote) for quote in claim.quotes]}
    if claim.scheduled:
        content["scheduled"] = [
            {
                "starts_at": card.starts_at.isoformat() if card.starts_at else None,
                "quotes": [_quote_out(quote) for quote in card.quotes],
            }
            for card in claim.scheduled
        ]
    if facts := _facts_out(claim.facts):
        content["facts"] = facts
    if claim.remarks:
        content["remarks"] = remarks_out(claim.remarks)
    if claim.notes:
        content["notes"] = [[note.reason, note.field, note.value] for note in claim.notes]
    if claim.statements:
        content["statements"] = [_statement_out(statement) for statement in claim.statements]
    if claim.aliases:
        content["aliases"] = list(claim.aliases)
    return content


def from_content(
    content: dict[str, Any], *, provider: str, model_id: str, page: str | None
) -> OfferClaim:
    """The claim that `to_content` wrote."""
    return OfferClaim(
        provider=provider,
        model_id=model_id,
        quotes=tuple(_quote_in(row) for row in content["quotes"]),
        scheduled=tuple(
            Scheduled(
                datetime.fromisoformat(card["starts_at"]) if card["starts_at"] else None,
                tuple(_quote_in(row) for row in card["quotes"]),
            )
            for card in content.get("scheduled", ())
        ),
        facts=_facts_in(content.get("facts", {})),
        remarks=remarks_in(content.get("remarks", ())),
        notes=tuple(
            Note(NoteReason(reason), field, value)
            for reason, field, value in content.get("notes", ())
        ),
        aliases=tuple(content.get("aliases", ())),
        page=page,
        statements=statements_in(content),
    )


def statements_in(content: Mapping[str, Any]) -> tuple[Statement, ...]:
    """What a claim's content states of its offer beside others."""
    return tuple(
        Statement(
            aspect=row["aspect"],
            relation=Relation(row["relation"]),
            text=row["text"],
            field=row["field"],
            baseline=(row["baseline"][0], row["baseline"][1]) if "baseline" in row else None,
            basis=row.get("basis", ""),
            remarks=remarks_in(row.get("remarks", ())),
        )
        for row in content.get("statements", ())
    )


def digest_of(entry_key: str, claim: OfferClaim, content: dict[str, Any]) -> str:
    """sha256 over everything that the claim says and where the source says it."""
    return digest_over(entry_key, claim.provider, claim.model_id, claim.page, content)


def digest_over(
    entry_key: str, owner: str, name: str, page: str | None, content: dict[str, Any]
) -> str:
    """sha256 over a claim's names, page and content, and the entry that it stands in."""
    said = [entry_key, owner, name, page, content]
    return hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()


def restates(content: dict[str, Any], earlier: dict[str, Any]) -> bool:
    """Whether a claim still says every price that an earlier one said; it may say more.

    Where the earlier one said none, there is nothing to say again.
    """
    return (
        bool(earlier["quotes"] or earlier.get("scheduled"))
        and content.get("scheduled") == earlier.get("scheduled")
        and all(quote in content["quotes"] for quote in earlier["quotes"])
    )


def added_prices(
    content: dict[str, Any], earlier: dict[str, Any], known: Iterable[list[str]], *, at: datetime
) -> list[list[str]]:
    """The prices that a claim adds to the one that it restates: meter, terms, currency, moment.

    ``known``: those that the earlier one had added in its turn.
    """
    since = {(meter, terms, currency): moment for meter, terms, currency, moment in known}
    before = {_series(row) for row in earlier["quotes"]}
    return [
        [*series, since.get(series, at.isoformat())]
        for series in map(_series, content["quotes"])
        if series in since or series not in before
    ]


def _series(row: dict[str, Any]) -> tuple[str, str, str]:
    return row["meter"], row.get("terms", ""), row.get("currency", "USD")


def _quote_out(quote: Quote) -> dict[str, Any]:
    row: dict[str, Any] = {
        "field": quote.field,
        "meter": quote.meter,
        "text": quote.text,
        "per": str(quote.per),
    }
    if quote.terms != STANDARD:
        row["terms"] = quote.terms.key
    if quote.currency != "USD":
        row["currency"] = quote.currency
    if quote.subunits != 1:
        row["subunits"] = quote.subunits
    if quote.state is not None:
        row["state"] = quote.state.value
    if quote.derived:
        row["derived"] = True
    return row


def _quote_in(row: dict[str, Any]) -> Quote:
    return Quote(
        meter=row["meter"],
        text=row["text"],
        per=Decimal(row["per"]),
        field=row["field"],
        terms=Terms.parse(row["terms"]) if "terms" in row else STANDARD,
        currency=row.get("currency", "USD"),
        subunits=row.get("subunits", 1),
        state=PriceState(row["state"]) if "state" in row else None,
        derived=row.get("derived", False),
    )


def _statement_out(statement: Statement) -> dict[str, Any]:
    row: dict[str, Any] = {
        "aspect": statement.aspect,
        "relation": statement.relation.value,
        "text": statement.text,
        "field": statement.field,
    }
    if statement.baseline is not None:
        row["baseline"] = list(statement.baseline)
    if statement.basis:
        row["basis"] = statement.basis
    if statement.remarks:
        row["remarks"] = remarks_out(statement.remarks)
    return row


def remarks_out(remarks: Iterable[Remark]) -> list[list[str]]:
    """Remarks as JSON."""
    return [[r.fault, r.field, r.value, r.expected] for r in remarks]


def remarks_in(rows: Iterable[list[str]]) -> tuple[Remark, ...]:
    """The remarks that `remarks_out` wrote."""
    return tuple(
        Remark(EntryFault(fault), field, value, expected) for fault, field, value, expected in rows
    )


def _facts_out(facts: Facts) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for field in fields(facts):
        value = getattr(facts, field.name)
        if value is None or value == ():
            continue
        if isinstance(value, date):
            value = value.isoformat()
        said[field.name] = list(value) if isinstance(value, tuple) else value
    return said


def _facts_in(said: dict[str, Any]) -> Facts:
    values = dict(said)
    for name in _DATES & values.keys():
        values[name] = date.fromisoformat(values[name])
    for name in _LISTS & values.keys():
        values[name] = tuple(values[name])
    return Facts(**values)
