"""Where the desk's pages are found."""

from django.urls import path

from registry.staff.desk import models, offers, questions, queue, scores, sources, trail

app_name = "desk"
urlpatterns = [
    path("", queue.queue_page, name="queue"),
    path("decide/", queue.decide, name="decide"),
    path("items/<int:pk>/", queue.item_page, name="item"),
    path("items/<int:pk>/edit/", queue.edit, name="edit"),
    path("offers/", offers.offers, name="offers"),
    path("offers/<int:pk>/", offers.offer, name="offer"),
    path("offers/<int:pk>/correct/", offers.correct, name="correct"),
    path("offers/<int:pk>/withdraw/", offers.withdraw, name="withdraw"),
    path("offers/<int:pk>/pin/", offers.pin, name="pin"),
    path("offers/<int:pk>/merge/", offers.merge, name="merge"),
    path("why/<int:point>/", offers.why_page, name="why"),
    path("why/<int:point>/retract/", offers.retract, name="retract"),
    path("items/<int:pk>/edit-score/", scores.edit_score, name="edit_score"),
    path("items/<int:pk>/edit-fact/", models.edit_fact, name="edit_fact"),
    path("models/<int:pk>/", models.model, name="model"),
    path("models/<int:pk>/correct-score/", scores.correct_score, name="correct_score"),
    path("models/<int:pk>/pin-score/", scores.pin_score, name="pin_score"),
    path("facts/<str:kind>/<int:pk>/correct/", models.correct_fact, name="correct_fact"),
    path("why/scores/<int:point>/", scores.why_score_page, name="why_score"),
    path("why/scores/<int:point>/retract/", scores.retract_score, name="retract_score"),
    path("why/facts/<int:point>/", models.why_fact_page, name="why_fact"),
    path("why/facts/<int:point>/retract/", models.retract_fact, name="retract_fact"),
    path("claims/<int:pk>/", offers.claim, name="claim"),
    path("bodies/<str:sha256>/", offers.snapshot, name="snapshot"),
    path("bodies/<str:sha256>/download/", offers.download, name="download"),
    path("sources/", sources.sources, name="sources"),
    path("sources/<slug:slug>/", sources.source, name="source"),
    path("sources/<int:pk>/ask/", sources.ask, name="ask"),
    path("sources/<int:pk>/reread/", sources.reread, name="reread"),
    path("sources/<int:pk>/distrust/", sources.distrust, name="distrust"),
    path("questions/", questions.questions, name="questions"),
    path("questions/link/", questions.link, name="link"),
    path("questions/merge/", questions.merge_models, name="merge_models"),
    path("audit/", trail.audit, name="audit"),
    path("audit/<int:pk>/", trail.event, name="event"),
    path("audit/<int:pk>/undo/", trail.undo, name="undo"),
]
