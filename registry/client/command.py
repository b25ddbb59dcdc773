"""``ratecard``: what a model costs, from any server's API.

Exit codes: 0 an answer, 1 the server says no or the id is not certain, 2 a wrong command line,
3 no server.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn, ParamSpec

import click
from rich.console import Console, RenderableType

from registry import __version__
from registry.client import tables
from registry.client.finding import NotCertain, find, path_of
from registry.client.server import (
    ADDRESS_VARIABLE,
    DEFAULT_ADDRESS,
    FEEDS,
    KEY_VARIABLE,
    Refused,
    Server,
    ServerUnreachable,
)

P = ParamSpec("P")
REFUSED, UNREACHABLE = 1, 3
_USED = ("input_tokens", "cache_read_tokens", "output_tokens")

dated = click.option("--at", help="A date or a moment with its zone; else now.")
by_provider = click.option("--provider", help="Who sells it, where the id does not say so.")
by_tier = click.option("--tier", help="The service tier, such as batch.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="ratecard")
@click.option("--server", help=f"Its address; else {ADDRESS_VARIABLE}, else {DEFAULT_ADDRESS}.")
@click.option("--key", help=f"A key, for a higher rate; else {KEY_VARIABLE}.")
@click.option("--json", "as_json", is_flag=True, help="The API's own answer.")
@click.pass_context
def main(context: click.Context, server: str | None, key: str | None, as_json: bool) -> None:
    """Prices of AI models, each with its receipt, at any past moment."""
    asked = context.ensure_object(dict)
    asked.setdefault("server", None)
    if asked["server"] is None:
        asked["server"] = Server(server, key)
    asked["json"] = as_json


def asking(command: Callable[P, Any]) -> Callable[P, None]:
    """Shows the answer of a command, as a table or as JSON, and ends with the right code."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            answer, shown = command(*args, **kwargs)
        except (Refused, NotCertain) as error:
            _end(str(error), REFUSED)
        except ServerUnreachable as error:
            _end(str(error), UNREACHABLE)
        if click.get_current_context().obj["json"]:
            click.echo(json.dumps(answer, indent=2, ensure_ascii=False))
        else:
            Console(width=None if sys.stdout.isatty() else 160).print(shown)

    return run


def _end(message: str, code: int) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(code)


def _server() -> Server:
    server: Server = click.get_current_context().obj["server"]
    return server


@main.command()
@click.argument("model")
@by_provider
@dated
@by_tier
@click.option("--currency", help="Only rates in this currency.")
@asking
def price(
    model: str, provider: str | None, at: str | None, tier: str | None, currency: str | None
) -> tuple[Any, RenderableType]:
    """The rate card of MODEL: any spelling that means just one offer."""
    found = find(_server(), model, provider=provider)
    answer = _server().get(
        f"rate-cards/{path_of(found.offer)}", at=at, tier=tier, currency=currency
    )
    return answer, tables.card(answer, f"{found.offer} ({found.matched})")


@main.command()
@click.argument("model")
@click.option("--input", "input_tokens", type=int, default=0, help="Input tokens, cached included.")
@click.option("--cached", "cache_read_tokens", type=int, default=0, help="Of these, cached.")
@click.option("--output", "output_tokens", type=int, default=0, help="Output tokens.")
@by_provider
@dated
@by_tier
@asking
def cost(
    model: str, provider: str | None, at: str | None, tier: str | None, **used: int
) -> tuple[Any, RenderableType]:
    """What one usage of MODEL costs, line by line."""
    usage = {name: used[name] for name in _USED if used[name]}
    if not usage:
        raise click.UsageError("No tokens: say --input, --output or both.")
    asked = {"offer": find(_server(), model, provider=provider).offer, "usage": usage}
    if tier:
        asked["tier"] = tier
    answer = _server().post("cost", {"usages": [asked]} | ({"at": at} if at else {}))
    return answer, tables.bill(answer["items"][0])


