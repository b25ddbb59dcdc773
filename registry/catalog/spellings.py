"""What a written id says beside the name of a model: who sells it, where, under which tier.

Clients, bills and logs wrap a provider's own id: in a resource name, behind a seller's name and a
place, in front of a date, a version, a route. Each wrapping is told by its exact form and taken off
in turn, so that an id reads as a list of `Spelling`, from as it stands to all taken off. Whether a
spelling names anything is for `registry.catalog.resolving` to say. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from registry.catalog.names import undated

BEDROCK, VERTEX, GEMINI = "amazon-bedrock", "google-vertex", "google"

_ARN = re.compile(
    r"arn:aws(?:-us-gov|-cn)?:bedrock:(?P<region>[a-z0-9-]*):\d*:"
    r"(?:foundation-model|inference-profile)/(?P<id>.+)"
)
_HUGGING_FACE = re.compile(r"(?:https://(?:huggingface\.co|hf\.co)/|hf:)(?P<id>[^/?#]+/[^/?#]+).*")
_VERTEX_NAME = re.compile(
    r"(?:projects/[^/]+/locations/(?P<region>[^/]+)/)?publishers/(?P<lab>[^/]+)/models/(?P<id>.+)"
)
_GEMINI_NAME = re.compile(r"models/(?P<id>[^/]+)")
_GEO = re.compile(r"(?P<region>us-gov|us|eu|apac|au|jp|ca|sa|me|af|global)\.(?P<id>[a-z0-9]+\..+)")
_VENDOR_FORM = re.compile(r"(?:[a-z-]+\.)?[a-z0-9]+\.[^/]+-v\d+:\d+")
_VENDOR_VERSION = re.compile(r"(?P<id>.+?)-v\d+(?::\d+)?(?::\w+)?")
_VERTEX_DATE = re.compile(r"[^/@]+@(?:20\d{6}|default|latest)")
_PLACES = re.compile(
    r"(?:us|eu|us-gov|global|global-standard|[a-z]{2}(?:-gov)?-[a-z]+-\d|[a-z]+-[a-z]+\d)"
)
_CONTEXT = re.compile(r"(?P<id>.+)\[\d+[km]\]")
_FINE_TUNE = re.compile(r"(?P<id>ft:[^:]+)(?::[^:]*)+")
_OLD_FINE_TUNE = re.compile(r"(?P<id>[^:]+):ft-.+")
_AZURE_FINE_TUNE = re.compile(r"(?P<id>.+)\.ft-[0-9a-f]+")
# OpenRouter: these choose among the hosts of one offer; any other suffix is an offer of its own.
_ROUTES = frozenset({"nitro", "floor", "online", "exacto"})
_TIERS = frozenset({"batch", "flex", "priority"})


class Step(StrEnum):
    """What was taken off an id, or read out of its form."""

    RESOURCE_NAME = "resource_name"  # an ARN, a path of Google's, an address at Hugging Face
    SELLER = "seller"  # `azure/…`: the name of who sells it
    FORM = "form"  # `…@20260415`, `vendor.name-v1:0`: only one seller writes ids so
    REGION = "region"
    TIER = "tier"
    ROUTE = "route"  # `:nitro`, `:floor`: a choice among hosts, at the offer's own price
    CONTEXT = "context"  # `[1m]`: how long a client lets its requests grow
    DATE = "date"  # a snapshot's day, or `-latest`
    VERSION = "version"  # Amazon's `-v1:0`
    FINE_TUNE = "fine_tune"  # a customer's own copy
    EDITION = "edition"  # `:free`, `:thinking`: an offer of its own that is not held


@dataclass(frozen=True, slots=True)
class Spelling:
    """An id with some of its wrappings taken off; ``steps`` says which.

    ``provider``: the slug of who sells it, as far as told. ``same_offer``: False where what was
    taken off has a price of its own, so that the rest tells the model and no offer.
    """

    model_id: str
    provider: str | None = None
    region: str | None = None
    tier: str | None = None
    steps: tuple[Step, ...] = ()
    same_offer: bool = True

    def taken(
        self,
        step: Step,
        model_id: str,
        *,
        provider: str | None = None,
        region: str | None = None,
        tier: str | None = None,
        same_offer: bool = True,
    ) -> Spelling:
        """The same with something taken off; what was told before is not told otherwise."""
        return Spelling(
            model_id,
            self.provider or provider,
            self.region or region,
            self.tier or tier,
            (*self.steps, step),
            self.same_offer and same_offer,
        )


def spellings(
    text: str, provider: str | None = None, *, sellers: Mapping[str, str]
) -> tuple[Spelling, ...]:
    """Every way to read an id, each once, the least taken off first.

    ``sellers``: slugs of providers by the names that stand for them in front of an id.
    """
    found = [Spelling(text, provider)]
    for take in (_resource_name, _seller(sellers), _form, _place, _geography, _suffix, _context,
                 _fine_tune, _version, _date):  # fmt: skip
        found += [taken for taken in take(found[-1]) if taken.model_id]
    return tuple(dict.fromkeys(found))


_Take = Callable[[Spelling], Iterator[Spelling]]


def _resource_name(said: Spelling) -> Iterator[Spelling]:
    text, step = said.model_id, Step.RESOURCE_NAME
    if match := _ARN.fullmatch(text):
        yield said.taken(step, match["id"], provider=BEDROCK, region=_arn_region(match))
    elif match := _HUGGING_FACE.fullmatch(text):
        yield said.taken(step, match["id"])
    elif match := _VERTEX_NAME.fullmatch(text):
        for name in (f"{match['lab']}/{match['id']}", match["id"]):
            yield said.taken(step, name, provider=VERTEX, region=match["region"])
    elif match := _GEMINI_NAME.fullmatch(text):
        yield said.taken(step, match["id"], provider=GEMINI)


def _arn_region(match: re.Match[str]) -> str | None:
    """A profile's geography, which stands before its id, says more than where it was called."""
    return None if _GEO.fullmatch(match["id"]) else match["region"] or None


