from django.apps import AppConfig


class PipelineConfig(AppConfig):
    name = "registry.pipeline"
    label = "pipeline"
    verbose_name = "Pipeline"
