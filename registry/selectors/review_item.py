"""One item of the queue with everything that a person needs to decide it."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from registry.catalog.models import Offer
from registry.curation.actions.answers import series_of_items
from registry.curation.evidence import gather
from registry.curation.models import AuditEvent, Review
from registry.curation.policy.cards import Card
from registry.curation.policy.decisions import Case
from registry.curation.policy.reasons import OF_FACTS, Finding
from registry.curation.policy.voices import Voice
from registry.curation.rows import rates_in
from registry.ingest.models import Claim
from registry.ledger.asof import rates_at
from registry.ledger.chain import head
from registry.ledger.points import NewPoint
from registry.ledger.standings import Standing
from registry.pricing.rates import PriceState, Rate, RateKey
from registry.selectors.desk_facts import FactTable, facts_of, proposed_by
from registry.selectors.desk_scores import ScoreTable, score_table
from registry.selectors.excerpts import Excerpt, excerpt
from registry.selectors.paging import NotHeld
from registry.selectors.review import subject_of
from registry.selectors.review_would import Told, told, would_publish

_EVENTS = 20


@dataclass(frozen=True, slots=True)
class Figure:
    """One price in a word: an amount as text or a state; ``amount`` where there is one."""

    text: str
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One source's word on an offer: how far it is trusted, since when it says so, and where.

    ``figures``: by series. ``refused``: a person has said that it is wrong.
    """

    source: str
    trust: int
    fresh: bool
    own: bool
    since: datetime
    claim_id: int
    faults: tuple[Finding, ...]
    figures: Mapping[RateKey, Figure]
    refused: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One series of an offer: what stands, what is proposed, what each side says (None: nothing).

    ``factor``: proposed over standing.
    """

    key: RateKey
    standing: Standing | None
    old: Figure | None
    new: Figure | None
    factor: Decimal | None
    said: tuple[Figure | None, ...]

    @property
    def changes(self) -> bool:
        """Whether the item would change it."""
        return self.new is not None and (self.old is None or self.old.text != self.new.text)


@dataclass(frozen=True, slots=True)
class Comparison:
    """An offer's card with what every source says of it, series by series."""

    offer: Offer
    head: int
    sides: tuple[Side, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """An item, the card around it, the bytes behind it, and what approving it would publish.

    ``would``: None where it cannot be approved as it stands. ``would_tell``: facts and scores, in
    words. ``facts``: of an item of a fact, the offer's and its model's. ``score``: of one of a
    score.
    """

    review: Review
    subject: str
    findings: tuple[Told, ...]
    comparison: Comparison | None
    claim: Claim | None
    excerpt: Excerpt | None
    would: tuple[NewPoint, ...] | None
    would_tell: tuple[str, ...]
    still: tuple[Told, ...]
    events: tuple[AuditEvent, ...]
    facts: tuple[FactTable, ...] = ()
    score: ScoreTable | None = None


def item(pk: int, *, at: datetime) -> Item:
    """The item; raises `NotHeld`. About a dozen statements, whatever the queue's length."""
    review = (
        Review.objects.select_related(
            "source", "run__snapshot", "offer__provider", "offer__model__lab"
        )
        .defer("run__snapshot__content")
        .filter(pk=pk)
        .first()
    )
    if review is None:
        raise NotHeld("review", pk)
    claim = _claim(review.claim_id)
    series = series_of_items([review]).get(review.pk)
    would, would_tell, still = would_publish(review, series, at)
    score = None if series is None else score_table(series, at=at)
    of_fact = review.reason in OF_FACTS
    return Item(
        review=review,
        subject=subject_of(review),
        findings=tuple(told(*finding) for finding in review.findings),
        comparison=None
        if review.offer is None
        else compare(review.offer, at=at, proposal=review.proposal),
        claim=claim,
        excerpt=None if claim is None else excerpt_of(claim, _looked_for(review, claim)),
        would=would,
        would_tell=would_tell,
        still=still,
        events=events_of(subject_of(review) if score is None else score.name),
        facts=_facts(review, at) if of_fact else (),
        score=score,
    )


def compare(offer: Offer, *, at: datetime, proposal: Iterable[list[str]] = ()) -> Comparison:
    """An offer's card beside what every source says of it now."""
    case = gather([offer.pk], at=at)[offer.pk]
    sides = tuple(_side(voice, case) for voice in _by_trust(case.voices))
    standing = {one.key: one for one in rates_at([offer.pk], at=at)[offer.pk]}
    new = {rate.key: _figure(rate) for rate in rates_in(proposal)}
    keys = {*standing, *new, *(key for side in sides for key in side.figures)}
    lines = tuple(
        _line(key, standing.get(key), new.get(key), sides) for key in sorted(keys, key=_order)
    )
    return Comparison(offer, head().number, sides, lines)


def excerpt_of(claim: Claim, figures: Collection[str] | None = None) -> Excerpt | None:
    """Where a claim's figures stand in the body that it was read from; None where none is held.

    ``figures``: what is looked for where it is not the claim's own figures.
    """
    snapshot = claim.first_run.snapshot
    if snapshot is None or snapshot.content is None:
        return None
    names = (claim.entry_key, claim.model_id, claim.entry_key.rpartition("/")[2])
    wanted = _quoted(claim) if figures is None else figures
    return excerpt(zlib.decompress(snapshot.content), names=names, figures=wanted)


def _quoted(claim: Claim) -> list[str]:
    """The figures of an offer's card or of one score, as the source writes them."""
    content = claim.content
    cards = [content.get("quotes", ()), *(card["quotes"] for card in content.get("scheduled", ()))]
    quotes = [quote for card in cards for quote in card]
    quotes += [content["quote"]] if "quote" in content else []
    remarks = [str(remark[2]) for remark in content.get("remarks", ())]
    return [*(quote["text"] for quote in quotes), *remarks]


def _facts(review: Review, at: datetime) -> tuple[FactTable, ...]:
    """What is said of the offer's facts and of its model's."""
    offer = review.offer
    if offer is None:
        return ()
    proposed = proposed_by(review.findings)
    rows = [row for row in (offer.model, offer) if row is not None]
    return tuple(facts_of(row, at=at, proposed=proposed) for row in rows)


def _looked_for(review: Review, claim: Claim) -> list[str] | None:
    """The words of a fact as a body may write them; None is a claim's own figures."""
    if review.reason not in OF_FACTS:
        return None
    facts = claim.content.get("facts", {})
    values = [facts[name] for _, name, _, _ in review.findings if name in facts]
    return [str(one) for value in values for one in (value if isinstance(value, list) else [value])]


def events_of(subject: str) -> tuple[AuditEvent, ...]:
    """What was done about a subject, the newest first."""
    events = AuditEvent.objects.filter(subject=subject).order_by("-at", "-pk")[:_EVENTS]
    return tuple(events)


def _claim(pk: int | None) -> Claim | None:
    if pk is None:
        return None
    return Claim.objects.select_related("source", "first_run__snapshot").get(pk=pk)


def _by_trust(voices: Collection[Voice]) -> list[Voice]:
    return sorted(voices, key=lambda voice: (-voice.trust, voice.source))


def _side(voice: Voice, case: Case) -> Side:
    return Side(
        source=voice.source,
        trust=voice.trust,
        fresh=voice.fresh,
        own=voice.own,
        since=voice.seen_at,
        claim_id=voice.claim_id,
        faults=voice.card.findings,
        figures=_figures(voice.card),
        refused=voice not in case.rulings.heard([voice]),
    )


def _figures(card: Card) -> dict[RateKey, Figure]:
    return {rate.key: _figure(rate) for rate in card.rates}


def _figure(rate: Rate) -> Figure:
    if rate.state is not PriceState.PRICED or rate.amount is None:
        return Figure(rate.state.value)
    return Figure(f"{rate.amount:f}", rate.amount)


def _line(
    key: RateKey, standing: Standing | None, new: Figure | None, sides: Iterable[Side]
) -> Line:
    old = None if standing is None else _figure(standing.rate)
    factor = None
    if old is not None and new is not None and old.amount and new.amount:
        factor = new.amount / old.amount
    return Line(key, standing, old, new, factor, tuple(side.figures.get(key) for side in sides))


def _order(key: RateKey) -> tuple[int, str, str, str]:
    return (key.terms.specificity, key.terms.key, key.meter, key.currency)
