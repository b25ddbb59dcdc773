"""The README tells of every setting, and of no other."""

from __future__ import annotations

import re
from pathlib import Path

from registry.environment import DESCRIPTIONS

README = Path(__file__).resolve().parents[2] / "README.md"


def test_the_table_of_settings_is_complete() -> None:
    listed = set(re.findall(r"^\| `([A-Z_]+)` \|", README.read_text(encoding="utf-8"), re.M))
    assert listed == {*DESCRIPTIONS, "DATABASE_URL", "REDIS_URL"}
