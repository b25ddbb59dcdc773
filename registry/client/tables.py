"""Answers of the API as tables for people. Amounts stand as the server writes them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Context
from typing import Any

from rich.console import Group
from rich.table import Table

from registry.client.finding import terms_text

_QUALIFIERS = {"approximate": "~", "at_least": ">", "at_most": "<", "claimed": "claimed "}
_FOUR_DIGITS = Context(prec=4)


def card(answer: Any, title: str) -> Table:
    """A rate card."""
    table = _table(title, "meter", "terms", ">amount", "unit", "since", "status", "source")
    for rate in answer["rates"]:
        table.add_row(
            _words(rate["meter"]),
            terms_text(rate["terms"]),
            rate["amount"] or _words(rate["state"]),
            _unit(rate) if rate["amount"] else "",
            _day(rate["starts_at"]),
            rate["status"],
            rate["source"] or "curator",
        )
    return table


def bill(answer: Any) -> Table:
    """An itemised bill."""
    table = _table(f"{answer['offer']['id']} at {_day(answer['at'])}", "meter", ">quantity",
                   ">rate", "unit", ">amount", "notes")  # fmt: skip
    for line in answer["lines"]:
        table.add_row(
            _words(line["meter"]),
            line["quantity"],
            line["rate"]["amount"] or _words(line["rate"]["state"]),
            _unit(line["rate"]),
            line["amount"],
            "; ".join(line["notes"]),
        )
    table.add_section()
    table.add_row("total", "", "", "", answer["total"], answer["currency"])
    return table


def history(answer: Any) -> Table:
    """Every period of an offer's prices, oldest first."""
    table = _table(f"{answer['offer']}", "meter", "terms", ">amount", "unit", "from", "to", "why",
                   "revision")  # fmt: skip
    for series in answer["series"]:
        for period in series["periods"]:
            table.add_row(
                _words(series["meter"]),
                terms_text(series["terms"]),
                period["amount"] or _words(period["state"]),
                _unit(series),
                _day(period["starts_at"]),
                _day(period["ends_at"]) if period["ends_at"] else "",
                _words(period["cause"]),
                str(period["revision"]),
            )
    return table


def price_changes(items: Iterable[Any]) -> Table:
    """The feed of prices."""
    table = _table("Changes of prices", "published", "offer", "meter", ">before", ">now", "unit",
                   "why", "revision")  # fmt: skip
    for item in items:
        terms = terms_text(item["terms"])
        table.add_row(
            _day(item["published_at"]),
            item["offer"],
            _words(item["meter"]) + (f" ({terms})" if terms else ""),
            _said(item["before"]),
            _said(item["now"]),
            _unit(item),
            _words(item["cause"]),
            str(item["revision"]),
        )
    return table


def score_changes(items: Iterable[Any]) -> Table:
    """The feed of scores."""
    table = _table("Changes of scores", "published", "model", "benchmark", "setup", ">before",
                   ">now", "why", "revision")  # fmt: skip
    for item in items:
        before = item["before"]
        table.add_row(
            _day(item["published_at"]),
            item["model"],
            item["benchmark"],
            terms_text(item["setup"]),
            "unknown" if before is None else _figure_said(before),
            _figure_said(item["now"]),
            _words(item["cause"]),
            str(item["revision"]),
        )
    return table


def fact_changes(items: Iterable[Any]) -> Table:
    """The feed of facts."""
    table = _table("Changes of facts", "published", "of", "fact", ">before", ">now", "why",
                   "revision")  # fmt: skip
    for item in items:
        before = item["before"]
        table.add_row(
            _day(item["published_at"]),
            item["subject"],
            _words(item["name"]),
            "unknown" if before is None else _fact(before),
            _fact(item["now"]),
            _words(item["cause"]),
            str(item["revision"]),
        )
    return table


CHANGES = {"prices": price_changes, "scores": score_changes, "facts": fact_changes}
"""The tables of the feeds, by what changes."""


