"""An article as claims: its tables first, then what its sentences add."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from registry.scoring.comparisons import Relation
from registry.scoring.readings import Evaluator, ReadingQuote
from scrapers.claims import (
    EntryFault,
    Facts,
    NoteReason,
    OfferClaim,
    ReadingClaim,
    Remark,
    Statement,
)
from scrapers.eaten import Check, by_ratio, suggestion
from scrapers.figures import NOTHING, token_count
from scrapers.quoting import Card
from scrapers.readings import Row
from scrapers.sources.tokenmix.bills import INPUT, OUTPUT, amount_of, bill_checks, price_checks
from scrapers.sources.tokenmix.compared import Compared, comparisons
from scrapers.sources.tokenmix.layout import EATEN, Cell, cells_of, lines_of, prose_of
from scrapers.sources.tokenmix.names import Named, Names
from scrapers.sources.tokenmix.prose import Pair, Prose, Workload
from scrapers.units import MILLION

CACHE_READ = "cache_read_tokens"
_PRICE = "price"
_PER_MILLION = re.compile(r"/ ?(?:1?M|MTok)\b|per (?:1M|MTok|million)", re.I)
_APPROXIMATE = re.compile(r"[~≈]\s*\$?[0-9.]+")
_UNSIGNED = re.compile(r"[.,]?[0-9][0-9,.]*")
_RATIO = re.compile(r"ratio (?:vs|to) (?P<baseline>.+)", re.I)
_TIMES = re.compile(r"(?P<times>~?[0-9.]+)× (?P<what>input|output)")
_CHANGE = re.compile(r"(?P<what>[A-Za-z ]+) \((?P<change>[+~-]?[0-9]+%) vs predecessor\)")
_MODALITIES = re.compile(r"(?:[Oo]mni|[Mm]ulti)modal \((?P<listed>\w+(?:\+\w+)+)\)")
_METERS = {"input": INPUT, "output": OUTPUT, "cache": CACHE_READ, "": _PRICE, "bill": "bill"}
_ASPECTS = {"context": "context_tokens"}


@dataclass(slots=True)
class Article:
    """What is read of an article, model by model, in order of appearance."""

    page: str
    names: Names
    cells: list[Cell]
    prose: Prose
    cards: dict[Named, Card] = field(default_factory=dict)
    statements: dict[Named, list[Statement]] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str, *, page: str) -> Article:
        """The article that a text is."""
        cells = cells_of(lines_of(text))
        names = Names(text, tuple(dict.fromkeys(cell.model for cell in cells)))
        prose = Prose(prose_of(text), names, _baseline(names, cells))
        return cls(page, names, cells, prose)

    def offers(self) -> Iterator[OfferClaim]:
        """A claim for each model that the article prices or describes."""
        for cell in self.cells:
            self._take(cell)
        self.prose.learn_facts()
        for pair in self.prose.pairs():
            self._take_pair(pair)
        self._take_bills()
        for compared in comparisons(self.prose):
            self._state(compared)
        self._take_forecasts()
        for model in dict.fromkeys((*self.cards, *self.statements, *self.prose.facts)):
            yield self._claim(model)

    def readings(self) -> Iterator[ReadingClaim]:
        """A reading for each score of the benchmark tables; a dash is silence."""
        for cell in self.cells:
            model = self.names.find(cell.model)
            if model is None or not cell.benchmarks or not _is_score(cell):
                continue
            row = Row(model.model_id, cell.model, lab=model.provider)
            quote = ReadingQuote(
                text=cell.text,
                scale="percent",
                field=f"{cell.label}, {cell.model}",
                evaluator=Evaluator.AGGREGATOR,
                page=self.page,
            )
            yield row.claim(cell.label, quote)

    def _take(self, cell: Cell) -> None:
        model = self.names.find(cell.model)
        if model is None or cell.text.casefold() in NOTHING:
            return
        change, listed = _CHANGE.fullmatch(cell.label), _MODALITIES.fullmatch(cell.label)
        if meter := _meter(cell.label):
            self._price(model, meter, cell.text, cell.label)
        elif _RATIO.fullmatch(cell.label):
            for match in _TIMES.finditer(cell.text):
                compared = Compared(
                    model,
                    self.prose.baseline,
                    Relation.TIMES,
                    match["what"],
                    match["times"],
                    cell.text,
                )
                self._state(compared)
        elif cell.label.casefold().startswith("context"):
            self.prose.learn(model, context_tokens=token_count(cell.text))
        elif listed and cell.text.casefold() == "yes":
            self.prose.learn(model, input_modalities=tuple(listed["listed"].split("+")))
        elif change:
            text = f"{change['change']} ({cell.text.lower()})"
            said = Statement(change["what"], Relation.PERCENT_CHANGE, text, cell.label)
            self._add(model, said)

    def _price(self, model: Named, meter: str, text: str, field: str) -> None:
        card = self.cards.setdefault(model, Card(strings=True))
        if _APPROXIMATE.fullmatch(text):
            card.note(NoteReason.APPROXIMATE, field, text)
        elif _UNSIGNED.fullmatch(text):
            told = suggestion(text, self._checks(model, meter))
            expected = str(told) if told else "a figure with its sign"
            card.remark(EntryFault.EATEN_FIGURE, field, text, expected)
        else:
            card.quote(text, meter, per=MILLION, field=field)

    def _take_pair(self, pair: Pair) -> None:
        """Prices in passing: eaten ones count only where the tables did not tell the price."""
        for meter, text in ((INPUT, pair.input), (OUTPUT, pair.output)):
            if text.startswith(EATEN):
                if pair.model not in self._priced_in_tables():
                    self._price(pair.model, meter, text.removeprefix(EATEN), f"{meter} in passing")
                continue
            self._price(pair.model, meter, text, f"{meter} in passing")

    def _priced_in_tables(self) -> set[Named]:
        found = (self.names.find(cell.model) for cell in self.cells if _meter(cell.label))
        return {model for model in found if model is not None}

    def _take_bills(self) -> None:
        workload = self.prose.workload()
        if workload is None:
            return
        basis = f"{INPUT}={workload.input};{OUTPUT}={workload.output}"
        for bill in self.prose.bills():
            amounts = {
                name: amount_of(getattr(bill, name)) for name in ("input", "output", "total")
            }
            for name, checks in bill_checks(bill, amounts, self._costs(bill.model, workload)):
                text = getattr(bill, name).removeprefix(EATEN).removeprefix("$")
                aspect = "bill" if name == "total" else f"bill of {_METERS[name]}"
                remarks: tuple[Remark, ...] = ()
                if amounts[name] is None:
                    told = suggestion(text, checks)
                    expected = str(told) if told else "a figure with its sign"
                    remarks = (Remark(EntryFault.EATEN_FIGURE, aspect, text, expected),)
                said = Statement(
                    aspect, Relation.AMOUNT, text, f"{name} of a month's bill", None, basis, remarks
                )
                self._add(bill.model, said)

    def _costs(self, model: Named, workload: Workload) -> dict[str, Check]:
        """What the tables' prices make of the workload, for the prices that are told."""
        counts = {"input": workload.input, "output": workload.output}
        checks = {}
        for cell in self.cells:
            meter = _meter(cell.label)
            name = next((name for name in counts if _METERS[name] == meter), None)
            price = amount_of(cell.text)
            if name and price is not None and self.names.find(cell.model) == model:
                times = Decimal(counts[name]) / MILLION
                words = f"{times:f}M at {price} a million"
                checks[name] = Check(times * price, Decimal("0.005"), words)
        return checks

    def _checks(self, model: Named, meter: str) -> Iterator[Check]:
        """What ratios and bills say of a price of the tables."""
        for cell in self.cells:
            if not _RATIO.fullmatch(cell.label) or self.names.find(cell.model) != model:
                continue
            for match in _TIMES.finditer(cell.text):
                base = self._told(self.prose.baseline, meter)
                if _METERS[match["what"]] == meter and base is not None:
                    ratio = Decimal(match["times"].lstrip("~"))
                    yield by_ratio(ratio, base, of="its ratio")
        for compared in comparisons(self.prose):
            said = (compared.relation, compared.what, compared.baseline)
            if said == (Relation.TIMES, "", model):
                dearer, times = self._told(compared.model, meter), Decimal(compared.text)
                if dearer is not None and times:
                    words = f"{compared.text} x it is {dearer} ({compared.words})"
                    yield Check(dearer / times, Decimal("0.005") * dearer, words)
        workload = self.prose.workload()
        for bill in self.prose.bills() if workload else ():
            if bill.model == model and workload:
                yield from price_checks(bill, workload, meter)

    def _told(self, model: Named | None, meter: str) -> Decimal | None:
        """A price of the tables that is whole."""
        for cell in self.cells:
            if _meter(cell.label) == meter and self.names.find(cell.model) == model:
                return amount_of(cell.text)
        return None

    def _state(self, compared: Compared) -> None:
        baseline = compared.baseline
        what = compared.what.strip()
        aspect = _METERS.get(what) or _ASPECTS.get(what.casefold(), what)
        said = Statement(
            aspect=aspect,
            relation=compared.relation,
            text=compared.text,
            field=compared.words,
            baseline=(baseline.provider, baseline.model_id) if baseline else None,
        )
        self._add(compared.model, said)

    def _add(self, model: Named, said: Statement) -> None:
        statements = self.statements.setdefault(model, [])
        if said not in statements:
            statements.append(said)

    def _take_forecasts(self) -> None:
        for forecast in self.prose.forecasts():
            expected = self.names.find(forecast.name)
            for model, card in self.cards.items():
                if expected and expected.model_id.startswith(f"{model.model_id}-"):
                    field = f"{expected.model_id}: {forecast.what}"
                    card.note(NoteReason.FORECAST, field, forecast.price)

    def _claim(self, model: Named) -> OfferClaim:
        card = self.cards.get(model, Card())
        card.settle()
        return OfferClaim(
            provider=model.provider,
            model_id=model.model_id,
            quotes=tuple(card.quotes),
            facts=Facts(**self.prose.facts.get(model, {})),
            remarks=tuple(dict.fromkeys(card.remarks)),
            page=self.page,
            notes=tuple(dict.fromkeys(card.notes)),
            statements=tuple(self.statements.get(model, ())),
        )


def _baseline(names: Names, cells: list[Cell]) -> Named | None:
    """The model that the price table's ratios are to."""
    for cell in cells:
        if match := _RATIO.fullmatch(cell.label):
            return names.find(match["baseline"])
    return None


def _meter(label: str) -> str | None:
    """The meter that a price's label means; the unit stands in the table's other labels too."""
    folded = label.casefold()
    if "cache" in folded and ("hit" in folded or "cached" in folded or "read" in folded):
        return CACHE_READ
    if not _PER_MILLION.search(label):
        return None
    return next((_METERS[word] for word in ("input", "output") if word in folded), None)


def _is_score(cell: Cell) -> bool:
    """Whether a cell of a benchmark table tells a score and no fact."""
    is_fact = cell.label.casefold().startswith("context") or _meter(cell.label)
    return not is_fact and not cell.label.endswith(")") and any(map(str.isdigit, cell.text))
