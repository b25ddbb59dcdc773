"""The formats that are served, by their address below ``/compat/``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from registry.exports.compat import (
    genai_prices,
    litellm,
    llm_prices,
    models_dev,
    models_dev_scores,
    openrouter,
    openrouter_questions,
)
from registry.exports.compat.left_out import LeftOuts
from registry.selectors.ai_models import every_model
from registry.selectors.benchmarks import BenchmarkRow, benchmarks
from registry.selectors.clocks import AsOf
from registry.selectors.export_rows import announced_cards, export_histories, export_rows
from registry.selectors.readings import readings_of_models

# Benchmarks are declared by hand.
_MOST_BENCHMARKS = 10_000


def _whole(document: Any, asked: Mapping[str, str]) -> Any:
    return document


@dataclass(frozen=True, slots=True)
class Format:
    """One file of another registry: where it stands, and how ours is made.

    ``questions``: the parameters of upstream's own that ``narrowed`` takes a part of it by.
    """

    address: str
    make: Callable[[AsOf, LeftOuts], Any]
    questions: tuple[str, ...] = ()
    narrowed: Callable[[Any, Mapping[str, str]], Any] = _whole

    @property
    def left_out_address(self) -> str:
        """Where the list of what the format cannot hold stands."""
        return f"{self.address.removesuffix('.json')}.left-out.json"


def _litellm(as_of: AsOf, left_out: LeftOuts) -> Any:
    return litellm.document(export_rows(as_of), left_out)


def _genai_prices(as_of: AsOf, left_out: LeftOuts) -> Any:
    return genai_prices.document(export_rows(as_of), left_out, announced_cards(as_of))


def _models_dev(as_of: AsOf, left_out: LeftOuts) -> Any:
    return models_dev.document(export_rows(as_of), left_out)


def _models_dev_scores(as_of: AsOf, left_out: LeftOuts) -> Any:
    models = every_model()
    readings = readings_of_models([model.model_id for model in models], as_of)
    return models_dev_scores.document(models, readings, _all_benchmarks(), left_out)


def _all_benchmarks() -> tuple[BenchmarkRow, ...]:
    return benchmarks(limit=_MOST_BENCHMARKS).rows


def _openrouter(as_of: AsOf, left_out: LeftOuts) -> Any:
    return openrouter.models(export_rows(as_of, provider=openrouter.SELLER), left_out)


def _llm_prices_now(as_of: AsOf, left_out: LeftOuts) -> Any:
    return llm_prices.current(export_rows(as_of), as_of.at, left_out)


def _llm_prices_so_far(as_of: AsOf, left_out: LeftOuts) -> Any:
    llm_prices.current(export_rows(as_of), as_of.at, left_out)
    return llm_prices.historical(export_histories(as_of, known_to=llm_prices.SOURCE))


OPENROUTER = Format(
    "openrouter/api/v1/models",
    _openrouter,
    questions=openrouter_questions.QUESTIONS,
    narrowed=openrouter_questions.narrowed,
)
FORMATS: tuple[Format, ...] = (
    Format("litellm/model_prices_and_context_window.json", _litellm),
    Format("models.dev/api.json", _models_dev),
    Format("models.dev/models.json", _models_dev_scores),
    OPENROUTER,
    Format("genai-prices/v2/data.json", _genai_prices),
    Format("llm-prices/current-v1.json", _llm_prices_now),
    Format("llm-prices/historical-v1.json", _llm_prices_so_far),
)
