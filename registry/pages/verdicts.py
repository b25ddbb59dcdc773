"""A comparison in plain sentences. Pure: every figure comes from the comparison, none is computed.

They are the page's words, as the feeds have words of their own; what is true stands in
`registry.selectors.compare`, and how sure it is in the gap's own verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from registry.pages.figures import cents, money, rounded, short
from registry.pages.wording import qualified
from registry.scoring.figures import Qualifier
from registry.scoring.gaps import Gap
from registry.scoring.intervals import Verdict
from registry.selectors.ai_models import ModelRow
from registry.selectors.comparison import Comparison
from registry.selectors.scores_beside import ScoreBeside, ScoreRow
from registry.selectors.winners import Need, Win

# The benchmarks by which most comparisons are made, in the order in which one speaks for a model.
_SPEAKING = ("swe-bench-verified", "swe-bench-pro", "terminal-bench")
_VERDICTS = {
    Verdict.REAL: "a real gap",
    Verdict.WITHIN_NOISE: "within the noise of so few tasks",
    Verdict.UNKNOWN: "nobody says of how many tasks, so chance is not ruled out",
}
_LEADS = {
    Verdict.REAL: "real",
    Verdict.WITHIN_NOISE: "within noise",
    Verdict.UNKNOWN: "of unknown weight",
}
_CURRENCY = "USD"


def short_name(model: ModelRow) -> str:
    """The model's name without its lab's in front of it."""
    return model.name.rpartition(": ")[2] or model.slug


def ratio(times: Decimal) -> str:
    """``1/56``, ``4.5 times``, ``the same``: how much of the other one thing is."""
    if times == 1:
        return "the same as"
    if times < 1:
        return f"1/{rounded(1 / times, 3 if times > Decimal('0.1') else 2):f} of"
    return f"{rounded(times, 3):f} times"


def sentences(comparison: Comparison) -> tuple[str, ...]:
    """One about every model beside the baseline, then about gaps that chance may have made."""
    names = {one.model.ref: short_name(one.model) for one in comparison.models}
    base = names[comparison.baseline]
    return tuple(
        sentence
        for one in comparison.models
        if one.model.ref != comparison.baseline
        for sentence in _beside(one.model, comparison, names[one.model.ref], base)
    )


def _beside(model: ModelRow, comparison: Comparison, name: str, base: str) -> Iterator[str]:
    month = next((one for one in comparison.months if one.model == model.ref), None)
    said = [f"costs {ratio(month.times)} {base} on this load"] if month and month.times else []
    speaking = _speaking(model, comparison.scores)
    if speaking is not None:
        row, gap = speaking
        said.append(f"{solved(gap, row)} ({_VERDICTS[gap.verdict]})")
    if said:
        yield f"{name} {' and '.join(said)}."


def _speaking(model: ModelRow, scores: Iterable[ScoreRow]) -> tuple[ScoreRow, Gap] | None:
    """The gap that speaks for the model: the best known benchmark of tasks, else the first."""
    gaps = [
        (row, one.gap)
        for row in scores
        for one in row.scores
        if one.reading.model == model.ref and one.gap and one.gap.failures_in_100 is not None
    ]
    order = {slug: place for place, slug in enumerate(_SPEAKING)}
    return min(gaps, key=lambda pair: order.get(pair[0].benchmark.slug, len(order)), default=None)


def solved(gap: Gap, row: ScoreRow) -> str:
    """``solves about 11 fewer of 100 SWE-bench Verified tasks``."""
    failures = gap.failures_in_100
    tasks = f"of 100 {row.benchmark.name} tasks"
    if not failures:
        return f"solves as many {tasks}"
    count = rounded(abs(failures), 2)
    about = "" if gap.qualifier is Qualifier.EXACT and count == abs(failures) else "about "
    return f"solves {about}{count:f} {'more' if failures > 0 else 'fewer'} {tasks}"


def lead(one: ScoreBeside, name: str, base: str, unit: str) -> str:
    """``GPT-5.5 leads V4 Pro by 3.7 points: 1 task in 27``; the figures are the gap's own."""
    gap = one.gap
    if gap is None:
        return ""
    if gap.ahead is None:
        return f"{name} and {base} are level"
    first, second = (name, base) if gap.ahead else (base, name)
    about = "" if gap.qualifier is Qualifier.EXACT else "about "
    tasks = f": 1 task in {rounded(gap.tasks_for_one, 2):f}" if gap.tasks_for_one else ""
    return f"{first} leads {second} by {about}{rounded(abs(gap.points)):f} {unit}{tasks}"


def extra_tasks(comparison: Comparison) -> tuple[str, ...]:
    """What each task costs that the dearer and better model solves more, by benchmark."""
    names = {one.model.ref: short_name(one.model) for one in comparison.models}
    labels = {row.benchmark.slug: row.benchmark.name for row in comparison.scores}
    return tuple(
        f"Each task that {names[one.better]} solves more than {names[one.than]} costs "
        f"{money(cents(one.cost), _CURRENCY).text} more, by {labels[one.benchmark]}."
        for one in comparison.extra_tasks
        if one.cost is not None
    )


def wins(found: Sequence[Win], comparison: Comparison) -> tuple[tuple[str, str], ...]:
    """Each need in words, and who serves it best."""
    names = {one.model.ref: short_name(one.model) for one in comparison.models}
    return tuple((_need(win), _who(win, names)) for win in found)


def _need(win: Win) -> str:
    match win.need:
        case Need.LOAD:
            return "The least for this load"
        case Need.SCORE:
            return f"The best on {benchmark(win.row)}" if win.row else ""
        case Need.CONTEXT:
            return "The longest context"
        case Need.OPEN:
            return "Weights that you can run yourself"
        case Need.INPUTS:
            return "The most kinds of input"


def _who(win: Win, names: dict[str, str]) -> str:
    who = joined([names[ref] for ref in win.models])
    if win.value is None:
        return who
    match win.need:
        case Need.LOAD:
            return f"{who}, {money(cents(win.value), _CURRENCY).text} a month"
        case Need.SCORE if win.lead is not None:
            told = f"{who} with {_told(win)}"
            return f"{told}; its lead over the next is {_LEADS[win.lead.verdict]}"
        case Need.SCORE:
            return f"{who}, level with {_told(win)}"
        case Need.CONTEXT:
            return f"{who}, {short(win.value)} tokens"
        case Need.INPUTS:
            return f"{who}, {win.value:f} kinds"
    return who


def _told(win: Win) -> str:
    """The winning score as certain as it was told."""
    figure = f"{rounded(win.value or Decimal(0)):f}"
    scores = win.row.scores if win.row else ()
    said = (one.reading.qualifier for one in scores if one.reading.model in win.models)
    return qualified(next(said, Qualifier.EXACT), figure)


def benchmark(row: ScoreRow) -> str:
    """A benchmark and what its readings share: ``Terminal-Bench, version 2.0``."""
    said = row.setup.as_dict() if row.setup else {}
    return ", ".join((row.benchmark.name, *(f"{name} {value}" for name, value in said.items())))


def joined(names: Sequence[str]) -> str:
    """``A``, ``A and B``, ``A, B and C``."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
