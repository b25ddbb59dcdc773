"""What a model is called, out of all that sources call its offers.

Sources name what they list: an offer (``Google: Gemini 3 Pro (free)``), a snapshot
(``DeepSeek-V4-Pro-0813``), an alias (``Mistral Medium (latest)``). A model is called as its own id
reads, in the spelling of who knows it best. Where nobody spells the id, it is called what its lab
calls it, and after a snapshot only where nobody calls it anything else.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

from registry.curation.policy.thresholds import HEARSAY_TRUST

_TOKENS = re.compile(r"[a-z]+|\d+")
# `Google: Gemini 3 Pro`, as routers put the lab before the name.
_BEFORE = re.compile(r"^[^:()/]{1,30}: +")
# `(free)`, `(Azure)`, `(latest)`: how it is offered. A name may have several.
_BESIDE = re.compile(r" *\([^()]*(?:\([^()]*\))?\)$")
_ALIASES = re.compile(r"(?: *\((?:latest|free)\)| +latest)$", re.IGNORECASE)
# A day or a month by itself: 2026-02-15, 20260215, 05-20, 24.10, 0813, 2411.
_MARKS = re.compile(
    r"(?<![\d.])(?:20\d\d-?[01]\d-?[0-3]\d|[0-3]\d[-.][0-3]\d|(?:0[1-9]|1[0-2])[0-3]\d"
    r"|2[3-9](?:0[1-9]|1[0-2]))(?![\d.])(?!\w)"
)


class Label(NamedTuple):
    """A name that a source gives to an offer of the model; ``trust`` as on the model."""

    text: str
    trust: int
    source: str


def called(slug: str, lab: str, labels: Iterable[Label], standing: str | None) -> str | None:
    """The name of a model; None where no source has one.

    ``slug``: the model's at its lab; ``lab``: the lab's name. ``standing``: what it is called now,
    which stays where no other name is better. A host that repeats the id names nothing.
    """
    fitting: dict[str, list[Label]] = defaultdict(list)
    others: dict[str, list[Label]] = defaultdict(list)
    for label in labels:
        if label.text == slug and label.trust <= HEARSAY_TRUST:
            continue
        bare = _bare(label.text, slug, lab)
        if bare is not None:
            fitting[bare].append(label)
        elif "/" not in label.text:
            others[_ALIASES.sub("", _BEFORE.sub("", label.text))].append(label)
    if fitting:
        return max(fitting, key=lambda text: (*_weight(text, slug, fitting[text], standing), text))
    if standing is not None and _bare(standing, slug, lab) == standing:
        return standing
    if others:
        return max(
            others,
            key=lambda text: (
                not _bears_a_snapshot(text, slug),
                *_weight(text, slug, others[text], standing),
                text,
            ),
        )
    return None


def _bare(text: str, slug: str, lab: str) -> str | None:
    """The part of a label that reads as the id does, in any order of its words."""
    wanted = sorted(_tokens(slug))
    text = _BEFORE.sub("", text)
    while True:
        for one in (text, _without_lab(text, lab)):
            if sorted(_tokens(one)) == wanted:
                return one
        shorter = _BESIDE.sub("", text)
        if shorter == text:
            return None
        text = shorter


def _without_lab(text: str, lab: str) -> str:
    return text[len(lab) + 1 :] if text.lower().startswith(f"{lab.lower()} ") else text


def _tokens(text: str) -> list[str]:
    return _TOKENS.findall(text.lower().replace("+", " plus"))


def _weight(
    text: str, slug: str, labels: Collection[Label], standing: str | None
) -> tuple[bool, bool, bool, int, int, bool, int, bool, int]:
    """Those who speak for the lab first, and a name before an id in small letters.

    Then its words in the id's order; how many of the id's words it has, since a page may head
    several offers with one name; how many write it so; a name before the id in capitals; and the
    best who does.
    """
    trust = max(label.trust for label in labels)
    of_lab = trust > HEARSAY_TRUST
    return (
        of_lab,
        text != text.lower(),
        _tokens(text) == _tokens(slug),
        len({*_tokens(text)} & {*_tokens(slug)}),
        len({label.source for label in labels if label.trust > HEARSAY_TRUST or not of_lab}),
        text.lower() != slug,
        trust,
        text == standing,
        len(labels),
    )


def _bears_a_snapshot(text: str, slug: str) -> bool:
    """Whether a name tells a day or month that the id does not."""
    known = "".join(filter(str.isdigit, slug))
    found = ("".join(filter(str.isdigit, mark)) for mark in _MARKS.findall(text))
    return any(mark[-4:] not in known for mark in found)
