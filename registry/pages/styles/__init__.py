"""The styles of all pages: one element in the head of each, known to the content policy by digest.

A page that carries its styles is painted without asking the server a second time. The policy names
the SHA-256 of exactly these bytes and lets no other style in a page hold. No framework is needed
here: the settings read it.
"""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

# Later ones win over earlier ones.
SHEETS = (
    "tokens",
    "base",
    "frame",
    "layout",
    "tables",
    "marks",
    "forms",
    "charts",
    "calculator",
    "compare",
    "frontier",
    "print",
)
_FOLDER = Path(__file__).parent
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BLANKS = re.compile(r"\s+")
_AT_A_BRACKET = re.compile(r" ?([{};]) ?")


def packed(text: str) -> str:
    """The same rules without comments and without blanks that say nothing."""
    return _AT_A_BRACKET.sub(r"\1", _BLANKS.sub(" ", _COMMENT.sub("", text))).strip()


TEXT = packed("".join((_FOLDER / f"{name}.css").read_text(encoding="utf-8") for name in SHEETS))
# As a directive of a content policy takes it.
DIGEST = f"'sha256-{b64encode(sha256(TEXT.encode()).digest()).decode()}'"
