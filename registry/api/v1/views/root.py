"""The root, and whatever is at no address."""

from __future__ import annotations

from difflib import get_close_matches

from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from registry.api.counted import CountedView
from registry.api.operations import Answer, ReadView, operation
from registry.api.queries import Nothing
from registry.api.v1 import addresses, examples
from registry.api.v1.shapes.root import RESOURCES, Root
from registry.selectors.overview import overview


class RootView(ReadView):
    """``/api/v1/``"""

    @operation("root", "What is inside", query=Nothing, answer=Root, example=examples.ROOT)
    def get(self, request: Request, query: Nothing) -> Answer:
        """Counts, the newest revision with its hash, and where each resource is found."""
        return Answer(Root.of(overview()))


class NowhereView(CountedView):
    """Every other address under the root."""

    schema = None

    def initial(self, request: Request, *args: object, rest: str, **kwargs: object) -> None:
        """Refuses whatever the method; names the resource that may have been meant."""
        known = {name.replace("_", "-"): name for name in RESOURCES.__slots__}
        nearest = get_close_matches(rest.partition("/")[0], known, n=1)
        meant = f" Was {getattr(RESOURCES, known[nearest[0]])} meant?" if nearest else ""
        raise NotFound(f"Nothing is at {request.path}.{meant} {addresses.ROOT}/ lists what is.")
