"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")

application = get_wsgi_application()

# Only now can settings be read; a server must not start with an environment half understood.
from registry.checks import refuse_unsound_environment  # noqa: E402
from registry.exports.warming import keep_warm  # noqa: E402

refuse_unsound_environment()
keep_warm()
