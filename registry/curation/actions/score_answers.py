"""What answering an item of a score means: its doubts are taken as looked at, or it is not heard.

A held score may give rise to further doubts once the first is settled (a figure on another scale is
also far from what stands). Whoever approves it has seen what stands beside it, so that none of them
asks again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from registry.curation.actions.audit import Hand
from registry.curation.actions.refusals import ActionRefused
from registry.curation.models import Review, Ruling
from registry.curation.policy.reasons import Outcome, Reason, outcome_of
from registry.curation.policy.scores.deciding import Case
from registry.curation.policy.scores.saying import value_of
from registry.curation.scores.evidence import gather_scores
from registry.curation.scores.publication import decide_scores
from registry.curation.scores.rulings import rows_of_score
from registry.curation.scores.series import SeriesName, subjects_in
from registry.ingest.models import Source


def accepted_scores(
    items: Sequence[Review], series: Mapping[int, SeriesName], at: datetime
) -> list[Ruling]:
    """An acceptance for each item of a score with every doubt about it; none is saved.

    The caller says by whom and why. Raises `ActionRefused` for what cannot be read as a score.
    """
    rulings = {item.pk: _acceptance(item, series[item.pk], at) for item in items}
    while True:
        verdicts = decide_scores(subjects_in(series.values()), at=at, beside=rulings.values())
        kept = {one.claim_id: one for verdict in verdicts.values() for one in verdict.kept}
        asked_again = [item for item in items if item.claim_id in kept]
        for item in asked_again:
            doubts = [
                [found.reason.value, found.field, found.value]
                for found in kept[item.claim_id or 0].findings
            ]
            fresh = [doubt for doubt in doubts if doubt not in rulings[item.pk].findings]
            if not fresh or any(outcome_of(Reason(doubt[0])) is Outcome.REJECT for doubt in fresh):
                expected = "a score that can be read; reject it, or approve it with another figure"
                raise ActionRefused("item", item, expected)
            rulings[item.pk].findings += fresh
        if not asked_again:
            return list(rulings.values())


def _acceptance(item: Review, series: SeriesName, at: datetime) -> Ruling:
    return Ruling(
        kind=Ruling.Kind.ACCEPT,
        model_id=series.model_id,
        benchmark_id=series.benchmark_id,
        setup=series.setup.key,
        source=item.source,
        findings=[finding[:3] for finding in item.findings],
        made_at=at,
    )


def refused_scores(
    items: Sequence[Review], series: Mapping[int, SeriesName], hand: Hand
) -> list[Ruling]:
    """A refusal for each source that states the value of a rejected item now; none is saved.

    One that cannot be read as a value has nothing to refuse: its answered item asks no more.
    """
    cases = gather_scores(subjects_in(series.values()), at=hand.at)
    wanted: dict[tuple[SeriesName, str, Decimal], Review] = {}
    for item in items:
        name = series.get(item.pk)
        if name is not None and name in cases:
            said = dict(_values(cases[name]))
            value = said.get(item.claim_id or 0, (None, ""))[0]
            for other, source in said.values():
                if value is not None and other == value:
                    wanted[name, source, value] = item
    sources = Source.objects.in_bulk({slug for _, slug, _ in wanted}, field_name="slug")
    return [
        Ruling(
            kind=Ruling.Kind.REFUSE,
            model_id=name.model_id,
            benchmark_id=name.benchmark_id,
            setup=name.setup.key,
            source=sources[slug],
            rows=rows_of_score(value),
            findings=[finding[:3] for finding in item.findings],
            made_at=hand.at,
            by=hand.by,
            note=hand.note,
        )
        for (name, slug, value), item in wanted.items()
    ]


def _values(case: Case) -> Iterator[tuple[int, tuple[Decimal, str]]]:
    """By claim, the value that it states and its source; none of persons' own."""
    for word in case.words:
        for stated in word.stated:
            value = value_of(stated, case.measure)
            if value is not None and not word.own:
                yield stated.claim_id, (value, word.source)
