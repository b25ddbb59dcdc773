"""A person's score as a claim of its own: with a body, a run and a receipt like any other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from registry.benchmarks.declarations import declared_benchmarks
from registry.benchmarks.models import Benchmark
from registry.catalog.models import Model
from registry.curation.actions.audit import Hand
from registry.curation.actions.refusals import ActionRefused
from registry.curation.actions.statements import keep_statement, refuse_address
from registry.curation.rulings import staff_source
from registry.curation.scores.series import SeriesName, named
from registry.ingest.models import BenchmarkName, Claim, ModelName
from registry.ingest.naming import Names
from registry.ingest.reading_rows import reading_row
from registry.scoring.figures import Qualifier
from registry.scoring.readings import Evaluator, Reading, ReadingError, ReadingQuote, read_reading
from registry.scoring.scales import PERCENT, SCALES
from scrapers.claims import ReadingClaim


@dataclass(frozen=True, slots=True)
class ScoreFigures:
    """A score as a person writes it, on the benchmark's own scale; empty is nothing said.

    ``measured_on``: the day that it was measured.
    """

    value: str
    evaluator: str
    measured_on: date
    qualifier: str = ""
    low: str = ""
    high: str = ""
    items: str = ""


def state_score(
    series: SeriesName, figures: ScoreFigures, *, address: str, hand: Hand
) -> tuple[Claim, Reading]:
    """The claim that this is the score, read as strictly as a board's; raises `ActionRefused`."""
    refuse_address(address)
    benchmark = Benchmark.objects.get(pk=series.benchmark_id)
    model = Model.objects.select_related("lab").get(pk=series.model_id)
    quote = _quote(figures, benchmark, address)
    reading = _reading(quote, series, benchmark)
    if figures.measured_on > hand.at.date():
        raise ActionRefused("measured_on", figures.measured_on, "a day up to today")
    claim = ReadingClaim(
        benchmark=benchmark.slug,
        model=model.slug,
        written=model.slug,
        quote=quote,
        setup=series.setup,
        lab=model.lab.slug,
    )
    said = {
        "score": named([series])[series],
        "value": quote.text,
        "measured_on": figures.measured_on,
    }
    run = keep_statement(said, address, hand)
    row = reading_row(run, run.slot, claim, _names(claim, series))
    row.save(force_insert=True)
    return row, reading


def _quote(figures: ScoreFigures, benchmark: Benchmark, address: str) -> ReadingQuote:
    scale = SCALES[benchmark.scale]
    text = figures.value.strip()
    # A person says in what is counted; a bare 0.8 could be a fraction.
    if scale is PERCENT and not text.endswith("%"):
        text = f"{text}%"
    if figures.evaluator not in tuple(Evaluator):
        raise ActionRefused("evaluator", figures.evaluator, f"one of {', '.join(Evaluator)}")
    if figures.qualifier not in ("", *Qualifier) or figures.qualifier == Qualifier.FORECAST:
        told = [one for one in Qualifier if one is not Qualifier.FORECAST]
        raise ActionRefused("qualifier", figures.qualifier, f"one of {', '.join(told)}")
    if figures.items and not (figures.items.isascii() and figures.items.isdigit()):
        raise ActionRefused("items", figures.items, "a whole number")
    return ReadingQuote(
        text=text,
        scale=benchmark.scale,
        field="value",
        evaluator=Evaluator(figures.evaluator),
        page=address,
        measured_on=figures.measured_on,
        qualifier=Qualifier(figures.qualifier) if figures.qualifier else None,
        low=figures.low.strip() or None,
        high=figures.high.strip() or None,
        items=int(figures.items) if figures.items else None,
    )


def _reading(quote: ReadingQuote, series: SeriesName, benchmark: Benchmark) -> Reading:
    items = declared_benchmarks().by_slug[benchmark.slug].items_for(series.setup)
    try:
        return read_reading(quote, SCALES[benchmark.scale], items=items)
    except ReadingError as error:
        field = "address" if error.field == "page" else error.field
        raise ActionRefused(field, error.value or "nothing", error.expected) from error


def _names(claim: ReadingClaim, series: SeriesName) -> Names:
    """The names that a person's claim uses: the registry's own."""
    source = staff_source()
    model, _ = ModelName.objects.update_or_create(
        source=source,
        organisation=claim.lab or "",
        name=claim.model,
        defaults={"model_id": series.model_id, "matched_by": "staff"},
    )
    benchmark, _ = BenchmarkName.objects.update_or_create(
        source=source, name=claim.benchmark, defaults={"benchmark_id": series.benchmark_id}
    )
    return Names({(claim.lab or "", claim.model): model.pk}, {claim.benchmark: benchmark.pk})