def workloads(answer: Any) -> Table:
    """A month's load at several models, the cheapest first; what cannot be billed stands last."""
    table = _table("A month", "asked", "offer", ">a month", "currency", ">x cheapest", "why not")
    for item in answer["items"]:
        month, refused = item["month"], item["refused"]
        table.add_row(
            item["asked"],
            item["offer"]["id"] if item["offer"] else "",
            month["total"] if month else "unknown",
            month["currency"] if month else "",
            item["times_cheapest"] or "",
            f"{refused['field']}: expected {refused['expected']}" if refused else "",
        )
    return table


def comparison(answer: Any) -> Group:
    """Models side by side: prices with their ratios, the month where one was asked, scores."""
    models = [subject["model"]["id"] for subject in answer["models"]]
    prices = _table(f"Prices, × against {answer['baseline']}", "meter", *(f">{m}" for m in models))
    for beside in answer["prices"]:
        told = {one["model"]: one for one in beside["prices"]}
        prices.add_row(_words(beside["meter"]), *(_priced(told.get(model)) for model in models))
    months = {one["model"]: one for one in answer["months"]}
    if months:
        prices.add_section()
        prices.add_row("the month", *(_month(months.get(model)) for model in models))
    scores = _table("Scores, and the gap to the baseline", "benchmark", *(f">{m}" for m in models))
    for beside in answer["benchmarks"]:
        scored = {one["score"]["model"]: one for one in beside["scores"]}
        setup = terms_text(beside["setup"] or {})
        name = beside["benchmark"]["name"] + (f" ({setup})" if setup else "")
        scores.add_row(name, *(_scored(scored.get(model)) for model in models))
    return Group(prices, scores)


def frontier(answer: Any) -> Table:
    """The models that no other beats in both price and score, cheapest first."""
    benchmark = answer["benchmark"]
    table = _table(f"Frontier of {benchmark['name']}", "model", "sold by", ">price", ">score")
    for plotted in answer["frontier"]:
        score = plotted["score"]
        table.add_row(plotted["model"], plotted["offer"]["id"], plotted["price"], _figure(score))
    return table


def _priced(told: Any) -> str:
    if told is None:
        return "unknown"
    amount = told["rate"]["amount"] or _words(told["rate"]["state"])
    return f"{amount} ×{_short(told['times'])}" if told["times"] else str(amount)


def _month(told: Any) -> str:
    if told is None:
        return "unknown"
    return f"{told['total']} ×{_short(told['times'])}" if told["times"] else str(told["total"])


def _scored(told: Any) -> str:
    if told is None:
        return "unknown"
    gap = told["gap"]
    figure = _figure(told["score"])
    return f"{figure} ({gap['points']}, {_words(gap['verdict'])})" if gap else figure


def _figure(score: Any) -> str:
    return f"{_QUALIFIERS.get(score['qualifier'], '')}{score['value']}"


def _short(ratio: str) -> str:
    """A ratio to four digits, for display only."""
    return f"{_FOUR_DIGITS.create_decimal(ratio):f}"


def _table(title: str, *headings: str) -> Table:
    table = Table(title=title, title_justify="left")
    for heading in headings:
        name = heading.removeprefix(">")
        justify = "right" if heading.startswith(">") else "left"
        table.add_column(name, justify=justify, overflow="fold")  # type: ignore[arg-type]
    return table


def _unit(rate: Any) -> str:
    return f"{rate['currency']} per {rate['per']:,} {rate['unit']}s"


def _said(said: Any) -> str:
    return "unknown" if said is None else said["amount"] or _words(said["state"])


def _figure_said(said: Any) -> str:
    return _words(said["state"]) if said["value"] is None else _figure(said)


def _fact(said: Any) -> str:
    value = said["value"]
    if value is None:
        return _words(said["state"])
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, list) else str(value)


def _words(name: str) -> str:
    return name.replace("_", " ")


def _day(moment: str) -> str:
    return moment[:10] if moment.endswith("T00:00:00Z") else moment[:16].replace("T", " ")
