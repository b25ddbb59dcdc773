"""What LiteLLM bills for usages, by the map that its own variable points at."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from typing import Any

import litellm
from litellm.cost_calculator import batch_cost_calculator
from litellm.litellm_core_utils import get_model_cost_map as loaded
from litellm.litellm_core_utils.llm_cost_calc import utils
from litellm.types.utils import (
    CacheCreationTokenDetails,
    CompletionTokensDetailsWrapper,
    PromptTokensDetailsWrapper,
    Usage,
)


def main() -> None:
    """Reads ``{usages: [...]}``; writes the totals, and where the map came from."""
    question = json.load(sys.stdin)
    bills = [bill(**usage) for usage in question["usages"]]
    source = loaded.get_model_cost_map_source_info()
    json.dump(
        {"source": source["source"], "models": len(litellm.model_cost), "bills": bills}, sys.stdout
    )


def bill(key: str, provider: str, tier: str | None, at: str, counts: dict[str, int]) -> Any:
    """The total in dollars as the shortest text of its float, or the error."""
    moment = datetime.fromisoformat(at)
    utils.current_billing_time = lambda: moment
    usage = usage_of(counts)
    try:
        if tier == "batch":
            sent, made = batch_cost_calculator(usage, model=key, custom_llm_provider=provider)
        else:
            sent, made = litellm.cost_per_token(
                model=key, custom_llm_provider=provider, usage_object=usage, service_tier=tier
            )
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"[:200]}
    return {"total": repr(sent + made)}


def usage_of(counts: dict[str, int]) -> Usage:
    """Inclusive counts by meter as the answer of a model's provider tells them."""
    written = {name: counts.get(f"cache_write_{name}_tokens", 0) for name in ("5m", "1h", "12h")}
    writes = counts.get("cache_write_tokens", 0) or sum(written.values())
    sent = PromptTokensDetailsWrapper(
        cached_tokens=counts.get("cache_read_tokens", 0),
        cache_creation_tokens=writes,
        cache_creation_token_details=CacheCreationTokenDetails(
            ephemeral_5m_input_tokens=written["5m"],
            ephemeral_1h_input_tokens=written["1h"],
            ephemeral_12h_input_tokens=written["12h"],
        )
        if any(written.values())
        else None,
        audio_tokens=counts.get("input_audio_tokens", 0),
        image_tokens=counts.get("input_image_tokens", 0),
    )
    made = CompletionTokensDetailsWrapper(
        reasoning_tokens=counts.get("reasoning_tokens", 0),
        audio_tokens=counts.get("output_audio_tokens", 0),
    )
    whole, answer = counts["input_tokens"], counts["output_tokens"]
    return Usage(
        prompt_tokens=whole,
        completion_tokens=answer,
        total_tokens=whole + answer,
        prompt_tokens_details=sent,
        completion_tokens_details=made,
    )


if __name__ == "__main__":
    main()
