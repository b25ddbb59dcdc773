from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "registry.access"
    label = "access"
    verbose_name = "Access"
