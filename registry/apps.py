from django.apps import AppConfig


class RatecardConfig(AppConfig):
    """The project itself, an app so that its checks are registered."""

    name = "registry"
    label = "ratecard"
    verbose_name = "Ratecard"

    def ready(self) -> None:
        from registry import checks  # noqa: F401  # importing it registers the checks
