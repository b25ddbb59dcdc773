"""One server of Ratecard, asked over HTTP."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import httpx

from registry import __version__

DEFAULT_ADDRESS = "http://127.0.0.1:8000"
ADDRESS_VARIABLE = "RATECARD_SERVER"
KEY_VARIABLE = "RATECARD_KEY"
FEEDS = {"prices": "changes", "scores": "changes/scores", "facts": "changes/facts"}
"""Where the feeds of changes are, by what changes."""
_ROOT = "/api/v1/"
_SECONDS = 30.0


class ServerUnreachable(Exception):
    """No answer came, or one that is none of a Ratecard server."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with what was asked."""

    field: str
    value: str
    expected: str
    nearest: str | None = None

    def __str__(self) -> str:
        meant = f" (was {self.nearest} meant?)" if self.nearest else ""
        return f"{self.field}: {self.value!r}: expected {self.expected}{meant}"


class Refused(Exception):
    """The server understood and says no; ``detail`` and ``faults`` are its words."""

    def __init__(self, status: int, detail: str, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join([detail, *map(str, faults)]))
        self.status = status
        self.detail = detail
        self.faults = faults


class Server:
    """A server by its address (else `RATECARD_SERVER`, else this machine's), with a key or not.

    Answers are the API's own JSON, amounts as the text that it sends.
    """

    def __init__(
        self,
        address: str | None = None,
        key: str | None = None,
        *,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.address = address or os.environ.get(ADDRESS_VARIABLE) or DEFAULT_ADDRESS
        key = key or os.environ.get(KEY_VARIABLE)
        headers = {"User-Agent": f"ratecard/{__version__}", "Accept": "application/json"}
        if key:
            headers["Authorization"] = f"Bearer {key}"
        self._http = httpx.Client(
            base_url=self.address, headers=headers, timeout=_SECONDS, transport=transport
        )

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.close()

    def get(self, path: str, **asked: Any) -> Any:
        """The answer to a question; what is None or False is not asked. Raises as `post` does."""
        params = {name: _text(value) for name, value in asked.items() if value not in (None, False)}
        return self._answer("GET", path, params=params)

    def post(self, path: str, body: Mapping[str, Any]) -> Any:
        """The answer to a question that is sent; raises `Refused` and `ServerUnreachable`."""
        return self._answer("POST", path, json=body)

    def pages(self, path: str, *, most: int, **asked: Any) -> Iterator[Any]:
        """The items of a list, page after page, up to ``most``."""
        answer = self.get(path, limit=min(most, 500), **asked)
        while True:
            for item in answer["items"]:
                if most == 0:
                    return
                yield item
                most -= 1
            if most == 0 or answer["next"] is None:
                return
            answer = self._answer("GET", answer["next"].removeprefix(_ROOT))

    def _answer(self, method: str, path: str, **sent: Any) -> Any:
        try:
            answer = self._http.request(method, f"{_ROOT}{path}", **sent)
            told = answer.json()
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ServerUnreachable(f"{self.address}: {error}") from error
        except ValueError as error:
            raise ServerUnreachable(f"{self.address}: the answer is no JSON") from error
        if answer.is_success:
            return told
        if not isinstance(told, dict) or "detail" not in told:
            raise ServerUnreachable(f"{self.address}: {answer.status_code}, and not why")
        faults = tuple(Fault(**fault) for fault in told.get("errors", ()))
        raise Refused(answer.status_code, str(told["detail"]), faults)


def _text(value: Any) -> str:
    return "true" if value is True else str(value)
