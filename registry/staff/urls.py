"""Where the desk's pages are found."""

from django.urls import path

from registry.staff.desk import offers, questions, queue, sources, trail

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
