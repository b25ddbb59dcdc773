"""One spoilt body beside what stands: taken through every stage, judged, and undone."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum

import orjson
from django.db import transaction

from registry.curation.evidence import current_cards
from registry.curation.models import Review
from registry.curation.policy.thresholds import AGREEMENT
from registry.ingest.intake import parser_of
from registry.ingest.models import Claim, Run, SourceEntry
from registry.ingest.runs import GOOD, Delivery
from registry.ledger.asof import rates_at
from registry.ledger.models import PricePoint, Revision
from registry.pipeline.archive import Recording
from registry.pipeline.faults.documents import (
    LAYOUTS,
    Layout,
    Row,
    read_document,
    rows_of,
    write_document,
)
from registry.pipeline.faults.kinds import IN_A_ROW, IN_A_STRETCH, IN_ALL, Spoil
from registry.pipeline.stages import process
from registry.pricing.rates import RateKey
from registry.pricing.terms import Terms

_LATER = timedelta(hours=1)
_LARGEST_LOT = 100
_STRETCH = (3, 30)


class Outcome(StrEnum):
    """What became of a fault.

    ``unheeded``: nothing was held, and what is published is what was published before, or what the
    source says where it is not spoilt: others outvote it. ``said_elsewhere``: published, and an
    independent source states the very figure. ``served``: a wrong price, published.
    """

    HELD = "held"
    REJECTED = "rejected"
    RUN_REFUSED = "run refused"
    UNHEEDED = "unheeded"
    SAID_ELSEWHERE = "said elsewhere"
    SERVED = "served"


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault to put into a recording: which kind, where, and by which seed."""

    kind: str
    spoil: Spoil
    entries: tuple[str, ...]
    rows: tuple[str, ...]
    seed: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one fault; ``served``: the wrong steps, and the largest of their factors."""

    fault: Fault
    outcome: Outcome
    served: tuple[str, ...] = ()
    factor: Decimal = Decimal(1)


@dataclass(slots=True)
class Trial:
    """A feed's recording that was just taken, and everything that a trial needs of it."""

    recording: Recording
    layout: Layout
    body: bytes
    rows: list[str]
    entry_of: dict[str, str]
    offers: dict[str, set[int]]
    _deliveries: Iterator[int] = field(default_factory=lambda: iter(range(10**9)))

    @classmethod
    def of(cls, recording: Recording) -> Trial | None:
        """The rows of a recording whose price stands and is not held; None where there are none."""
        slug, body = recording.source.slug, recording.path.read_bytes()
        layout = LAYOUTS[slug]
        entry_of = {
            name: entry.key
            for entry in parser_of(recording.source.parser).split(body, recording.part)
            for name in layout.names(entry.key, orjson.loads(entry.raw.split(b"\n{")[0]))
        }
        offers = _standing_offers(recording)
        rows = [
            row.key for row in rows_of(layout, read_document(body))
            if entry_of.get(row.key) in offers
        ]  # fmt: skip
        return cls(recording, layout, body, rows, entry_of, offers) if rows else None

    def draw(self, count: int, rng: random.Random) -> list[list[Fault]]:
        """Faults in lots that one body can hold: those of a row beside each other, others alone."""
        lots: list[list[Fault]] = []
        lot_size = max(1, min(_LARGEST_LOT, len(self.rows) // 20))
        open_lot: list[Fault] = []
        for _ in range(count):
            fault = self._fault(rng)
            if fault.kind not in IN_A_ROW:
                lots.append([fault])
                continue
            if any(set(fault.entries) & set(other.entries) for other in open_lot):
                lots.append(open_lot)
                open_lot = []
            open_lot.append(fault)
            if len(open_lot) == lot_size:
                lots.append(open_lot)
                open_lot = []
        return [*lots, open_lot] if open_lot else lots

    def _fault(self, rng: random.Random) -> Fault:
        chance, seed = rng.random(), rng.getrandbits(32)
        if chance < 0.02:
            kind, rows = rng.choice(list(IN_ALL)), self.rows
        elif chance < 0.06 and len(self.rows) > _STRETCH[0]:
            kind = rng.choice(list(IN_A_STRETCH))
            first = rng.randrange(len(self.rows) - _STRETCH[0])
            rows = self.rows[first : first + rng.randint(*_STRETCH)]
        else:
            kind, rows = rng.choice(list(IN_A_ROW)), [rng.choice(self.rows)]
        entries = tuple(dict.fromkeys(self.entry_of[row] for row in rows))
        spoil = (IN_A_ROW | IN_A_STRETCH | IN_ALL)[kind]
        return Fault(kind, spoil, entries, tuple(rows), seed)

    def judge(self, faults: Sequence[Fault]) -> Iterator[Verdict]:
        """Delivers one body with all the faults; where it is refused as a whole, by halves."""
        document = read_document(self.body)
        by_key = {row.key: row for row in rows_of(self.layout, document)}
        spoilt = [fault for fault in faults if self._spoil(by_key, fault)]
        if not spoilt:
            return
        with transaction.atomic():
            verdicts = self._deliver(write_document(document), spoilt)
            transaction.set_rollback(True)
        if verdicts is None:
            middle = len(faults) // 2
            yield from self.judge(faults[:middle])
            yield from self.judge(faults[middle:])
        else:
            yield from verdicts

    def _spoil(self, by_key: dict[str, Row], fault: Fault) -> bool:
        rng = random.Random(fault.seed)  # noqa: S311 - the same fault for a seed
        return fault.spoil([by_key[key] for key in fault.rows], self.layout, rng)

    def _deliver(self, body: bytes, faults: Sequence[Fault]) -> list[Verdict] | None:
        offers = {pk for fault in faults for key in fault.entries for pk in self.offers[key]}
        words = _Words.before(self.recording.source.slug, offers, self.recording)
        head = Revision.objects.count()
        at = self.recording.at + _LATER
        run = process(
            Delivery(
                source=self.recording.source.slug,
                part=self.recording.part,
                body=body,
                at=at,
                slot=f"fault:{next(self._deliveries)}",
                fresh_until=self.recording.next_at,
            )
        )
        if run is None or run.outcome not in GOOD:
            single = len(faults) == 1
            return [Verdict(faults[0], Outcome.RUN_REFUSED)] if single else None
        if run.outcome == Run.Outcome.UNCHANGED:
            return []
        points = PricePoint.objects.filter(revision_id__gt=head).select_related("series")
        wrong = words.wrong(points)
        kept = dict(
            Review.objects.filter(
                state=Review.State.OPEN, source=run.source, offer_id__in=offers
            ).values_list("offer_id", "outcome")
        )
        return [self._verdict(fault, wrong, kept) for fault in faults]

    def _verdict(
        self, fault: Fault, wrong: dict[int, list[_Wrong]], kept: dict[int, str]
    ) -> Verdict:
        offers = {pk for key in fault.entries for pk in self.offers[key]}
        served = [one for pk in offers for one in wrong.get(pk, ())]
        lies = [one for one in served if not one.elsewhere]
        if served:
            outcome = Outcome.SERVED if lies else Outcome.SAID_ELSEWHERE
            factor = max(one.factor for one in served)
            return Verdict(fault, outcome, tuple(one.told for one in lies or served), factor)
        outcomes = {kept[pk] for pk in offers if pk in kept}
        if Review.Outcome.REJECT in outcomes:
            return Verdict(fault, Outcome.REJECTED)
        return Verdict(fault, Outcome.HELD if outcomes else Outcome.UNHEEDED)


def _standing_offers(recording: Recording) -> dict[str, set[int]]:
    """By entry, its offers, where all of them have a price and nothing of theirs is held."""
    links = SourceEntry.objects.filter(
        source__slug=recording.source.slug, part=recording.part, missed_runs=0
    ).values_list("key", "claims__offer_id")
    offers: dict[str, set[int]] = defaultdict(set)
    for key, offer_id in links:
        offers[key].add(offer_id or 0)
    everyone = {pk for group in offers.values() for pk in group}
    standing = {pk for pk, card in rates_at(everyone, at=recording.at).items() if card}
    held = set(
        Review.objects.filter(
            state=Review.State.OPEN, source__slug=recording.source.slug
        ).values_list("offer_id", flat=True)
    )
    return {key: group for key, group in offers.items() if group <= standing - held}


_Place = tuple[int, RateKey]
_Said = dict[_Place, set[Decimal | None]]


@dataclass(frozen=True, slots=True)
class _Wrong:
    told: str
    factor: Decimal
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class _Words:
    """What stood and who said what of some offers, before a fault."""

    stood: dict[_Place, Decimal | None]
    own: _Said
    others: _Said

    @classmethod
    def before(cls, source: str, offers: set[int], recording: Recording) -> _Words:
        cards = current_cards(offers)
        claims = {claim_id for by_claim in cards.values() for claim_id in by_claim}
        speakers = dict(Claim.objects.filter(pk__in=claims).values_list("pk", "source__slug"))
        own: _Said = defaultdict(set)
        others: _Said = defaultdict(set)
        for offer_id, by_claim in cards.items():
            for claim_id, card in by_claim.items():
                said = own if speakers[claim_id] == source else others
                for rate in card.rates:
                    said[offer_id, rate.key].add(rate.amount)
        standing = rates_at(offers, at=recording.at)
        stood = {(pk, s.key): s.amount for pk, group in standing.items() for s in group}
        return cls(stood, dict(own), dict(others))

    def wrong(self, points: Iterable[PricePoint]) -> dict[int, list[_Wrong]]:
        """By offer, what was published that the source itself does not say where it is unspoilt."""
        wrong: dict[int, list[_Wrong]] = defaultdict(list)
        for point in points:
            series = point.series
            key = RateKey(series.meter, Terms.parse(series.terms), series.currency)
            place = series.offer_id, key
            old, new = self.stood.get(place), point.amount
            if new is not None and new in self.own.get(place, ()):
                continue
            elsewhere = any(_same(new, other) for other in self.others.get(place, ()))
            factor = max(old / new, new / old) if old and new else Decimal(1)
            told = f"{series.offer_id} {series}: {old} -> {new}"
            wrong[series.offer_id].append(_Wrong(told, factor, elsewhere))
        return wrong


def _same(one: Decimal | None, other: Decimal | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= AGREEMENT * max(one, other)
