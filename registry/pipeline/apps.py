from django.apps import AppConfig


class PipelineConfig(AppConfig):
    name = "registry.pipeline"
    label = "pipeline"
    verbose_name = "Pipeline"

    def ready(self) -> None:
        # Importing them registers the checks, and who hears what the desk asks for.
        from registry.pipeline import checks, errands  # noqa: F401
