"""The Celery application of the worker and the clock, where a broker is configured."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")

app = Celery("ratecard")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["registry.pipeline"])
