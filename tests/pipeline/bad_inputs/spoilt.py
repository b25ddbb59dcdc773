"""One offer's card spoilt in one way, taken through every stage beside the good one that stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest

from registry.curation.models import Review
from registry.ingest.models import Run
from tests.pipeline.bodies import (
    FILLERS,
    Figures,
    deepseek_page,
    litellm,
    llm_prices,
    models_dev,
    openrouter,
    per_token,
    portkey,
    priced,
    record,
)
from tests.pipeline.taking import card, deliver

GOOD_DAY, NEXT_DAY = "2026-04-01", "2026-04-02"
OTHERS = ("filler-a", "filler-b", "filler-c", "filler-d", "filler-e", "filler-f")
PAGE = {
    "deepseek-v4-flash": ("0.14", "0.28", "0.028"),
    "deepseek-v4-pro": ("1.74", "3.48", "0.145"),
}


@dataclass(frozen=True, slots=True)
class Feed:
    """How a source's body is written around one row, and the row's good figures."""

    source: str
    offer: str
    good: Figures
    write: Callable[[Figures], bytes]
    part: str = ""

    def deliver(self, figures: Figures, day: str) -> Run:
        """The body with these figures in the row."""
        return deliver(self.source, self.write(figures), day, part=self.part)


def _among_fillers(write: Callable[[Mapping[str, Figures]], bytes], key: str, other: Figures,
                   others: tuple[str, ...] = OTHERS) -> Callable[[Figures], bytes]:  # fmt: skip
    return lambda figures: write({**dict.fromkeys(others, other), key: figures})


FEEDS = {
    "models.dev": Feed(
        "models-dev",
        "openai/gpt-9",
        {"input": "3", "output": "15", "cache_read": "0.3"},
        lambda figures: models_dev(priced(FILLERS, "3", "15") | {"openai/gpt-9": figures}),
    ),
    "LiteLLM": Feed(
        "litellm",
        "openai/gpt-9",
        per_token("3", "15"),
        _among_fillers(litellm, "gpt-9", per_token("3", "15")),
    ),
    "OpenRouter": Feed(
        "openrouter",
        "openrouter/openai/gpt-9",
        {"prompt": "0.000003", "completion": "0.000015"},
        _among_fillers(
            openrouter, "openai/gpt-9", {"prompt": "0.000003", "completion": "0.000015"}, FILLERS
        ),
    ),
    "llm-prices": Feed(
        "llm-prices",
        "openai/gpt-9",
        {"input": "3", "output": "15"},
        lambda figures: llm_prices(
            *(record(name, ("3", "15")) for name in OTHERS), {**record("gpt-9", ()), **figures}
        ),
    ),
    "Portkey": Feed(
        "portkey",
        "openai/gpt-9",
        {"request_token": "0.0003", "response_token": "0.0015"},
        _among_fillers(portkey, "gpt-9", {"request_token": "0.0003", "response_token": "0.0015"}),
        part="openai",
    ),
    "DeepSeek's page": Feed(
        "deepseek",
        "deepseek/deepseek-v4-pro",
        {},
        lambda cells: _respelt(deepseek_page(PAGE), cells),
    ),
}


def _respelt(page: bytes, cells: Figures) -> bytes:
    """The page with cells of its table written otherwise."""
    if not cells:
        return page
    written = "|".join(map(re.escape, cells))
    text, found = re.subn(
        f"<td>({written})</td>", lambda cell: f"<td>{cells[cell[1]]}</td>", page.decode()
    )
    assert found >= len(cells), cells
    return text.encode()


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A row of the bad-input table in one of its forms.

    ``figures`` replace or join the good ones of the feed's row (None takes one out).
    """

    row: int
    feed: str
    figures: Mapping[str, str | None]
    reason: str
    outcome: str = Review.Outcome.HOLD

    def __str__(self) -> str:
        return f"row {self.row}, {self.feed}: {self.figures}"

    def case(self) -> object:
        """The case as a test's parameter, marked with its row."""
        return pytest.param(self, id=str(self), marks=pytest.mark.bad_input(self.row))

    def check(self) -> None:
        """Serves the good card, then the spoilt one: what stood stands, and an item says why."""
        feed = FEEDS[self.feed]
        feed.deliver(feed.good, GOOD_DAY)
        before = card(feed.offer, GOOD_DAY)
        assert before
        spoilt = {**feed.good, **self.figures}
        run = feed.deliver({n: text for n, text in spoilt.items() if text is not None}, NEXT_DAY)
        assert (run.outcome, run.detail) == (Run.Outcome.PUBLISHED, "")
        assert card(feed.offer, NEXT_DAY) == before
        items = Review.objects.filter(source__slug=feed.source, state=Review.State.OPEN)
        told = {
            (str(item.offer), item.outcome, reason)
            for item in items
            for reason, *_ in item.findings
        }
        assert (feed.offer, self.outcome, self.reason) in told, told
        assert {offer for offer, *_ in told} == {feed.offer}


def rejected(row: int, feed: str, figures: Mapping[str, str | None], reason: str) -> object:
    """A case whose card is rejected."""
    return Spoilt(row, feed, figures, reason, Review.Outcome.REJECT).case()


def held(row: int, feed: str, figures: Mapping[str, str | None], reason: str) -> object:
    """A case whose card waits for a person."""
    return Spoilt(row, feed, figures, reason).case()
