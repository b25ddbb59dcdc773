"""Where the pages are found."""

from django.urls import path

from registry.pages import views

app_name = "pages"
urlpatterns = [path("", views.start, name="start")]
