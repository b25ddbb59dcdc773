"""The app of exports."""

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    """Files in peers' formats, and the whole registry in bulk."""

    name = "registry.exports"
