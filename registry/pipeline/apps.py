from django.apps import AppConfig


class PipelineConfig(AppConfig):
    name = "registry.pipeline"
    label = "pipeline"
    verbose_name = "Pipeline"

    def ready(self) -> None:
        from registry.pipeline import checks  # noqa: F401  # importing it registers the checks
