from django.apps import AppConfig
from django.db.models.signals import post_migrate

from registry.ledger.guards import install_after_migrate


class LedgerConfig(AppConfig):
    name = "registry.ledger"
    label = "ledger"
    verbose_name = "Ledger"

    def ready(self) -> None:
        post_migrate.connect(install_after_migrate, sender=self)
