"""The forms in which an article puts one model beside another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from registry.scoring.comparisons import Relation
from scrapers.sources.tokenmix.layout import EATEN
from scrapers.sources.tokenmix.names import Named
from scrapers.sources.tokenmix.prose import MONEY, NAME, PAIR, Prose

_N = r"~?[0-9]+(?:\.[0-9]+)?"
_IN_A_SENTENCE = r"(?:[^.\n]|\.(?=[0-9]))*?"


@dataclass(frozen=True, slots=True)
class Compared:
    """A stated comparison: ``what`` and ``words`` are the article's own."""

    model: Named
    baseline: Named | None
    relation: Relation
    what: str
    text: str
    words: str


@dataclass(frozen=True, slots=True)
class _Form:
    """A sentence whose groups are ``n`` and, where it says them, name, baseline and what.

    Without a name or a baseline the article's own baseline is meant.
    """

    pattern: re.Pattern[str]
    relation: Relation
    what: str = ""


_FORMS = (
    _Form(PAIR, Relation.TIMES_CHEAPER),
    _Form(
        re.compile(rf"(?P<name>{NAME}) is (?P<n>{_N})× cheaper on (?P<what>input|output)"),
        Relation.TIMES_CHEAPER,
    ),
    _Form(
        re.compile(
            rf"(?P<name>{NAME}) is {_IN_A_SENTENCE} and (?P<n>{_N})× cheaper on "
            r"(?P<what>input|output)"
        ),
        Relation.TIMES_CHEAPER,
    ),
    _Form(
        re.compile(
            rf"Cache-hit on (?P<name>{NAME}) is [^\n]*? on (?P<baseline>{NAME}) — "
            rf"a (?P<n>{_N})× cache"
        ),
        Relation.TIMES_CHEAPER,
        "cache",
    ),
    _Form(
        re.compile(
            rf"^On (?P<what>[^:\n]+): (?P<name>{NAME}) leads (?P<baseline>{NAME}) by "
            rf"(?P<n>{_N}) points?",
            re.M,
        ),
        Relation.POINTS_AHEAD,
    ),
    _Form(
        re.compile(
            rf"^On (?P<what>[^:\n]+): (?P<name>{NAME}) leads (?P<baseline>{NAME}) by (?P<n>{_N})×",
            re.M,
        ),
        Relation.TIMES,
    ),
    _Form(
        re.compile(
            rf"(?P<baseline>{NAME}) is (?P<n>{_N}) points behind on "
            r"(?P<what>[^(.,\n]+?)(?= \(|[.,\n])"
        ),
        Relation.POINTS_AHEAD,
    ),
    _Form(
        re.compile(rf"(?P<name>{NAME}) \([^)\n]*?(?P<n>{_N})% cheaper than (?P<baseline>{NAME})\)"),
        Relation.PERCENT_CHEAPER,
    ),
    _Form(
        re.compile(
            rf"Current (?P<baseline>{NAME}) at [^\n]*\n(?P<name>{NAME}) at [^\n]*?: "
            rf"(?P<n>{_N})× raw cost"
        ),
        Relation.TIMES,
    ),
)
_BILLS = re.compile(rf"(?P<n>{_N})× ?\(\s*(?P<dear>{MONEY}) vs\s+(?P<cheap>{MONEY})\)")


def comparisons(prose: Prose) -> Iterator[Compared]:
    """Every comparison of a declared form, in order of the forms."""
    for form in _FORMS:
        for match in form.pattern.finditer(prose.text):
            yield from _of(form, match, prose)
    by_total = {bill.total: bill.model for bill in prose.bills()}
    for match in _BILLS.finditer(prose.text):
        cheap, dear = by_total.get(match["cheap"]), by_total.get(match["dear"])
        if cheap is not None and dear is not None:
            yield Compared(cheap, dear, Relation.TIMES_CHEAPER, "bill", match["n"], _words(match))


def _of(form: _Form, match: re.Match[str], prose: Prose) -> Iterator[Compared]:
    said = match.groupdict()
    if said["n"] is None:
        return
    models = prose.names.every(said["name"]) if "name" in said else [prose.baseline]
    baseline = prose.names.find(said["baseline"]) if "baseline" in said else prose.baseline
    for model in models:
        if model is not None and model != baseline:
            what = said.get("what") or form.what
            yield Compared(model, baseline, form.relation, what, said["n"], _words(match))


def _words(match: re.Match[str]) -> str:
    """The last line of what was matched, as the article has it."""
    return match[0].splitlines()[-1].replace(EATEN, "").strip()
