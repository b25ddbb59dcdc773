"""Where the pages are found."""

from django.urls import path

from registry.pages.views import (
    about,
    benchmarks,
    calculator,
    changes,
    compare,
    finding,
    frontier,
    models,
    organisations,
    receipts,
    table,
)

app_name = "pages"
urlpatterns = [
    path("", table.models, name="table"),
    path("models.csv", table.models_csv, name="table-csv"),
    path("calculator", calculator.month, name="calculator"),
    path("calculator/request", calculator.one_request, name="calculator-request"),
    path("calculator/scenario", calculator.scenario, name="calculator-scenario"),
    path("models/<str:lab>/<path:slug>", models.model, name="model"),
    path("offers/<str:provider>/<path:model_id>", models.offer, name="offer"),
    path("providers", organisations.providers, name="providers"),
    path("providers/<str:slug>", organisations.provider, name="provider"),
    path("labs", organisations.labs, name="labs"),
    path("labs/<str:slug>", organisations.lab, name="lab"),
    path("benchmarks", benchmarks.benchmarks, name="benchmarks"),
    path("benchmarks/<str:slug>", benchmarks.benchmark, name="benchmark"),
    path("compare", compare.choose, name="compare-choose"),
    path("compare/<path:names>.png", compare.picture, name="compare-picture"),
    path("compare/<path:names>", compare.side_by_side, name="compare"),
    path("frontier", frontier.frontier, name="frontier"),
    path("changes", changes.feed, name="changes"),
    path("changes/scores", changes.scores, name="score-changes"),
    path("changes/facts", changes.facts, name="fact-changes"),
    path("changes/models", changes.models, name="model-changes"),
    path("changes/disputes", changes.disputed, name="disputes"),
    path("receipts/<int:number>", receipts.receipt, name="receipt"),
    path("receipts/scores/<int:number>", receipts.score, name="score-receipt"),
    path("receipts/facts/<int:number>", receipts.fact, name="fact-receipt"),
    path("receipts/claims/<int:number>", receipts.claim, name="claim-receipt"),
    path("sources", about.sources, name="sources"),
    path("method", about.method, name="method"),
    path("report", about.report, name="report"),
    path("sitemap.xml", finding.sitemap, name="sitemap"),
    path("robots.txt", finding.robots, name="robots"),
]
