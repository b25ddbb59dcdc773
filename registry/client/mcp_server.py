"""``ratecard mcp``: the same questions as tools of the Model Context Protocol, over standard input.

Each tool answers with the API's own JSON, so that an assistant can cite the receipts in it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Literal, ParamSpec

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError

from registry import __version__
from registry.client.finding import NotCertain, find, path_of
from registry.client.server import FEEDS, Refused, Server, ServerUnreachable

P = ParamSpec("P")
_INSTRUCTIONS = (
    "Prices of AI models and their benchmark scores. Amounts are decimal texts in the currency and "
    "per the unit that stand beside them; what is not there is unknown, never free. Moments are "
    "dates or have a zone. Cite the `receipt` of a figure and the `revision` of an answer."
)
_CHANGES_AT_MOST = 500


def mcp_server(server: Server) -> MCPServer:
    """The tools, all asking one server."""
    made = MCPServer(
        "ratecard", instructions=_INSTRUCTIONS, version=__version__, log_level="WARNING"
    )
    tools = Tools(server)
    for tool in (
        tools.resolve,
        tools.price,
        tools.cost,
        tools.compare,
        tools.history,
        tools.frontier,
        tools.changes,
    ):
        made.tool(structured_output=False)(_told(tool))
    return made


class Tools:
    """The questions; a model may be written in any spelling that means just one offer."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def resolve(self, id: str, provider: str | None = None) -> Any:  # noqa: A002
        """Find the offer and the model behind any id that a client, a bill or a log holds."""
        return self._server.get("resolve", id=id, provider=provider)

    def price(self, model: str, at: str | None = None, tier: str | None = None) -> Any:
        """Get the rate card of a model: every meter, tier, context band and hour, with receipts."""
        offer = path_of(find(self._server, model).offer)
        return self._server.get(f"rate-cards/{offer}", at=at, tier=tier)

    def cost(
        self,
        model: str,
        usage: dict[str, int],
        at: str | None = None,
        tier: str | None = None,
    ) -> Any:
        """Bill one usage, such as {"input_tokens": 1200, "output_tokens": 300}, line by line."""
        asked: dict[str, Any] = {"offer": find(self._server, model).offer, "usage": usage}
        asked |= {"tier": tier} if tier else {}
        return self._server.post("cost", {"usages": [asked]} | ({"at": at} if at else {}))

    def compare(self, models: list[str], at: str | None = None) -> Any:
        """Set two to twelve models side by side: prices, ratios, scores, whether gaps are real."""
        return self._server.get("compare", models=",".join(models), at=at)

    def history(self, model: str, meter: str | None = None) -> Any:
        """Get every price that a model ever had, when and why it changed, and those announced."""
        return self._server.get(f"history/{path_of(find(self._server, model).offer)}", meter=meter)

    def frontier(self, benchmark: str, at: str | None = None) -> Any:
        """Get the models that no other beats in both price and score on a benchmark."""
        return self._server.get("frontier", benchmark=benchmark, at=at)

    def changes(
        self,
        of: Literal["prices", "scores", "facts"] = "prices",
        since: str | None = None,
        limit: int = 50,
    ) -> Any:
        """Get the newest changes, or those after a revision: from what to what, and why."""
        order = None if since else "newest"
        most = min(limit, _CHANGES_AT_MOST)
        return self._server.get(FEEDS[of], since=since, order=order, limit=most)


def _told(tool: Callable[P, Any]) -> Callable[P, Any]:
    """A refusal reaches the assistant in the server's words, so that it can ask better."""

    @wraps(tool)
    def run(*args: P.args, **kwargs: P.kwargs) -> Any:
        try:
            return tool(*args, **kwargs)
        except (Refused, NotCertain, ServerUnreachable) as error:
            raise ToolError(str(error)) from error

    return run
