"""Two to six models side by side: prices, a month, scores, facts, and who wins what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from urllib.parse import unquote, urlencode

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, QueryDict
from django.urls import reverse

from registry.pages import asking, verdicts
from registry.pages.asking import Refused
from registry.pages.clock import Clock
from registry.pages.comparing import Move, beside, moves
from registry.pages.figures import day
from registry.pages.previews import preview
from registry.pages.showing import page, show
from registry.pages.workloads import Month
from registry.selectors.clocks import AsOf
from registry.selectors.compare import compare
from registry.selectors.comparison import Question
from registry.selectors.fact_points import fact_points
from registry.selectors.model_names import Named, named
from registry.selectors.paging import NotHeld
from registry.selectors.refusals import NotBilled, Refusal

LEAST_MODELS, MOST_MODELS = 2, 6
BETWEEN = "-vs-"
_SOME = (
    ("gpt-5.5", "deepseek-v4-pro", "deepseek-v4-flash"),
    ("gpt-5.5", "claude-opus-4-7"),
    ("claude-opus-4-7", "deepseek-v4-pro", "kimi-k2.6"),
    ("gpt-5.4", "gpt-5.5"),
)
_WHOLE = Decimal(100)
_MOST_TASKS = 10**9
_SETUPS = ("equal", "any")
_PICTURE_SECONDS = 3600


@page
def choose(request: HttpRequest, clock: Clock) -> HttpResponse:
    """A form for the models; with two or more of them the way to their page."""
    given = [one.strip() for one in request.GET.getlist("model")]
    names = tuple(dict.fromkeys(filter(None, given)))
    if len(names) < LEAST_MODELS:
        return _form(request, clock, names)
    return _compared(request, clock, names)


@page
def side_by_side(request: HttpRequest, clock: Clock, names: str) -> HttpResponse:
    """The comparison of an address; another spelling of it leads to the one that is kept."""
    return _compared(request, clock, tuple(names.split(BETWEEN)))


def _compared(request: HttpRequest, clock: Clock, names: Sequence[str]) -> HttpResponse:
    found = settled(names)
    refusals = [one for one in found if isinstance(one, Refusal)]
    if refusals:
        return _form(request, clock, names, refusals)
    kept = [one for one in found if isinstance(one, Named)]
    address = address_of(kept)
    if unquote(address) != request.path:
        query = request.GET.dict()
        query.pop("model", None)
        return HttpResponsePermanentRedirect(_with_query(address, query))
    asked = Asked.of(request.GET)
    try:
        comparison = compare(asked.question(kept), clock.as_of)
    except NotBilled as error:
        return _form(request, clock, names, error.refusals)
    ids = [one.model.model_id for one in comparison.models]
    return show(
        request,
        "pages/compare/page.html",
        clock,
        section="compare",
        asked=asked,
        month=asked.month,
        address=address,
        day=day(clock.at) if clock.as_of.at_given else "Today",
        picture=_with_query(f"{address}.png", clock.carried),
        beside=beside(comparison, kept, fact_points(ids, clock.as_of)),
        moves=moves(comparison, kept, asked.move, clock.as_of),
    )


@page
def picture(request: HttpRequest, clock: Clock, names: str) -> HttpResponse:
    """The comparison as a picture for shared links, drawn once a revision and date."""
    as_of = clock.as_of
    said = f"{as_of.hash}:{clock.carried.get('at', '')}:{names}"
    key = f"preview:{sha256(said.encode()).hexdigest()}"
    drawn: bytes | None = cache.get(key)
    if drawn is None:
        drawn = _drawn(names, as_of)
        cache.set(key, drawn, _PICTURE_SECONDS)
    return HttpResponse(
        drawn, "image/png", headers={"Cache-Control": f"public, max-age={_PICTURE_SECONDS}"}
    )


def _drawn(names: str, as_of: AsOf) -> bytes:
    found = settled(names.split(BETWEEN))
    kept = [one for one in found if isinstance(one, Named)]
    if len(kept) < len(found):
        raise NotHeld("comparison", names)
    question = Question(tuple(one.written for one in kept), workload=Month().workload())
    try:
        comparison = compare(question, as_of)
    except NotBilled as error:
        raise NotHeld("comparison", names) from error
    return preview(beside(comparison, kept, {}), as_of)


def settled(names: Sequence[str]) -> tuple[Named | Refusal, ...]:
    """What the names mean; raises `Refused` for too few, too many or too long ones."""
    if not LEAST_MODELS <= len(names) <= MOST_MODELS:
        expected = f"{LEAST_MODELS} to {MOST_MODELS} models"
        raise Refused("models", f"{len(names)} models", expected)
    long = next((name for name in names if len(name) > asking.LONGEST_TEXT), None)
    if long is not None:
        raise Refused("models", long[:40], f"at most {asking.LONGEST_TEXT} characters each")
    return named(names)


def address_of(kept: Sequence[Named]) -> str:
    """The one address of a comparison."""
    return reverse("pages:compare", args=[BETWEEN.join(one.name for one in kept)])


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks beside the models."""

    baseline: str
    month: Month
    tasks: int
    any_setup: bool
    move: Move

    @classmethod
    def of(cls, query: QueryDict) -> Asked:
        """Raises `Refused`."""
        month = Month.of(query)
        return cls(
            baseline=asking.text(query, "baseline"),
            month=month,
            tasks=asking.whole(query, "tasks", least=0, most=_MOST_TASKS, default=0),
            any_setup=asking.choice(query, "setups", _SETUPS, "equal") == "any",
            move=Move(
                asking.text(query, "today"),
                asking.amount(query, "share", most=_WHOLE, default=Decimal(80)),
                month.workload(),
            ),
        )

    def question(self, kept: Sequence[Named]) -> Question:
        """The comparison as it is asked; raises `Refused` for a baseline that is none of them."""
        names = {one.name: one.written.id for one in kept}
        refs = {ref: ref for ref in names.values()}
        baseline = {**refs, **names}.get(self.baseline)
        if self.baseline and baseline is None:
            raise Refused("baseline", self.baseline, f"one of {', '.join(names)}")
        return Question(
            models=tuple(one.written for one in kept),
            baseline=baseline,
            workload=self.month.workload(),
            tasks=self.tasks or None,
            any_setup=self.any_setup,
        )


def _form(
    request: HttpRequest, clock: Clock, names: Sequence[str], refused: Sequence[Refusal] = ()
) -> HttpResponse:
    """The form with the names that were given, and why they cannot be compared as asked."""
    given = [*names, *[""] * MOST_MODELS][:MOST_MODELS]
    answer = show(
        request,
        "pages/compare/form.html",
        clock,
        section="compare",
        given=given,
        least=LEAST_MODELS,
        refused=refused,
        some=[(BETWEEN.join(names), verdicts.joined(names)) for names in _SOME],
    )
    answer.status_code = 404 if refused else 200
    return answer


def _with_query(address: str, query: Mapping[str, object]) -> str:
    return f"{address}?{urlencode(query)}" if query else address
