"""Every error as RFC 9457 ``application/problem+json``: what was wrong, and what was expected."""

from __future__ import annotations

from dataclasses import dataclass
from functools import singledispatch
from http import HTTPStatus
from math import ceil
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404
from rest_framework.exceptions import (
    APIException,
    MethodNotAllowed,
    NotFound,
    Throttled,
)
from rest_framework.response import Response

from registry.api.queries import BadQuery, Fault, shown
from registry.api.shape import Shape
from registry.selectors.clocks import RevisionNotOut
from registry.selectors.ordering import BadPlace
from registry.selectors.paging import NotHeld
from registry.selectors.refusals import NotBilled
from registry.selectors.snapshots import BytesNotHeld

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem(Shape):
    """An error. ``code`` is a stable word for programs, ``detail`` a sentence for people.

    ``errors``: each parameter at fault. ``see``: an address that may have what was looked for.
    """

    status: int
    code: str
    detail: str
    title: str
    type: str = "about:blank"
    errors: tuple[Fault, ...] = ()
    see: str | None = None


def _problem(
    status: HTTPStatus, code: str, detail: str, *errors: Fault, see: str | None = None
) -> Problem:
    return Problem(
        status=status, code=code, detail=detail, title=status.phrase, errors=errors, see=see
    )


def respond(error: Exception, context: dict[str, Any]) -> Response | None:
    """REST framework's handler of exceptions; None leaves a fault of ours to Django."""
    problem = problem_of(error)
    if problem is None:
        return None
    headers = {"Cache-Control": "no-store"} | _headers(error, context)
    return Response(problem, problem.status, headers=headers, content_type=MEDIA_TYPE)


def _headers(error: Exception, context: dict[str, Any]) -> dict[str, str]:
    """What an error tells beside its body: what is allowed, who may ask, when to ask again."""
    headers = {}
    if isinstance(error, MethodNotAllowed) and context["request"] is not None:
        headers["Allow"] = ", ".join(context["view"].allowed_methods)
    if realm := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = realm
    wait = getattr(error, "wait", None)
    if isinstance(error, Throttled) and wait is not None:
        headers["Retry-After"] = str(ceil(wait))
    return headers


@singledispatch
def problem_of(error: Exception) -> Problem | None:
    """What to tell of an exception; None where it is not the asker's concern."""
    return None


def _not_understood(*faults: Fault) -> Problem:
    names = ", ".join(dict.fromkeys(one.field for one in faults))
    detail = f"What was asked is not understood: {names}."
    return _problem(HTTPStatus.BAD_REQUEST, "bad_query", detail, *faults)


@problem_of.register
def _(error: BadQuery) -> Problem:
    return _not_understood(*error.faults)


@problem_of.register
def _(error: BadPlace) -> Problem:
    fault = Fault("cursor", "a place in another list or order", "a cursor of this list, as sorted")
    return _not_understood(fault)


@problem_of.register
def _(error: RevisionNotOut) -> Problem:
    fault = Fault("revision", str(error.number), f"the number of a revision up to {error.newest}")
    return _problem(
        HTTPStatus.BAD_REQUEST, "revision_not_out", "The revision is not published.", fault
    )


@problem_of.register
def _(error: NotBilled) -> Problem:
    faults = [Fault(no.path, shown(no.value), no.expected, no.nearest) for no in error.refusals]
    detail = f"It cannot be answered as asked: {', '.join(no.path for no in error.refusals[:5])}."
    return _problem(HTTPStatus.BAD_REQUEST, "not_billed", detail, *faults)


@problem_of.register
def _(error: NotHeld) -> Problem:
    detail = f"No {error.kind} is held under {error.identity}."
    return _problem(HTTPStatus.NOT_FOUND, "not_held", detail)


@problem_of.register
def _(error: BytesNotHeld) -> Problem:
    detail = (
        "The snapshot's bytes are not held here: the bundled catalogue carries digests only. "
        "The source may still serve them; a copy can be checked by its sha256."
    )
    return _problem(HTTPStatus.NOT_FOUND, "bytes_not_held", detail, see=error.upstream or None)


@problem_of.register
def _(error: RequestDataTooBig) -> Problem:
    limit = f"at most {settings.DATA_UPLOAD_MAX_MEMORY_SIZE} bytes"
    fault = Fault("body", "more bytes", limit)
    detail = f"The body is too large: {limit} are read. Ask in several parts."
    return _problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "body_too_large", detail, fault)


@problem_of.register
def _(error: Http404) -> Problem | None:
    return problem_of(NotFound())


@problem_of.register
def _(error: APIException) -> Problem:
    status = HTTPStatus(error.status_code)
    return _problem(status, error.default_code, str(error.detail))
