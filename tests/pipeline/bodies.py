"""Small bodies as the real feeds and pages write them, out of a few prices.

Figures are the raw text that stands in the body (``"1.74"``, ``"null"``, ``"NaN"``), so that a test
can write whatever a feed might.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

Figures = Mapping[str, str]

FILLERS = tuple(f"openai/filler-{letter}" for letter in "abcdefghijkl")
"""Offers that stand beside the one a test is about, so that it is one row of many."""


def models_dev(rows: Mapping[str, Figures], *, facts: Figures | None = None) -> bytes:
    """``api.json`` of rows by ``provider/model``: prices in USD per million; facts of every row."""
    providers: dict[str, dict[str, str]] = {}
    for key, cost in rows.items():
        provider, _, model_id = key.partition("/")
        providers.setdefault(provider, {})[model_id] = _object(
            {**(facts or {}), "cost": _object(cost)}
        )
    return _object(
        {name: _object({"models": _object(models)}) for name, models in providers.items()}
    ).encode()


def litellm(rows: Mapping[str, Figures], *, provider: str = "openai") -> bytes:
    """The map of rows by key: any field as it stands; the provider is added where none is named."""
    named = {"litellm_provider": json.dumps(provider), "mode": '"chat"'}
    return _object({key: _object({**named, **fields}) for key, fields in rows.items()}).encode()


def openrouter(rows: Mapping[str, Figures]) -> bytes:
    """``/api/v1/models`` of rows by id: prices in USD per single unit, written as strings."""
    models = (
        _object({"id": json.dumps(key), "pricing": _object(_strings(pricing))})
        for key, pricing in rows.items()
    )
    return _object({"data": f"[{','.join(models)}]"}).encode()


def portkey(rows: Mapping[str, Figures]) -> bytes:
    """One provider's file of rows by id: prices in cents per token."""
    return _object(
        {
            key: _object({"pricing_config": _object({"pay_as_you_go": _object(_boxed(prices))})})
            for key, prices in rows.items()
        }
    ).encode()


def llm_prices(*records: Figures) -> bytes:
    """``historical-v1.json`` of records; a vendor and open dates are added where none are named."""
    plain = {"vendor": '"openai"', "input_cached": "null", "from_date": "null", "to_date": "null"}
    return _object({"prices": f"[{','.join(_object({**plain, **r}) for r in records)}]"}).encode()


def record(model_id: str, figures: Iterable[str], **dates: str) -> dict[str, str]:
    """One record of `llm_prices`: input, output and, where known, the cache hit."""
    names = ("input", "output", "input_cached")
    row = {"id": json.dumps(model_id), "name": json.dumps(model_id)}
    row |= dict(zip(names, figures, strict=False))
    return row | {name: json.dumps(day) for name, day in dates.items()}


def scored(model: str, *readings: Mapping[str, object]) -> dict[str, list[dict[str, object]]]:
    """A model and its readings; each has a page and a name unless it says otherwise."""
    plain: dict[str, object] = {"name": "MMLU", "source": "https://example.org/card"}
    return {model: [{**plain, **reading} for reading in readings]}


def models_dev_scores(rows: Mapping[str, object]) -> bytes:
    """``models.json`` of rows by ``lab/model``."""
    models = {model: {"id": model, "benchmarks": readings} for model, readings in rows.items()}
    return json.dumps(models).encode()


def deepseek_page(
    models: Mapping[str, tuple[str, str, str]],
    *,
    peaks: Mapping[str, tuple[str, str, str]] | None = None,
) -> bytes:
    """DeepSeek's own page: input, output and cache hit of each model, also at peak where told."""
    rows = [
        ("MODEL", "", list(models)),
        ("BASE URL", "", ["https://api.deepseek.com"] * len(models)),
        ("MODEL VERSION", "", list(models)),
        ("CONTEXT LENGTH", "", ["1M"] * len(models)),
        ("MAX OUTPUT", "", ["MAXIMUM: 384K"] * len(models)),
    ]
    names = ("1M INPUT TOKENS (CACHE MISS)", "1M OUTPUT TOKENS", "1M INPUT TOKENS (CACHE HIT)")
    for place, name in enumerate(names):
        usual = [f"${prices[place]}" for prices in models.values()]
        if peaks is None:
            rows.append((name, "", usual))
        else:
            rows.append((name, "OFF-PEAK", usual))
            rows.append((name, "PEAK", [f"${peaks[model][place]}" for model in models]))
    table = "\n".join(map(_table_row, rows))
    return f"<html><body><table>\n{table}\n</table></body></html>".encode()


def priced(keys: Iterable[str], *figures: str) -> dict[str, Figures]:
    """The same prices, input and output per million, for every key (as `models_dev` names them)."""
    names = ("input", "output")
    return {key: dict(zip(names, figures, strict=False)) for key in keys}


def per_token(input_price: str, output_price: str, **rest: str) -> dict[str, str]:
    """A row of `litellm` out of prices per million."""
    return {
        "input_cost_per_token": f"{input_price}e-6",
        "output_cost_per_token": f"{output_price}e-6",
        **rest,
    }


def _table_row(row: tuple[str, str, list[str]]) -> str:
    name, period, cells = row
    head = f"<td>{name}</td><td>{period}</td>" if period else f'<td colspan="2">{name}</td>'
    return f"<tr>{head}{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _object(members: Figures) -> str:
    return "{" + ", ".join(f"{json.dumps(key)}: {text}" for key, text in members.items()) + "}"


def _boxed(prices: Figures) -> dict[str, str]:
    return {name: _object({"price": text}) for name, text in prices.items()}


def _strings(members: Figures) -> dict[str, str]:
    return {key: text if text[:1] in '"[{' else json.dumps(text) for key, text in members.items()}
