"""A person's correction as a claim of its own: with a body, a run and a receipt like any other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from uuid import uuid4

import orjson
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from registry.catalog.models import Offer
from registry.curation.actions.audit import Hand
from registry.curation.actions.refusals import ActionRefused
from registry.curation.policy.voices import Price, Slot, Week, Window
from registry.curation.rows import Row, rates_in, rows_of
from registry.curation.rulings import staff_source
from registry.ingest.content import digest_of, to_content
from registry.ingest.intake import keep_snapshot
from registry.ingest.models import Claim, Run
from registry.ingest.runs import close_run
from registry.pricing.meters import METERS, UnknownMeter
from registry.pricing.quotes import Quote, QuoteError, read_quote
from registry.pricing.rates import PriceState, Rate, RateError
from registry.pricing.terms import Terms, TermsError
from scrapers.claims import OfferClaim

_ADDRESS_LENGTH = 500
_STATES = tuple(state.value for state in PriceState)


def read_rows(rows: Iterable[Row]) -> tuple[Rate, ...]:
    """The rates that a person has written, read as strictly as a source's figures.

    Raises `ActionRefused` naming what is none.
    """
    try:
        rates = tuple(read_quote(_quote_of(row)).rate for row in rows)
    except (RateError, TermsError, QuoteError) as error:
        raise ActionRefused(error.field, error.value, error.expected) from error
    except UnknownMeter as error:
        raise ActionRefused("meter", error.name, "a meter of the vocabulary") from error
    if not rates:
        raise ActionRefused("figures", "none", "at least one")
    if len({rate.key for rate in rates}) < len(rates):
        raise ActionRefused("figures", "one price twice", "a price once")
    return rates


def _quote_of(row: Row) -> Quote:
    meter, terms, currency, state, amount = (cell or "" for cell in row)
    if state not in _STATES:
        raise ActionRefused("state", state, f"one of {', '.join(_STATES)}")
    per = METERS[meter].unit_size if meter in METERS else Decimal(1)
    return Quote(
        meter, amount.strip(), per, meter, Terms.parse(terms), currency, state=PriceState(state)
    )


def whole_weeks(rates: Iterable[Rate], standing: Mapping[Slot, Week]) -> dict[Slot, Week]:
    """The slots that rates stand in, with what stands in their other windows."""
    weeks: dict[Slot, dict[Window, Price]] = {}
    for rate in rates:
        slot = Slot.of(rate.key)
        week = weeks.setdefault(slot, dict(standing.get(slot, {})))
        week[Window.of(rate.key)] = Price(rate.state, rate.amount)
    return dict(weeks)


def state_claim(
    offer: Offer, weeks: Mapping[Slot, Week], *, since: datetime, address: str, hand: Hand
) -> Claim:
    """The claim that these are the offer's prices from a moment on, with its statement as body."""
    refuse_address(address)
    rates = rates_in(rows_of(weeks))
    claim = OfferClaim(
        provider=offer.provider.slug,
        model_id=offer.provider_model_id,
        quotes=tuple(_quote(rate) for rate in rates),
        page=address or None,
    )
    said = {"offer": str(offer), "prices": rows_of(weeks), "since": since}
    run = keep_statement(said, address, hand)
    return stated_row(run, claim, since=since, offer=offer)


def keep_statement(said: Mapping[str, object], address: str, hand: Hand) -> Run:
    """The run of a statement under a slot of its own, which keeps its words as a body."""
    words = {
        **said,
        "seen_at": address,
        "note": hand.note,
        "by": hand.by,
        "at": hand.at,
    }
    body = orjson.dumps(words, option=orjson.OPT_INDENT_2)
    run = Run(
        source=staff_source(),
        slot=f"stated:{uuid4().hex}",
        at=hand.at,
        started_at=hand.at,
        address=address,
    )
    close_run(run, Run.Outcome.PUBLISHED, snapshot=keep_snapshot(body, "application/json"))
    return run


def stated_row(run: Run, claim: OfferClaim, *, since: datetime, offer: Offer | None) -> Claim:
    """The row of a person's claim; of a model's fact it belongs to no offer."""
    content = to_content(claim)
    return Claim.objects.create(
        source=run.source,
        digest=digest_of(run.slot, claim, content),
        entry_key=run.slot,
        provider_name=claim.provider,
        model_id=claim.model_id,
        content=content,
        page=claim.page or "",
        first_run=run,
        first_seen_at=run.at,
        priced_since=since,
        offer=offer,
    )


def refuse_address(address: str) -> None:
    """Raises `ActionRefused` for what is no web address; none is allowed."""
    if not address:
        return
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError as error:
        raise ActionRefused("address", address, "an address that begins with https://") from error
    if len(address) > _ADDRESS_LENGTH:
        raise ActionRefused("address", address[:40], f"at most {_ADDRESS_LENGTH} characters")


def _quote(rate: Rate) -> Quote:
    return Quote(
        meter=rate.meter,
        text="" if rate.amount is None else f"{rate.amount:f}",
        per=rate.per,
        field=rate.meter,
        terms=rate.terms,
        currency=rate.currency,
        state=None if rate.state is PriceState.PRICED else rate.state,
    )
