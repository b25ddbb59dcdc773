"""A published score, and what a person says of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from registry.curation import actions
from registry.curation.scores.series import SeriesName
from registry.scoring.setups import Setup, SetupError
from registry.selectors.benchmarks import benchmark
from registry.selectors.desk_scores import ScoreTable, score_table
from registry.selectors.paging import NotHeld
from registry.selectors.review_item import events_of
from registry.selectors.why_scores import why_score
from registry.staff.desk.access import act, desk_page, hand_of, revision_shown, show
from registry.staff.desk.forms import ScoreForm, moment_of, score_of


@desk_page
@require_GET
def why_score_page(request: HttpRequest, point: int) -> HttpResponse:
    """Why a published score is what it is."""
    found = why_score(point)
    receipt = found.receipt
    series = SeriesName(found.model.model_id, found.benchmark.benchmark_id, receipt.setup)
    table = score_table(series, at=timezone.now())
    return show(
        request,
        "why_score",
        f"Why {receipt.benchmark} of {receipt.model}",
        why=found,
        table=table,
        form=form_of(table),
        events=events_of(table.name),
        may_correct=request.user.has_perm("curation.correct_prices"),
    )


@desk_page
@require_POST
def correct_score(request: HttpRequest, pk: int) -> HttpResponse:
    """States what a model scores."""

    def do() -> actions.Answered:
        return actions.correct_score(
            _series(request, pk),
            score_of(request),
            address=request.POST.get("address", "").strip(),
            read_at=revision_shown(request),
            **hand_of(request),
        )

    return act(request, do, "Corrected", back=reverse("desk:model", args=[pk]))


@desk_page
@require_POST
def pin_score(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps a score until a moment."""

    def do() -> actions.Answered:
        until = moment_of(request, "until")
        if until is None:
            raise actions.ActionRefused("until", "nothing", "a moment to come")
        return actions.pin_score(_series(request, pk), until=until, **hand_of(request))

    return act(request, do, "Pinned", back=reverse("desk:model", args=[pk]))


@desk_page
@require_POST
def retract_score(request: HttpRequest, point: int) -> HttpResponse:
    """Takes a published score back."""
    return act(
        request,
        lambda: actions.retract_score(point, read_at=revision_shown(request), **hand_of(request)),
        "Retracted",
        back=reverse("desk:why_score", args=[point]),
    )


@desk_page
@require_POST
def edit_score(request: HttpRequest, pk: int) -> HttpResponse:
    """Approves an item of a score with the figure of the form."""

    def do() -> actions.Answered:
        return actions.approve_edited_score(
            pk,
            score_of(request),
            address=request.POST.get("address", "").strip(),
            **hand_of(request),
        )

    return act(request, do, "Approved with another figure", back=reverse("desk:item", args=[pk]))


def form_of(table: ScoreTable) -> ScoreForm:
    """The form of a series, filled with what is published of it."""
    point = table.standing
    if point is None:
        return ScoreForm()
    return ScoreForm(
        value=table.published,
        qualifier=point.qualifier,
        evaluator=point.evaluator,
        items=str(point.items or ""),
        measured_on=point.starts_at.date(),
    )


def _series(request: HttpRequest, model_id: int) -> SeriesName:
    """The series that a form is about; raises `ActionRefused` for one that cannot be."""
    slug, setup = (request.POST.get(name, "").strip() for name in ("benchmark", "setup"))
    try:
        measured = benchmark(slug)
        return SeriesName(model_id, measured.benchmark_id, Setup.parse(setup))
    except NotHeld as error:
        raise actions.ActionRefused("benchmark", slug or "nothing", "a benchmark") from error
    except SetupError as error:
        raise actions.ActionRefused(error.field, error.value, error.expected) from error
