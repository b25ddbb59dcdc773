"""What a row of LiteLLM's map says of the model, beside its prices."""

from __future__ import annotations

from scrapers.claims import Facts
from scrapers.facts import count, day, flag, names, words
from scrapers.sources.litellm.rows import Row


def facts_of(row: Row) -> Facts:
    """Facts as the row states them; a value of another type than usual counts as silence."""
    return Facts(
        mode=words(row.get("mode")),
        max_input_tokens=count(row.get("max_input_tokens")),
        max_output_tokens=count(row.get("max_output_tokens", row.get("max_tokens"))),
        input_modalities=names(row.get("supported_modalities")),
        output_modalities=names(row.get("supported_output_modalities")),
        deprecated_on=day(row.get("deprecation_date")),
        reasoning=flag(row.get("supports_reasoning")),
        tool_calls=flag(row.get("supports_function_calling")),
    )


def page_of(row: Row) -> str | None:
    """The page that the row names as its source."""
    source = words(row.get("source"))
    return source if source is not None and source.startswith(("https://", "http://")) else None
