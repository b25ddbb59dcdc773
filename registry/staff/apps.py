from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "registry.staff"
    label = "staff"
    verbose_name = "Staff"
