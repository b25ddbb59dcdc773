"""Which model a leaderboard means: declared names and exact rules, as for offers, never a likeness.

A board writes a name (``Claude Opus 4.7``, ``gpt-5.4-2026-03-05``, ``qwen/qwen3.6-27b``), perhaps
the organisation beside it, perhaps other names of the same thing. An organisation that is named and
not known is no licence to go by the name's beginning: others publish models under it. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable

from registry.catalog.identity import IdentityIndex
from registry.catalog.matches import Match, Reason, Rule, Unmatched


def mentioned(
    index: IdentityIndex, name: str, *, organisation: str | None, aliases: Iterable[str] = ()
) -> Match | Unmatched:
    """The one model that is meant, or why there is none.

    The name itself goes before ``aliases``, of which all that read as a model must agree.
    ``organisation`` is as the board writes it, several of them joined by commas.
    """
    found = _named(index, name, organisation)
    if isinstance(found, Match) or found.candidates:
        return found
    others = [_named(index, alias, organisation) for alias in aliases]
    refs = sorted({other.model_ref for other in others if isinstance(other, Match)})
    if len(refs) == 1:
        return Match(refs[0], Rule.OTHER_NAME)
    return Unmatched(Reason.AMBIGUOUS, tuple(refs)) if refs else found


def _named(index: IdentityIndex, name: str, organisation: str | None) -> Match | Unmatched:
    whole = index.link("", name)
    if isinstance(whole, Match) or whole.candidates or "/" in name:
        return whole
    if organisation:
        lab = _lab(index, organisation)
        if lab is None:
            return Unmatched(Reason.UNKNOWN_NAMESPACE)
        return index.model_of(lab, name, Rule.LAB_NAME)
    family = index.reader.lab_of_family(name)
    if family is None:
        return Unmatched(Reason.UNKNOWN_FAMILY)
    return index.model_of(family, name, Rule.FAMILY)


def _lab(index: IdentityIndex, organisation: str) -> str | None:
    """The one lab among those named together; partners that make no models of their own pass."""
    named = {index.reader.lab_named(part) for part in organisation.split(",")} - {None}
    return named.pop() if len(named) == 1 else None
