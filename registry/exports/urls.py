"""Where other registries' formats and the bulk files are found."""

from django.urls import path

from registry.exports.bulk.views import file_view, index_view, key_view
from registry.exports.compat.formats import FORMATS, OPENROUTER
from registry.exports.views import document_view, endpoints_view, left_out_view

app_name = "exports"
urlpatterns = [
    *(path(f"compat/{form.address}", document_view(form)) for form in FORMATS),
    path(f"compat/{OPENROUTER.address}/<path:model>/endpoints", endpoints_view),
    *(path(f"compat/{form.left_out_address}", left_out_view(form)) for form in FORMATS),
    path("bulk/", index_view, name="bulk"),
    path("bulk/public-key.pem", key_view),
    path("bulk/<int:revision>/<str:name>", file_view, name="bulk_file"),
]
