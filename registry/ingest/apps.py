from django.apps import AppConfig


class IngestConfig(AppConfig):
    name = "registry.ingest"
    label = "ingest"
    verbose_name = "Ingest"
