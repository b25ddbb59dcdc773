"""The Celery application of the worker and the clock, where a broker is configured.

The broker is a hint, the `Run` row is the truth: a message that is lost is sent again by the next
tick, one that comes twice finds its slot done. Nothing therefore has to survive in the broker.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")

TICK_SECONDS = 15
"""A run whose worker died is picked up within two ticks."""
BULK_SECONDS = 3_600
"""How often somebody looks whether the day's bulk files are due."""

app = Celery("ratecard")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    beat_schedule={
        "tick": {
            "task": "registry.pipeline.tasks.tick",
            "schedule": TICK_SECONDS,
            # Without a worker ticks do not pile up.
            "options": {"expires": TICK_SECONDS},
        },
        "bulk": {
            "task": "registry.pipeline.tasks.write_bulk",
            "schedule": BULK_SECONDS,
            "options": {"expires": BULK_SECONDS},
        },
    },
    # A message leaves the broker when its task is done, and goes back when its worker dies.
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    # A worker holds no message that another could take.
    worker_prefetch_multiplier=1,
    task_ignore_result=True,
    # Logs are those of `registry.logs`.
    worker_hijack_root_logger=False,
    broker_connection_retry_on_startup=True,
)
app.autodiscover_tasks(["registry.pipeline"])