@main.command()
@click.argument("model")
@by_provider
@click.option("--meter", help="Only of this meter, such as input_tokens.")
@click.option("--revision", type=int, help="As the registry had said by then.")
@asking
def history(
    model: str, provider: str | None, meter: str | None, revision: int | None
) -> tuple[Any, RenderableType]:
    """Every price that MODEL ever had, and those announced."""
    found = find(_server(), model, provider=provider)
    answer = _server().get(f"history/{path_of(found.offer)}", meter=meter, revision=revision)
    return answer, tables.history(answer)


@main.command()
@click.option("--of", "feed", type=click.Choice(list(FEEDS)), default="prices", show_default=True)
@click.option("--since", help="Only after this revision, or after a place of the feed.")
@click.option("--provider", help="Only of this provider; scores have none.")
@click.option("--model", help="Only of this model, lab/name.")
@click.option("--cause", help="Only for this reason, such as repriced.")
@click.option("--newest/--oldest", default=True, help="Which come first.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True)
@asking
def changes(feed: str, newest: bool, limit: int, **asked: str | None) -> tuple[Any, RenderableType]:
    """What changed of prices, scores or facts, from what to what and why."""
    order = "newest" if newest else "oldest"
    items = list(_server().pages(FEEDS[feed], most=limit, order=order, **asked))
    return items, tables.CHANGES[feed](items)


@main.command()
@click.argument("models", nargs=-1, required=True)
@click.option("--input", "input_tokens", type=int, required=True, help="Input tokens a month.")
@click.option("--output", "output_tokens", type=int, required=True, help="Output tokens a month.")
@click.option("--cache-share", help="Share of the input that is cached, such as 0.5.")
@click.option("--batch-share", help="Share of the requests that can wait, such as 0.2.")
@dated
@asking
def workload(
    models: tuple[str, ...],
    input_tokens: int,
    output_tokens: int,
    cache_share: str | None,
    batch_share: str | None,
    at: str | None,
) -> tuple[Any, RenderableType]:
    """What a month's load costs at each of MODELS, the cheapest first."""
    load: dict[str, Any] = {"usage": {"input_tokens": input_tokens, "output_tokens": output_tokens}}
    shares = {"cache_hit_share": cache_share, "batch_share": batch_share, "at": at}
    load |= {name: value for name, value in shares.items() if value is not None}
    answer = _server().post("workloads", {"models": list(models)} | load)
    return answer, tables.workloads(answer)


@main.command()
@click.argument("models", nargs=-1, required=True)
@click.option("--baseline", help="Against which ratios are told; else the first.")
@click.option("--input", "input_tokens", type=int, help="Input tokens of a month, to be priced.")
@click.option("--output", "output_tokens", type=int, help="Output tokens of that month.")
@dated
@asking
def compare(
    models: tuple[str, ...],
    baseline: str | None,
    input_tokens: int | None,
    output_tokens: int | None,
    at: str | None,
) -> tuple[Any, RenderableType]:
    """Two to twelve MODELS side by side: prices and ratios, scores and whether gaps are real."""
    used = {"input_tokens": input_tokens, "output_tokens": output_tokens}
    workload = ",".join(f"{name}:{count}" for name, count in used.items() if count)
    answer = _server().get(
        "compare", models=",".join(models), baseline=baseline, workload=workload or None, at=at
    )
    return answer, tables.comparison(answer)


@main.command()
@click.argument("benchmark")
@click.option("--ratio", help="Input tokens to one of output in the blended price, such as 3:1.")
@dated
@asking
def frontier(benchmark: str, ratio: str | None, at: str | None) -> tuple[Any, RenderableType]:
    """The models that no other beats in both price and score on BENCHMARK."""
    answer = _server().get("frontier", benchmark=benchmark, ratio=ratio, at=at)
    return answer, tables.frontier(answer)


@main.command()
def mcp() -> None:
    """Serve these questions as tools of the Model Context Protocol, over standard input."""
    try:
        from registry.client.mcp_server import mcp_server
    except ModuleNotFoundError as missing:
        _end(f"{missing}; install the extra: pip install 'ratecard[mcp]'", REFUSED)
    mcp_server(_server()).run("stdio")
