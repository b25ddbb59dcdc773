"""Names in a readable address: short where they can be, and the same thing when read back."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.selectors.model_names import Named, named
from registry.selectors.refusals import Refusal
from registry.selectors.resolving import Written
from tests.pages.conftest import registry

__all__ = ["registry"]

pytestmark = pytest.mark.usefixtures("registry")


@pytest.mark.parametrize(
    ("spelling", "name", "meant"),
    [
        ("gpt-5.5", "gpt-5.5", "openai/gpt-5.5"),
        ("openai/gpt-5.5", "gpt-5.5", "openai/gpt-5.5"),
        ("GPT-5-5", "gpt-5.5", "openai/gpt-5.5"),
        ("openrouter/deepseek/deepseek-v4-pro",) + ("openrouter/deepseek/deepseek-v4-pro",) * 2,
    ],
)
def test_any_spelling_has_one_name_that_means_the_same(
    spelling: str, name: str, meant: str
) -> None:
    assert named([spelling]) == (Named(name, Written(meant)),)
    assert named([name]) == (Named(name, Written(meant)),)


def test_what_means_nothing_is_refused_in_its_place() -> None:
    first, second = named(["gpt-5.5", "nobody-knows"])
    assert isinstance(first, Named)
    assert isinstance(second, Refusal)
    assert (second.path, second.value) == ("models[1]", "nobody-knows")


def test_names_as_they_are_given_out_cost_one_statement() -> None:
    with CaptureQueriesContext(connection) as asked:
        named(["gpt-5.5", "deepseek-v4-pro"])
    assert len(asked) == 1
