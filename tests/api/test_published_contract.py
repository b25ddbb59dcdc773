"""The contract is the one that was published: a change of it is told on its page."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import orjson
from django.test import Client

PAGE = Path(__file__).resolve().parents[2] / "docs" / "api-changelog.md"


def test_the_contract_has_the_digest_that_its_page_tells() -> None:
    contract = Client().get("/api/v1/schema/").json()
    written = orjson.dumps(contract, option=orjson.OPT_SORT_KEYS)
    [told] = re.findall(r"^    sha256 ([0-9a-f]{64})$", PAGE.read_text(encoding="utf-8"), re.M)
    assert hashlib.sha256(written).hexdigest() == told, (
        "the contract has changed: tell what and why in docs/api-changelog.md, with its new digest"
    )