def _seller(sellers: Mapping[str, str]) -> _Take:
    def take(said: Spelling) -> Iterator[Spelling]:
        name, _, rest = said.model_id.partition("/")
        slug = sellers.get(name.lower())
        if rest and slug is not None and said.provider in (None, slug):
            yield said.taken(Step.SELLER, rest, provider=slug)

    return take


def _form(said: Spelling) -> Iterator[Spelling]:
    if said.provider is None:
        if _VERTEX_DATE.fullmatch(said.model_id):
            yield said.taken(Step.FORM, said.model_id, provider=VERTEX)
        elif _VENDOR_FORM.fullmatch(said.model_id) or _GEO.fullmatch(said.model_id):
            yield said.taken(Step.FORM, said.model_id, provider=BEDROCK)


def _place(said: Spelling) -> Iterator[Spelling]:
    """A place is a segment between the seller and the id, so one of them must be told."""
    place, _, rest = said.model_id.partition("/")
    if rest and said.provider is not None and _PLACES.fullmatch(place):
        yield said.taken(Step.REGION, rest, region=place)


def _geography(said: Spelling) -> Iterator[Spelling]:
    if match := _GEO.fullmatch(said.model_id):
        yield said.taken(Step.REGION, match["id"], region=match["region"])


def _suffix(said: Spelling) -> Iterator[Spelling]:
    name, _, word = said.model_id.rpartition(":")
    if word in _TIERS:
        yield said.taken(Step.TIER, name, tier=word)
    elif word in _ROUTES:
        yield said.taken(Step.ROUTE, name)
    elif word.isalpha() and name not in ("", "ft"):
        yield said.taken(Step.EDITION, name, same_offer=False)


def _context(said: Spelling) -> Iterator[Spelling]:
    if match := _CONTEXT.fullmatch(said.model_id):
        yield said.taken(Step.CONTEXT, match["id"])


def _fine_tune(said: Spelling) -> Iterator[Spelling]:
    """OpenAI sells copies under ``ft:`` and the base's name; the base itself costs otherwise."""
    text = said.model_id
    if match := _FINE_TUNE.fullmatch(text):
        yield said.taken(Step.FINE_TUNE, match["id"])
        yield said.taken(Step.FINE_TUNE, match["id"].removeprefix("ft:"), same_offer=False)
    elif match := _OLD_FINE_TUNE.fullmatch(text) or _AZURE_FINE_TUNE.fullmatch(text):
        yield said.taken(Step.FINE_TUNE, match["id"], same_offer=False)


def _version(said: Spelling) -> Iterator[Spelling]:
    if said.provider == BEDROCK and (match := _VENDOR_VERSION.fullmatch(said.model_id)):
        yield said.taken(Step.VERSION, match["id"])


def _date(said: Spelling) -> Iterator[Spelling]:
    name = undated(said.model_id.removesuffix("@default"))
    if name != said.model_id:
        yield said.taken(Step.DATE, name)
