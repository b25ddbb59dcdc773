"""Operations on what belongs to whoever shows a key: nobody else sees or changes it.

Like `registry.api.operations`, for answers that are nobody else's: never kept, refused without a
key of the right scope, and made by methods that change something.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from inspect import getdoc
from typing import Any, TypeVar

import orjson
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework.exceptions import NotAuthenticated, PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from registry.access.keys import Asker
from registry.api.bodies import Body, read_body
from registry.api.counted import CountedView
from registry.api.operations import NOT_KEPT, Answer, PathPart, name_of_tag, path_parameter
from registry.api.problems import MEDIA_TYPE, Problem
from registry.api.queries import Nothing, described, read_query
from registry.api.shape import Shape

Q = TypeVar("Q")
V = TypeVar("V")
_NO_CONTENT = 204


class OwnedView(CountedView):
    """A view of what a key owns."""

    scope: str = ""

    def asker(self, request: Request) -> Asker:
        """Whose key was shown; raises 401 without one, 403 where it is not for this."""
        if not isinstance(request.auth, Asker):
            raise NotAuthenticated("A key is needed: Authorization: Bearer rc_…")
        if self.scope not in request.auth.scopes:
            raise PermissionDenied(f"The key's scopes lack {self.scope}.")
        return request.auth


def owned(
    name: str,
    summary: str,
    *,
    answer: type[Shape] | None,
    example: Shape | None = None,
    query: type[Any] = Nothing,
    body: type[Body] | None = None,
    sent: Mapping[str, object] | None = None,
    path: tuple[PathPart, ...] = (),
    status: int = 200,
    tag: str = "",
) -> Callable[[Callable[..., Answer | None]], Callable[..., Response]]:
    """Makes a view's method of one from an asker, a query and a body (None where it takes none).

    ``answer`` None answers 204 with nothing.
    """

    def decorate(method: Callable[..., Answer | None]) -> Callable[..., Response]:
        @extend_schema(
            operation_id=name,
            summary=summary,
            description=getdoc(method),
            parameters=[*map(path_parameter, path), *described(query)],
            request=body,
            examples=[OpenApiExample("sent", value=sent, request_only=True)] if sent else [],
            responses=_responses(answer, example, status, has_body=body is not None),
            tags=[tag or name_of_tag(answer or Shape)],
            auth=[{"key": []}],  # type: ignore[list-item]  # as it is written into the contract
        )
        @wraps(method)
        def respond(view: Any, request: Request, **parts: Any) -> Response:
            asker = view.asker(request)
            asked = read_query(query, request.GET)
            told = None if body is None else read_body(body, request.data)
            answered = method(view, asker, asked, told, **parts)
            content = None if answered is None else answered.body
            return Response(content, status, headers={"Cache-Control": NOT_KEPT})

        return respond

    return decorate


def _responses(
    answer: type[Shape] | None, example: Shape | None, status: int, *, has_body: bool
) -> dict[Any, Any]:
    refusals = {
        400: "What was asked is not understood.",
        401: "No key was shown, or one that is not known.",
        403: "The key is not for this.",
        404: "Nothing of this key's is held under that id.",
    }
    if has_body:
        refusals[415] = "What was sent is not JSON."
    told: dict[Any, Any] = {
        (code, MEDIA_TYPE): OpenApiResponse(Problem, text) for code, text in refusals.items()
    }
    if answer is None:
        return told | {_NO_CONTENT: OpenApiResponse(description="Done.")}
    written = orjson.loads(orjson.dumps(example, option=orjson.OPT_UTC_Z))
    shown = OpenApiExample("answer", value=written, status_codes=[str(status)])
    return told | {status: OpenApiResponse(answer, "What is held.", examples=[shown])}
