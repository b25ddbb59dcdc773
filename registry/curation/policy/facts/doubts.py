"""What is odd about a fact: a word that cannot be, a step too large, facts that contradict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from registry.catalog.facts import KINDS, MODALITIES, FactValue, Kind, text_of
from registry.curation.policy.reasons import Finding, Reason
from registry.curation.policy.thresholds import (
    COUNTS_OF_PARAMETERS,
    COUNTS_OF_TOKENS,
    FIRST_RELEASE,
    LARGEST_QUIET_STEP_OF_COUNT,
    LONGEST_ANNOUNCEMENT,
)

_COUNTS = {
    "context_tokens": COUNTS_OF_TOKENS,
    "max_output_tokens": (1, COUNTS_OF_TOKENS[1]),
    "total_parameters": COUNTS_OF_PARAMETERS,
    "active_parameters": COUNTS_OF_PARAMETERS,
}

# Of each pair the first is never larger, or later, than the second.
_ORDERED = (
    ("active_parameters", "total_parameters"),
    ("released_on", "retires_on"),
    ("released_on", "deprecated_on"),
)


def implausible(field: str, value: FactValue, *, at: datetime) -> Finding | None:
    """What speaks against a word on its own, whatever was said before."""
    if isinstance(value, tuple):
        strange = [word for word in value if word not in MODALITIES]
        if strange:
            known = ", ".join(MODALITIES)
            return Finding(Reason.UNKNOWN_MODALITY, field, ", ".join(strange), f"some of {known}")
    elif field in _COUNTS:
        low, high = _COUNTS[field]
        if not low <= int(value) <= high:
            return Finding(Reason.FACT_IMPLAUSIBLE, field, str(value), f"{low} to {high}")
    elif KINDS[field] is Kind.DAY:
        last = at.date() + LONGEST_ANNOUNCEMENT
        if not FIRST_RELEASE <= date.fromisoformat(str(value)) <= last:
            expected = f"a day from {FIRST_RELEASE} to {last}"
            return Finding(Reason.FACT_IMPLAUSIBLE, field, str(value), expected)
    return None


def doubtful_step(field: str, old: FactValue, new: FactValue) -> Finding | None:
    """What speaks against a step that nobody else confirms."""
    step = f"{text_of(old)} -> {text_of(new)}"
    if field == "open_weights" and old is True and new is False:
        return Finding(
            Reason.FACT_REVERSED, field, step, "true: weights that are out stay out; or more voices"
        )
    if KINDS[field] is Kind.COUNT:
        smaller, larger = sorted((int(str(old)), int(str(new))))
        if larger >= LARGEST_QUIET_STEP_OF_COUNT * smaller:
            expected = (
                f"a step below x{LARGEST_QUIET_STEP_OF_COUNT}, or more voices that confirm it"
            )
            return Finding(Reason.FACT_STEP, field, step, expected)
    return None


def contradictions(values: Mapping[str, FactValue]) -> Iterator[tuple[str, str, Finding]]:
    """Pairs of facts that cannot both be, each with what was found."""
    for low, high in _ORDERED:
        one, other = values.get(low), values.get(high)
        if one is None or other is None:
            continue
        if _place(low, one) > _place(high, other):
            found = f"{low} {one}, {high} {other}"
            yield low, high, Finding(Reason.FACT_CONTRADICTED, high, found, f"{low} <= {high}")


def _place(field: str, value: FactValue) -> int:
    """A count, or a day as its number."""
    if KINDS[field] is Kind.DAY:
        return date.fromisoformat(str(value)).toordinal()
    return int(str(value))
