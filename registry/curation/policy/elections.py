"""Whose word is taken on one question when sources differ, be it a price or a fact.

The highest trusted fresh voice wins; where equally trusted ones differ, the word that most
independent voices give; without a majority what stands stays, or, where nothing stands yet, the
word that has been said longest. A winner that is not the subject's own word is outvoted by enough
independent voices that agree among themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Generic, NamedTuple, Protocol, TypeVar

from registry.curation.policy.thresholds import VOICES_FOR_LARGE_CHANGE, VOICES_TO_OUTVOTE


class Speaker(Protocol):
    """Who says something.

    ``group``: sources that copy each other share one and count once. ``own``: it is the own word of
    whom the question is about. ``fresh``: it was heard within its time.
    """

    @property
    def source(self) -> str: ...
    @property
    def group(self) -> str: ...
    @property
    def trust(self) -> int: ...
    @property
    def own(self) -> bool: ...
    @property
    def fresh(self) -> bool: ...


S = TypeVar("S", bound=Speaker)
W = TypeVar("W")
Same = Callable[[W, W], bool]


class Saying(NamedTuple, Generic[S, W]):
    """One speaker's word on the question, and since when it has been its word."""

    speaker: S
    word: W
    since: datetime


class Status(StrEnum):
    """How well what is published is supported."""

    CONFIRMED = "confirmed"
    SINGLE = "single"
    DISPUTED = "disputed"


def independent(speakers: Iterable[Speaker]) -> int:
    """How many of the speakers are nobody's copy."""
    return len({speaker.group for speaker in speakers})


def support(agreeing: Collection[Speaker], differing: Collection[Speaker]) -> Status:
    """Confirmed needs two independent voices, and more of them than say otherwise."""
    agree, differ = independent(agreeing), independent(differing)
    if agree > 1 and agree > differ:
        return Status.CONFIRMED
    return Status.DISPUTED if differ else Status.SINGLE


def corroborated(speakers: Collection[Speaker]) -> bool:
    """Two independent voices with the subject's own among them, or three without it."""
    own = any(speaker.own for speaker in speakers)
    return independent(speakers) >= (2 if own else VOICES_FOR_LARGE_CHANGE)


def heard(said: Sequence[Saying[S, W]], same: Same[W]) -> list[Saying[S, W]]:
    """The fresh voices that have news: a lesser one only repeats what a better one has outdated.

    When the provider's page has changed and is then not reached for a while, the feeds that have
    not followed yet do not bring the old word back.
    """
    stale = [one for one in said if not one.speaker.fresh]
    return [
        one
        for one in said
        if one.speaker.fresh
        and not any(
            better.speaker.trust > one.speaker.trust
            and better.since > one.since
            and not same(one.word, better.word)
            for better in stale
        )
    ]


def elect(said: Sequence[Saying[S, W]], standing: W | None, same: Same[W]) -> W | None:
    """The word that is taken of those heard; None where nobody is."""
    if len(said) < 2:
        return said[0].word if said else None
    top = max(one.speaker.trust for one in said)
    leaders = [one for one in said if one.speaker.trust == top]
    leading = _distinct(leaders, same)
    if not any(one.speaker.own for one in leaders):
        outvoting = [
            word
            for word in _distinct(said, same)
            if _support(word, said, same) >= VOICES_TO_OUTVOTE
            and all(
                _support(word, said, same) > _support(other, said, same)
                for other in leading
                if not same(word, other)
            )
        ]
        if outvoting:
            return outvoting[0]
    if len(leading) == 1:
        return leading[0]
    counts = sorted((_support(word, said, same) for word in leading), reverse=True)
    if counts[0] > counts[1]:
        return max(leading, key=lambda word: _support(word, said, same))
    if standing is not None:
        return standing
    return min(leaders, key=lambda one: (one.since, one.speaker.source)).word


def _distinct(said: Sequence[Saying[S, W]], same: Same[W]) -> list[W]:
    words: list[W] = []
    for one in sorted(said, key=lambda one: (-one.speaker.trust, one.speaker.source)):
        if not any(same(one.word, word) for word in words):
            words.append(one.word)
    return words


def _support(word: W, said: Sequence[Saying[S, W]], same: Same[W]) -> int:
    return independent(one.speaker for one in said if same(word, one.word))
