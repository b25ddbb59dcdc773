from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "registry.catalog"
    label = "catalog"
    verbose_name = "Catalogue"
