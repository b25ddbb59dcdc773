"""Words and marks of a comparison in templates: ratios, gaps, what sources state."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.template.context import RequestContext
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from registry.pages import figures, wording
from registry.pages.templatetags.addresses import to
from registry.pricing.meters import METERS
from registry.scoring.comparisons import Relation
from registry.scoring.intervals import Verdict
from registry.selectors.readings import ReadingRow
from registry.selectors.score_changes import SaidScore
from registry.selectors.stated_beside import Computed
from scrapers.claims import Statement

register = template.Library()
_VERDICTS = {
    Verdict.REAL: ("≠", "real"),
    Verdict.WITHIN_NOISE: ("≈", "within noise"),
    Verdict.UNKNOWN: ("?", "unknown whether real"),
}
_PRINTED = {
    Relation.TIMES: "{}×",
    Relation.TIMES_CHEAPER: "{}× cheaper",
    Relation.PERCENT_CHEAPER: "{} % cheaper",
    Relation.PERCENT_CHANGE: "{} %",
    Relation.POINTS_AHEAD: "{} points ahead",
    Relation.AMOUNT: "{}",
}
_BESIDE = {
    Relation.TIMES: "beside",
    Relation.TIMES_CHEAPER: "beside",
    Relation.PERCENT_CHEAPER: "beside",
    Relation.POINTS_AHEAD: "beside",
}


@register.filter
def times(ratio: Decimal) -> str:
    """``35.7×``, ``0.00933×``: three digits."""
    return f"{figures.rounded(ratio, 3):,f}×"


@register.filter
def signed(points: Decimal) -> str:
    """``−3.7``, ``+2``, ``0``."""
    return f"{'−' if points < 0 else '+' if points > 0 else ''}{abs(points):f}"


@register.simple_tag
def reading(row: ReadingRow) -> str:
    """A score to four digits with what its source says of it; the receipt has every digit."""
    return wording.qualified(row.qualifier, f"{figures.rounded(row.value):f}")


@register.filter
def said_score(said: SaidScore) -> str:
    """A score in a feed to four digits, with what its source says of it; empty for none."""
    if said.value is None:
        return ""
    return wording.qualified(said.qualifier, f"{figures.rounded(said.value):f}")


@register.simple_tag(takes_context=True)
def receipted(context: RequestContext, value: str, point: int | None) -> SafeString:
    """What a fact says, with the way to its receipt where it has one."""
    if not point:
        return conditional_escape(value)
    return format_html('<a href="{}">{}</a>', to(context, "pages:fact-receipt", point), value)


@register.simple_tag
def verdict(name: Verdict | str) -> SafeString:
    """Whether a gap is real, as a mark and a word."""
    sign, word = _VERDICTS[Verdict(name)]
    return format_html(
        '<span class="verdict {}"><span aria-hidden="true">{}</span> {}</span>', name, sign, word
    )


@register.filter
def stated(statement: Statement) -> str:
    """What a statement is about: ``input, beside``, ``bill of output``."""
    aspect = statement.aspect
    of, _, part = aspect.rpartition("bill of ")
    if part != aspect:
        told = f"bill of {wording.meter(part)}{of}"
    elif aspect in METERS:
        told = wording.meter(aspect)
    else:
        told = aspect.removesuffix("_tokens")
    beside = _BESIDE.get(statement.relation, "") if statement.baseline else ""
    return f"{told}, {beside}" if beside else told


@register.filter
def printed(statement: Statement) -> str:
    """The figure as its source prints it: ``37× cheaper``."""
    text = statement.text
    if statement.relation is Relation.PERCENT_CHANGE and "%" in text:
        return text
    return _PRINTED[statement.relation].format(text)


@register.filter
def arithmetic(found: Computed, relation: Relation) -> str:
    """What the registry's figures come to: ``35.71× cheaper (input)``."""
    if relation is Relation.AMOUNT:
        return figures.money(figures.cents(found.value), "USD").text
    value = figures.rounded(found.value, 4 if abs(found.value) >= 1 else 3)
    told = _PRINTED[relation].format(f"{value:,f}")
    return f"{told} ({wording.meter(found.aspect)})" if found.aspect in METERS else told
