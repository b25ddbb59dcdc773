"""Where each face is found."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("registry.pages.urls")),
    path("feeds/", include("registry.feeds.urls")),
    path("", include("registry.exports.urls")),
    path("api/v1/", include("registry.api.v1.urls")),
    path("admin/desk/", include("registry.staff.urls")),
    path("admin/", admin.site.urls),
]
