"""Requests generated from the contract: whatever is asked, the answer is one that it describes.

A few an operation here; `make test-contract` makes 10,000 over all of them.
"""

from __future__ import annotations

import os
from http import HTTPStatus
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

CASES = int(os.environ.get("CONTRACT_CASES", "0"))
OPERATIONS = 30


NEWEST = 3
# What only an earlier answer can give; tests of lists and of the feed ask for it.
GIVEN = frozenset({"cursor", "setup", "since", "terms"})
# Questions whose members depend on each other and on what is held.
SAID_IN_WORDS = frozenset(
    f"/api/v1/{name}" for name in ("compare", "cost", "scenarios", "workloads")
)

schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", get_wsgi_application())
schema.config.phases.coverage.enabled = CASES > 0


@pytest.mark.usefixtures("registry", "one_connection")
@schema.parametrize()
@settings(
    max_examples=CASES // OPERATIONS or 4,
    deadline=None,
    # The few are the same every time; the many are others every time.
    derandomize=CASES == 0,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
def test_an_answer_is_as_the_contract_describes(case: schemathesis.Case) -> None:
    _ask_for_what_may_be_held(case)
    answer = case.call()
    aside: list[Any] = [positive_data_acceptance] if _is_answered_in_words(case, answer) else []
    case.validate_response(answer, excluded_checks=aside)


def _is_answered_in_words(case: schemathesis.Case, answer: schemathesis.Response) -> bool:
    """Whether a question is refused for what no schema can say, each fault by its name.

    Which ids are held and differ, which counts fit together, what a card has a price for; and of
    which days there are rates of exchange.
    """
    in_words = case.path in SAID_IN_WORDS or "convert_to" in (case.query or {})
    if answer.status_code != HTTPStatus.BAD_REQUEST or not in_words:
        return False
    faults = answer.json()["errors"]
    return bool(faults) and all(one["field"] and one["expected"] for one in faults)


def _ask_for_what_may_be_held(case: schemathesis.Case) -> None:
    """No invented place, no revision to come."""
    asked = {name: value for name, value in (case.query or {}).items() if name not in GIVEN}
    if isinstance(asked.get("revision"), int):
        asked["revision"] = min(asked["revision"], NEWEST)
    case.query = asked
