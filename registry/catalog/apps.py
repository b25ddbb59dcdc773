from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "registry.catalog"
    label = "catalog"
    verbose_name = "Catalogue"

    def ready(self) -> None:
        from registry.catalog import checks  # noqa: F401  # importing it registers the check
