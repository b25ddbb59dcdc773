"""What genai-prices bills for usages, after it has updated its prices from an address."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from typing import Any

from genai_prices import UpdatePrices, Usage, calc_price

_NAMES = {
    "reasoning_tokens": "output_reasoning_tokens",
    "cache_read_audio_tokens": "cache_audio_read_tokens",
    "cache_read_image_tokens": "cache_image_read_tokens",
}
# Of two overlapping counts the client asks how much is both; of ours nothing ever is.
_BOTH = (
    "cache_audio_read_tokens",
    "cache_audio_write_tokens",
    "cache_audio_write_5m_tokens",
    "cache_audio_write_1h_tokens",
    "output_audio_reasoning_tokens",
)
_CONTEXTS = {"batch": {"processing": "batch"}, "fast": {"speed": "fast"}}


def main() -> None:
    """Reads ``{url, usages: [...]}``; writes the totals."""
    question = json.load(sys.stdin)
    update = UpdatePrices(url=question["url"])
    update.start(wait=True)
    json.dump({"bills": [bill(**usage) for usage in question["usages"]]}, sys.stdout)
    update.stop()


def bill(model: str, provider: str, tier: str | None, at: str, counts: dict[str, int]) -> Any:
    """The total in dollars as the client's own Decimal, or the error."""
    told = dict.fromkeys(_BOTH, 0) | {_NAMES.get(name, name): n for name, n in counts.items()}
    writes = [n for name, n in counts.items() if name.startswith("cache_write_")]
    told["cache_write_tokens"] = counts.get("cache_write_tokens", sum(writes))
    context = None if tier is None else _CONTEXTS.get(tier, {"service_tier": tier})
    try:
        price = calc_price(
            Usage(**told),
            model,
            provider_id=provider,
            genai_request_timestamp=datetime.fromisoformat(at),
            price_context=context,
        )
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"[:300]}
    return {"total": str(price.total_price)}


if __name__ == "__main__":
    main()
