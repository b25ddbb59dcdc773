"""``/api/v1/resolve``"""

from __future__ import annotations

from dataclasses import dataclass

from rest_framework.request import Request

from registry.api import kinds, values
from registry.api.bodies import Body, member, of
from registry.api.operations import Answer, ReadView, operation, posted
from registry.api.queries import parameter, required
from registry.api.v1 import examples
from registry.api.v1.shapes.resolutions import Resolutions
from registry.selectors.clocks import as_of
from registry.selectors.resolving import Written, resolve

_ID = "The id as it is written there."
_PROVIDER = "Who sells it, where that is known beside the id."
_MOST = 1_000


@dataclass(frozen=True, slots=True)
class ResolveQuery:
    """One id."""

    id: str = required(kinds.TEXT, _ID)
    provider: str | None = parameter(kinds.SLUG, _PROVIDER)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenId(Body):
    """One id of many."""

    id: str = member(values.text(kinds.TEXT), _ID)
    provider: str | None = member(values.text(kinds.SLUG), _PROVIDER, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveBody(Body):
    """Many ids."""

    ids: tuple[WrittenId, ...] = member(values.one_to(_MOST, of(WrittenId)), "The ids.")


class ResolveView(ReadView):
    """What ids mean."""

    @operation(
        "resolveId",
        "What an id means",
        query=ResolveQuery,
        answer=Resolutions,
        example=examples.RESOLUTIONS,
    )
    def get(self, request: Request, query: ResolveQuery) -> Answer:
        """The offer and the model behind any spelling that a client, a bill or a log may hold.

        Nothing is guessed: where an id is not certain, the answer is null and names candidates.
        """
        return _answer((Written(query.id, query.provider),))

    @posted(
        "resolveIds",
        "What many ids mean",
        body=ResolveBody,
        sent=examples.RESOLVE_BODY,
        answer=Resolutions,
        example=examples.RESOLUTIONS,
    )
    def post(self, request: Request, body: ResolveBody) -> Answer:
        """Up to 1,000 ids at once, answered in their order."""
        return _answer(tuple(Written(one.id, one.provider) for one in body.ids))


def _answer(written: tuple[Written, ...]) -> Answer:
    return Answer(Resolutions.of(written, resolve(written), as_of()))
