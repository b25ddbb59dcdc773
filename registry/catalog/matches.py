"""What linking a name comes to: the model that is meant and by which rule, or why none is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """How a link was made; kept on the offer as ``matched_by``."""

    ALIAS = "alias"  # the whole id is declared or curated as a model's name
    NAMESPACE = "namespace"  # `z-ai/glm-5.2`: a lab's namespace, its model's name
    VENDOR_ID = "vendor_id"  # `anthropic.claude-...`: Amazon's form
    OWN_ID = "own_id"  # the lab's own provider: its id is the model's name
    FAMILY = "family"  # a bare name that begins as only one lab's models do
    OFFER_ALIAS = "offer_alias"  # one of the offer's other names reads as a model
    LAB_NAME = "lab_name"  # the lab is named beside its model, as boards do
    OTHER_NAME = "other_name"  # another name that a board gives reads as a model


class Reason(StrEnum):
    """Why an offer has no model."""

    UNKNOWN_NAMESPACE = "unknown_namespace"
    UNKNOWN_FAMILY = "unknown_family"
    UNKNOWN_MODEL = "unknown_model"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Match:
    """The one model of an offer, as ``lab/slug``, and the rule that found it."""

    model_ref: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class Unmatched:
    """No certain model: why, and the models between which a person must choose."""

    reason: Reason
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProviderMatch:
    """The provider that a source's name means; undeclared ones are providers of their own."""

    slug: str
    declared: bool


@dataclass(frozen=True, slots=True)
class NewModel:
    """A model whose existence an id is evidence of."""

    lab: str
    slug: str

    @property
    def ref(self) -> str:
        """The readable id, ``lab/slug``."""
        return f"{self.lab}/{self.slug}"


def one_of(refs: Collection[str], rule: Rule) -> Match | Unmatched:
    """The match where there is just one model; more are a choice for a person."""
    if len(refs) == 1:
        return Match(next(iter(refs)), rule)
    if refs:
        return Unmatched(Reason.AMBIGUOUS, tuple(sorted(refs)))
    return Unmatched(Reason.UNKNOWN_MODEL)
