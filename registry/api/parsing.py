"""Questions as JSON: numbers exactly as they are written, nothing said twice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from rest_framework.parsers import BaseParser

from registry.api.queries import BadQuery, Fault
from scrapers.claims import PageError
from scrapers.json_text import JsonFault, read_json


class JsonParser(BaseParser):
    """Reads a body as `scrapers.json_text` reads a feed: no float, no NaN, no key with two values.

    Raises `BadQuery` for what is no JSON, `RequestDataTooBig` for more than Django would read.
    """

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """The value of the whole body."""
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        sent = stream.read() if limit is None else stream.read(limit + 1)
        if limit is not None and len(sent) > limit:
            raise RequestDataTooBig
        try:
            return read_json(sent)
        except PageError as error:
            raise BadQuery(Fault("body", error.found, error.expected)) from error
        except JsonFault as error:
            raise BadQuery(Fault(error.field, error.value, error.expected)) from error
