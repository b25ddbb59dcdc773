"""Days of a registry, played: ``python -m tests.pipeline.play ARCHIVE --date 2026-04-24``.

One process with a database of its own serves a registry and, on another port, its upstreams, which
say what they said on the day that it is. A request moves the day on; on every day in between the
schedule makes its round, so that prices change and sources break, go stale and recover.

    curl -X POST localhost:8001/date/2026-05-08    makes the rounds up to that day
    curl -X POST localhost:8001/break/deepseek     the source serves another page from now on
    curl -X POST localhost:8001/silence/deepseek   the source does not answer from now on
    curl -X POST localhost:8001/mend/deepseek      it is as it was
    curl localhost:8001/sources                    what ``manage.py sources`` shows on that day
"""

from __future__ import annotations

import os
import tempfile

# Everything below reads its settings when it is imported.
_FOLDER = tempfile.TemporaryDirectory(prefix="ratecard-played-")
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "registry.settings",
    "DATABASE_URL": f"sqlite:///{_FOLDER.name}/played.sqlite3",
    "RATECARD_DATA_DIR": _FOLDER.name,
    "RATECARD_LOG_LEVEL": "ERROR",
}

import signal  # noqa: E402
import threading  # noqa: E402
from argparse import ArgumentParser, Namespace  # noqa: E402
from datetime import date  # noqa: E402
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer  # noqa: E402
from pathlib import Path  # noqa: E402

from django.core.wsgi import get_wsgi_application  # noqa: E402  isort: skip

application = get_wsgi_application()

from django.core.management import call_command  # noqa: E402
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler  # noqa: E402
from rich.console import Console  # noqa: E402

from registry.pipeline.courier import Courier  # noqa: E402
from scrapers.catalog import SOURCES  # noqa: E402
from scrapers.fetch import AddressPolicy, FetchSettings  # noqa: E402
from tests.pipeline.archive_host import ArchiveHost  # noqa: E402
from tests.pipeline.days import Days  # noqa: E402
from tests.pipeline.upstreams import open_upstreams  # noqa: E402

LOOPBACK = "127.0.0.1"


def main() -> None:
    """Plays until it is interrupted."""
    options = _arguments()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    call_command("migrate", verbosity=0)
    days = Days(_host(options), _courier())
    console = Console()
    console.print(_moved(days, options.date), end="")
    registry = ThreadedWSGIServer((LOOPBACK, options.port), WSGIRequestHandler)
    registry.set_app(application)
    threading.Thread(target=registry.serve_forever, daemon=True).start()
    control = ThreadingHTTPServer(
        (LOOPBACK, options.port + 1), type("Control", (_Control,), {"days": days})
    )
    console.print(f"registry on port {options.port}, controls on port {options.port + 1}")
    try:
        control.serve_forever()
    except KeyboardInterrupt:
        console.print("played")
    finally:
        # A second signal must not leave half of the folder.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        days.stop()
        _FOLDER.cleanup()


class _Control(BaseHTTPRequestHandler):
    """Takes the requests that move the day and the upstreams."""

    days: Days

    def do_GET(self) -> None:
        if self.path == "/sources":
            self._answer(200, self.days.told())
        else:
            self._answer(404, "expected /sources\n")

    def do_POST(self) -> None:
        host = self.days.host
        try:
            match self.path.strip("/").split("/"):
                case ["date", day]:
                    self._answer(200, _moved(self.days, date.fromisoformat(day)))
                case ["break", slug]:
                    host.broken.add(slug)
                    self._answer(200, f"{slug} serves another page from tomorrow\n")
                case ["silence", slug]:
                    host.silent.add(slug)
                    self._answer(200, f"{slug} does not answer from tomorrow\n")
                case ["mend", slug]:
                    host.broken.discard(slug)
                    host.silent.discard(slug)
                    self._answer(200, f"{slug} is as it was from tomorrow\n")
                case _:
                    self._answer(404, "expected /date/DAY, or /break/, /silence/, /mend/SOURCE\n")
        except ValueError as error:
            self._answer(400, f"{error}\n")

    def _answer(self, status: int, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _arguments() -> Namespace:
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("archive", type=Path, help="<source>/<YYYY-MM-DD>/<file>")
    parser.add_argument("--date", type=date.fromisoformat, required=True, help="the first day")
    parser.add_argument("--port", type=int, default=8000, help="the registry's; controls: one up")
    parser.add_argument("--source", action="append", help="only this source (repeatable)")
    return parser.parse_args()


def _host(options: Namespace) -> ArchiveHost:
    upstreams, _ = open_upstreams()
    specs = tuple(s for s in SOURCES if not options.source or s.slug in options.source)
    return ArchiveHost(upstreams, options.archive, specs)


def _courier() -> Courier:
    return Courier(
        FetchSettings(
            contact="https://registry.example/contact",
            version="1.0.0",
            slot_directory=Path(_FOLDER.name) / "slots",
            policy=AddressPolicy(allow_hosts=frozenset({LOOPBACK})),
            spacing=0.0,
        )
    )


def _moved(days: Days, day: date) -> str:
    ends = ", ".join(f"{count} {name}" for name, count in sorted(days.move_to(day).items()))
    return f"{day}: {ends or 'nothing was due'}\n"


if __name__ == "__main__":
    main()
