"""Requests generated from the contract: whatever is asked, the answer is one that it describes.

A few an operation here; `make test-contract` makes 10,000 over all of them.
"""

from __future__ import annotations

import os

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings

from registry.wsgi import application

CASES = int(os.environ.get("CONTRACT_CASES", "0"))
OPERATIONS = 30


NEWEST = 3
# What only an earlier answer can give; tests of lists and of the feed ask for it.
GIVEN = frozenset({"cursor", "since", "terms"})

schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", application)
schema.config.phases.coverage.enabled = CASES > 0


@pytest.mark.usefixtures("registry")
@schema.parametrize()
@settings(
    max_examples=CASES // OPERATIONS or 4,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
def test_an_answer_is_as_the_contract_describes(case: schemathesis.Case) -> None:
    _ask_for_what_may_be_held(case)
    case.call_and_validate()


def _ask_for_what_may_be_held(case: schemathesis.Case) -> None:
    """No invented place, no revision to come."""
    asked = {name: value for name, value in (case.query or {}).items() if name not in GIVEN}
    if isinstance(asked.get("revision"), int):
        asked["revision"] = min(asked["revision"], NEWEST)
    case.query = asked
