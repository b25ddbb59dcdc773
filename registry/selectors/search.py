"""Names found by what a reader types: any words, in any order, however they are joined."""

from __future__ import annotations

import re

_JOINTS = re.compile(r"[\s_/:-]+")


class Words:
    """Typed words; none match everything."""

    def __init__(self, text: str) -> None:
        self._words = _plain(text).split()

    def match(self, *names: str) -> bool:
        """Whether every word is a part of one of the names."""
        said = _plain(" ".join(names))
        return all(word in said for word in self._words)


def _plain(text: str) -> str:
    return _JOINTS.sub(" ", text.casefold())
