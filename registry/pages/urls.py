"""Where the pages are found."""

from django.urls import path

from registry.pages.views import calculator, table

app_name = "pages"
urlpatterns = [
    path("", table.models, name="table"),
    path("models.csv", table.models_csv, name="table-csv"),
    path("calculator", calculator.month, name="calculator"),
    path("calculator/request", calculator.one_request, name="calculator-request"),
    path("calculator/scenario", calculator.scenario, name="calculator-scenario"),
]
