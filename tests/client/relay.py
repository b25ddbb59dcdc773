"""A registry asked from other threads, while its own thread, whose database it is, answers."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from queue import Empty, SimpleQueue
from typing import TypeVar

import httpx

T = TypeVar("T")
_Asked = tuple[httpx.Request, "Future[httpx.Response]"]


class Relay(httpx.BaseTransport):
    """Hands every request to whoever runs `answering`, and waits for the answer."""

    def __init__(self, answers: httpx.BaseTransport) -> None:
        self._answers = answers
        self._asked: SimpleQueue[_Asked] = SimpleQueue()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer: Future[httpx.Response] = Future()
        self._asked.put((request, answer))
        return answer.result(timeout=60)

    def answering(self, work: Callable[[], T]) -> T:
        """Does the work in a thread of its own and answers what it asks from this one."""
        with ThreadPoolExecutor(1) as apart:
            done = apart.submit(work)
            while not done.done():
                try:
                    request, answer = self._asked.get(timeout=0.01)
                except Empty:
                    continue
                response = self._answers.handle_request(request)
                response.read()
                answer.set_result(response)
            return done.result()
