"""A source's statement beside what the registry's own figures come to: ``37x``, and 35.71.

Prices, months, scores and facts are those of the moment. Where the registry lacks
one of the two figures, or has none under equal conditions, nothing stands beside the statement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from registry.benchmarks.declarations import declared_benchmarks
from registry.pricing.cost import NotBillable
from registry.pricing.exact import exact_sum
from registry.pricing.meters import METERS
from registry.pricing.rate_card import NotOnCard
from registry.pricing.usage import Usage
from registry.pricing.workload import MonthlyCost, Workload
from registry.scoring.comparisons import NoRatio, Relation, arithmetic
from registry.scoring.setups import Setup
from registry.selectors.ai_models import ModelRow
from registry.selectors.clocks import AsOf
from registry.selectors.scores_beside import ScoreRow
from registry.selectors.standard_offers import StandardOffer, everyday_amount
from registry.selectors.statements import Stated
from registry.selectors.workloads import Conditions, month_at

_BILL = "bill"
_BILL_OF = "bill of "
_CONTEXT = "context_tokens"
# A price that is not said of which meter is one of these two.
_ASPECTS = {"price": ("input_tokens", "output_tokens")}
_PLAIN = Conditions()


@dataclass(frozen=True, slots=True)
class Computed:
    """What arithmetic gives for an aspect: a meter, ``bill``, a fact, a benchmark's slug."""

    aspect: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class StatedBeside:
    """A statement and the figures beside it; more than one where it does not say of which price."""

    stated: Stated
    computed: tuple[Computed, ...]


def stated_beside(
    stated: Sequence[Stated],
    models: Mapping[str, ModelRow],
    scores: Iterable[ScoreRow],
    as_of: AsOf,
) -> tuple[StatedBeside, ...]:
    """Every statement with its arithmetic, in order.

    ``models``: what is known at the moment of those that are spoken of, by their readable ids.
    """
    figures = _Figures(models, tuple(scores), as_of)
    bases = _bases(stated)
    return tuple(
        StatedBeside(said, tuple(_computed(said, figures, bases.get(said.claim_id, ""))))
        for said in stated
    )


def _bases(stated: Iterable[Stated]) -> dict[int, str]:
    """The usage that a claim's bills are of, where they are all of one."""
    found: dict[int, set[str]] = defaultdict(set)
    for said in stated:
        if said.statement.basis:
            found[said.claim_id].add(said.statement.basis)
    return {claim: next(iter(bases)) for claim, bases in found.items() if len(bases) == 1}


def _computed(said: Stated, figures: _Figures, basis: str) -> Iterator[Computed]:
    statement = said.statement
    for aspect in _ASPECTS.get(statement.aspect, (statement.aspect,)):
        pair = figures.of(aspect, said, statement.basis or basis)
        if pair is None:
            continue
        try:
            yield Computed(figures.name(aspect, said.source), arithmetic(statement.relation, *pair))
        except NoRatio:
            continue


@dataclass(frozen=True, slots=True)
class _Figures:
    models: Mapping[str, ModelRow]
    scores: tuple[ScoreRow, ...]
    as_of: AsOf

    def name(self, aspect: str, source: str) -> str:
        """A benchmark's slug for a source's name of it; other aspects as they are."""
        named = declared_benchmarks().find(aspect, source)
        return aspect if named is None else named.benchmark.slug

    def of(self, aspect: str, said: Stated, basis: str) -> tuple[Decimal, Decimal] | None:
        """The subject's figure and the baseline's (zero where the relation needs none)."""
        if said.statement.relation is Relation.AMOUNT:
            subject = self._one(aspect, said.offer, basis)
            return None if subject is None else (subject, Decimal(0))
        if said.baseline is None:
            return None
        if aspect in (_BILL, _CONTEXT) or aspect in METERS:
            subject = self._one(aspect, said.offer, basis)
            baseline = self._one(aspect, said.baseline, basis)
            return None if subject is None or baseline is None else (subject, baseline)
        return self._scores(aspect, said, said.baseline)

    def _one(self, aspect: str, offer: StandardOffer, basis: str) -> Decimal | None:
        if aspect == _CONTEXT:
            model = self.models.get(offer.model or "")
            return Decimal(model.context_tokens) if model and model.context_tokens else None
        if aspect in METERS:
            price = everyday_amount(offer.standings, aspect)
            return None if price is None else price.amount
        month = self._month(offer, basis)
        if month is None or aspect == _BILL:
            return None if month is None else month.total
        return _part(month, aspect.removeprefix(_BILL_OF))

    def _month(self, offer: StandardOffer, basis: str) -> MonthlyCost | None:
        if not basis:
            return None
        counts = {meter: int(count) for meter, _, count in map(_halves, basis.split(";"))}
        try:
            return month_at(offer, Workload(Usage.of(counts)), self.as_of, _PLAIN)
        except (NotOnCard, NotBillable):
            return None

    def _scores(
        self, aspect: str, said: Stated, baseline: StandardOffer
    ) -> tuple[Decimal, Decimal] | None:
        """Two readings under exactly the conditions that the benchmark's name tells."""
        named = declared_benchmarks().find(aspect, said.source)
        if named is None:
            return None
        setup = named.setup(Setup())
        for row in self.scores:
            if row.benchmark.slug == named.benchmark.slug and row.setup == setup and row.comparable:
                values = {one.reading.model: one.reading.value for one in row.scores}
                subject, other = (
                    values.get(said.offer.model or ""),
                    values.get(baseline.model or ""),
                )
                if subject is not None and other is not None:
                    return subject, other
        return None


def _halves(pair: str) -> tuple[str, str, str]:
    return pair.partition("=")


def _part(month: MonthlyCost, meter: str) -> Decimal | None:
    """What the lines of one meter come to; None where the month has no such line."""
    lines = [
        line.amount
        for bill in (month.standard, month.batch)
        if bill is not None
        for line in bill.lines
        if line.meter == meter
    ]
    return exact_sum(lines) if lines else None
