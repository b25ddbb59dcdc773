"""When a phone has painted the pages: `python -m tests.e2e.paint http://127.0.0.1:8000`.

Opens each sort of page of a running server in Chromium (the variable CHROMIUM), each time with an
empty cache, and prints medians, of the largest paint the least too; it judges nothing, since a busy
machine paints late. The phone has a processor four times slower than this one, 150 ms to the server
and 1.6 Mbit/s.
"""

from __future__ import annotations

import argparse
import os
import statistics
from collections.abc import Iterator
from typing import Any, NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright
from rich.console import Console
from rich.progress import track
from rich.table import Table

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 3,
    "is_mobile": True,
    "has_touch": True,
}
SLOWER = 4
LATENCY_MS = 150
BYTES_A_SECOND = 1_600_000 / 8
SETTLE_MS = 300
PAGES = (
    "/",
    "/?at=2026-04-24",
    "/models/openai/gpt-oss-120b",
    "/offers/deepseek/deepseek-v4-pro",
    "/compare",
    "/compare/gpt-5.5-vs-deepseek-v4-pro-vs-deepseek-v4-flash",
    "/frontier",
    "/calculator",
    "/calculator/request",
    "/calculator/scenario",
    "/changes",
    "/benchmarks",
    "/benchmarks/swe-bench-verified",
    "/providers",
    "/providers/openrouter",
    "/labs",
    "/labs/openai",
    "/receipts/1",
    "/sources",
    "/method",
    "/report",
)
# Kept by the page itself, since an entry that came before the observer is told to it as well.
_OBSERVE = """
window.seen = {largest: 0, moved: 0};
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) window.seen.largest = entry.startTime;
}).observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) window.seen.moved += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""
_TELL = """() => ({
  ...window.seen,
  answered: performance.getEntriesByType("navigation")[0].responseStart,
  first: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
})"""


class Painted(NamedTuple):
    """One opening: milliseconds to the first byte, the first and the largest paint; the sum of the
    shifts of the layout; bytes that came over the wire."""

    answered: float
    first: float
    largest: float
    moved: float
    wire: int


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("server", help="where the pages are served")
    parser.add_argument("pages", nargs="*", default=PAGES, help="paths, all sorts if none is named")
    parser.add_argument("--times", type=int, default=5, help="how often each is opened")
    asked = parser.parse_args()
    result = Table("page", "first byte", "first paint", "largest paint", "least", "shift", "KB")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"],
            args=["--no-sandbox"] if os.geteuid() == 0 else [],
        )
        for path in track(asked.pages, description="Painting pages"):
            result.add_row(path, *_row(browser, asked.server.rstrip("/") + path, asked.times))
        browser.close()
    console = Console()
    console.print(result)
    console.print(f"Medians of {asked.times}, ms. Load of the machine: {os.getloadavg()[0]:.1f}")


def _row(browser: Browser, address: str, times: int) -> Iterator[str]:
    seen = [_open(browser, address) for _ in range(times + 1)][1:]  # the first warms the server
    for name in ("answered", "first", "largest"):
        yield f"{statistics.median(getattr(one, name) for one in seen):.0f}"
    yield f"{min(one.largest for one in seen):.0f}"
    yield f"{max(one.moved for one in seen):.3f}"
    yield f"{max(one.wire for one in seen) / 1000:.1f}"


def _open(browser: Browser, address: str) -> Painted:
    context = browser.new_context(**PHONE)
    try:
        page = context.new_page()
        wire = _slow(page)
        page.add_init_script(_OBSERVE)
        page.goto(address, wait_until="networkidle")
        page.wait_for_function("window.seen.largest > 0")
        page.wait_for_timeout(SETTLE_MS)
        return Painted(wire=sum(wire), **page.evaluate(_TELL))
    finally:
        context.close()


def _slow(page: Page) -> list[int]:
    """Gives the page the phone's processor and network; gathers the bytes of its answers."""
    wire: list[int] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY_MS,
            "downloadThroughput": BYTES_A_SECOND,
            "uploadThroughput": BYTES_A_SECOND,
        },
    )
    session.on("Network.loadingFinished", lambda done: wire.append(int(done["encodedDataLength"])))
    return wire


if __name__ == "__main__":
    main()
