"""A person's fact as a claim of its own: with a body, a run and a receipt like any other."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from registry.catalog.facts import KINDS, FactError, FactValue, Kind, in_order, text_of, value_of
from registry.catalog.models import Model, Offer
from registry.curation.actions.audit import Hand
from registry.curation.actions.refusals import ActionRefused
from registry.curation.actions.statements import keep_statement, refuse_address, stated_row
from registry.curation.policy.facts.doubts import implausible
from registry.ingest.models import Claim
from scrapers.claims import Facts, OfferClaim

_FLAGS = {"true": True, "yes": True, "false": False, "no": False}


def read_fact(name: str, text: str, *, at: datetime) -> FactValue:
    """The value that a person has written of a fact; raises `ActionRefused`.

    A count is a whole number, a flag true or false, modalities are words by commas, a day is
    2026-04-24.
    """
    text = text.strip()
    if name not in KINDS:
        raise ActionRefused("fact", name or "nothing", f"one of {', '.join(KINDS)}")
    try:
        value = value_of(name, text_of(_written(KINDS[name], text)))
    except (FactError, ValueError) as error:
        expected = error.expected if isinstance(error, FactError) else _EXPECTED[KINDS[name]]
        raise ActionRefused(name, text or "nothing", expected) from error
    doubt = implausible(name, value, at=at) if KINDS[name] is not Kind.TEXT else None
    if doubt is not None:
        raise ActionRefused(name, doubt.value, doubt.expected)
    return value


def state_fact(
    of: Offer | Model, name: str, value: FactValue, *, since: datetime, address: str, hand: Hand
) -> Claim:
    """The claim that this is the fact from a moment on; raises `ActionRefused` for the address."""
    refuse_address(address)
    offer = of if isinstance(of, Offer) else None
    owner, slug = str(of).split("/", 1)
    claim = OfferClaim(
        provider=owner,
        model_id=slug,
        quotes=(),
        facts=Facts(**{name: _said(name, value)}),
        page=address or None,
    )
    said = {"of": str(of), "fact": name, "value": value, "since": since}
    run = keep_statement(said, address, hand)
    return stated_row(run, claim, since=since, offer=offer)


_EXPECTED = {
    Kind.COUNT: "a whole number",
    Kind.FLAG: "true or false",
    Kind.DAY: "a day such as 2026-04-24",
    Kind.WORDS: "words by commas",
    Kind.TEXT: "a text",
}


def _written(kind: Kind, text: str) -> FactValue:
    match kind:
        case Kind.COUNT:
            if not (text.isascii() and text.isdigit()):
                raise ValueError(text)
            return int(text)
        case Kind.FLAG:
            if text.lower() not in _FLAGS:
                raise ValueError(text)
            return _FLAGS[text.lower()]
        case Kind.WORDS:
            words = (word.strip().lower() for word in text.split(","))
            return in_order(word for word in words if word)
        case _:
            return text


def _said(name: str, value: FactValue) -> Any:
    """A value as a claim's facts hold it."""
    return date.fromisoformat(str(value)) if KINDS[name] is Kind.DAY else value
