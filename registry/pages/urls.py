"""Where the pages are found."""

from django.urls import path

from registry.pages.views import table

app_name = "pages"
urlpatterns = [
    path("", table.models, name="table"),
    path("models.csv", table.models_csv, name="table-csv"),
]
