"""llm-prices: ``current-v1.json`` and ``historical-v1.json``, dollars per million tokens.

Three prices an offer: input, output and cached input. It lists the labs' own offers; the price of
longer requests is an entry of its own (``gpt-5.5-272k``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from registry.exports.compat.left_out import LeftOuts, Reason
from registry.exports.compat.pricing import Prices, amount_per, beyond, figures
from registry.exports.json_text import Json
from registry.pricing.rates import Rate
from registry.pricing.terms import Terms
from registry.selectors.export_rows import DatedCard, ExportRow

SOURCE = "llm-prices"
_KEYS = {
    "input_tokens": "input",
    "output_tokens": "output",
    "cache_read_tokens": "input_cached",
}
_PER = 1_000_000


def current(rows: Iterable[ExportRow], at: datetime, left_out: LeftOuts) -> Json:
    """What holds at a moment."""
    prices = [entry for row in _known(rows, left_out) for entry in _entries(row, left_out)]
    return {"updated_at": at.date(), "prices": prices}


def historical(histories: Iterable[tuple[ExportRow, tuple[DatedCard, ...]]]) -> Json:
    """Every period of every entry; ``to_date`` is the first day of the next, null while it lasts.

    Of several changes on one day the last counts: the format knows days only.
    """
    told: list[Json] = []
    for row, cards in histories:
        periods: dict[str, list[Json]] = {}
        for card in _last_of_each_day(cards):
            _go_on(periods, list(_figures(row, card.rates)), card.starts_at.date())
        told += (period for found in periods.values() for period in found)
    return {"prices": told}


def _known(rows: Iterable[ExportRow], left_out: LeftOuts) -> Iterator[ExportRow]:
    for row in rows:
        if row.seller.name_in(SOURCE) is None:
            left_out.offer(row, Reason.SELLER)
        else:
            yield row


def _entries(row: ExportRow, left_out: LeftOuts) -> Iterator[Json]:
    kept = []
    for rate in figures(row, left_out):
        if rate.meter not in _KEYS:
            left_out.rates(row, [rate], Reason.METER)
        elif rate.terms != Terms(context_over=rate.terms.context_over):
            left_out.rates(row, [rate], Reason.TERMS)
        else:
            kept.append(rate)
    entries = list(_figures(row, kept))
    if not entries:
        left_out.rates(row, kept, Reason.PRICE_OF_WHOLE)
    yield from entries


def _figures(row: ExportRow, rates: Iterable[Rate]) -> Iterator[Json]:
    """An entry of the offer, and one above each limit; none without prices of input and output."""
    prices = Prices(
        rate
        for rate in rates
        if rate.currency == "USD"
        and rate.meter in _KEYS
        and rate.terms == Terms(context_over=rate.terms.context_over)
    )
    sold = {rate.meter for rate in prices.rates}
    if not sold.issuperset(("input_tokens", "output_tokens")):
        return
    for over in (None, *prices.limits):
        told = {
            key: amount_per(rate, _PER)
            for meter, key in _KEYS.items()
            if meter in sold and (rate := prices.of(meter, tokens=beyond(over))) is not None
        }
        if "input" in told and "output" in told:
            yield _named(row, over) | told | {"input_cached": told.get("input_cached")}


def _named(row: ExportRow, over: int | None) -> Json:
    thousands, rest = divmod(over or 0, 1000)
    limit = str(over) if rest else f"{thousands}k"
    return {
        "id": row.model_id if over is None else f"{row.model_id}-{limit}",
        "vendor": row.seller.name_in(SOURCE),
        "name": row.name if over is None else f"{row.name} >{limit}",
    }


def _last_of_each_day(cards: Iterable[DatedCard]) -> Iterable[DatedCard]:
    return {card.starts_at.date(): card for card in cards}.values()


def _go_on(periods: dict[str, list[Json]], entries: list[Json], day: date) -> None:
    """Ends what changed or is gone on a day, begins what is new."""
    now = {entry["id"]: entry for entry in entries}
    for name in {**periods, **now}:
        found = periods.setdefault(name, [])
        last = found[-1] if found and found[-1]["to_date"] is None else None
        if last is not None and name in now and last == last | now[name]:
            continue
        if last is not None:
            last["to_date"] = day
        if name in now:
            found.append(now[name] | {"from_date": day, "to_date": None})
