"""Django's settings. What may differ between machines comes from `registry.environment`."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from registry import logs
from registry.environment import read
from registry.pages import styles

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = read(os.environ, ROOT)

DEBUG = ENVIRONMENT.debug
SECRET_KEY = ENVIRONMENT.secret_key
ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts)
CSRF_TRUSTED_ORIGINS = list(ENVIRONMENT.csrf_origins)

INSTALLED_APPS = [
    "registry",
    "registry.catalog",
    "registry.benchmarks",
    "registry.ingest",
    "registry.access",
    "registry.webhooks",
    "registry.ledger",
    "registry.curation",
    "registry.api",
    "registry.pages",
    "registry.exports",
    "registry.staff",
    "registry.pipeline",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "corsheaders",
    "csp",
    "axes",
    "simple_history",
    "django_htmx",
    "whitenoise.runserver_nostatic",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "registry.urls"
WSGI_APPLICATION = "registry.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Storage -----------------------------------------------------------------------------------------

DATABASES = {"default": ENVIRONMENT.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES: dict[str, dict[str, Any]] = {
    "default": (
        {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": ENVIRONMENT.redis_url,
        }
        if ENVIRONMENT.redis_url
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}

# Without a broker a task runs where it is called: one process is a whole installation.
CELERY_BROKER_URL = ENVIRONMENT.redis_url or "memory://"
CELERY_TASK_ALWAYS_EAGER = not ENVIRONMENT.redis_url
CELERY_TIMEZONE = "UTC"

# Fetching ----------------------------------------------------------------------------------------

CONTACT = ENVIRONMENT.contact
# What processes of one machine share while they run: host slots, and who attends to what.
RUN_DIR = ENVIRONMENT.data_dir / ".run"
# Hosts that may be asked although they are not public; only tests name any.
FETCH_EXEMPT_HOSTS: frozenset[str] = frozenset()

# Exports -----------------------------------------------------------------------------------------

# Bulk files are served from here, a folder a revision, and signed under the key.
BULK_DIR = ENVIRONMENT.data_dir / ".bulk"
SIGNING_KEY = ENVIRONMENT.signing_key
# Where one is made that nobody has set; in production none is.
SIGNING_KEY_FILE = None if ENVIRONMENT.production else ENVIRONMENT.data_dir / ".signing-key"

# Words and time ----------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
USE_I18N = False
TIME_ZONE = "UTC"
USE_TZ = True

# Static files ------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = ROOT / "static-root" if ENVIRONMENT.production else None
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if ENVIRONMENT.production
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
# Locally files are served from where they lie; in production from what collectstatic made.
WHITENOISE_USE_FINDERS = not ENVIRONMENT.production

# Security ----------------------------------------------------------------------------------------

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
# A name from an address is locked out after five mistakes, for a quarter of an hour: long enough
# to make guessing hopeless, and nobody can lock another one out from elsewhere.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "admin/locked_out.html"
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF, styles.DIGEST],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = ENVIRONMENT.https
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENVIRONMENT.https
SECURE_HSTS_PRELOAD = ENVIRONMENT.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.trust_proxy else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60

# Prices are public: any site may read them, none may send credentials along.
CORS_ALLOW_ALL_ORIGINS = True
CORS_URLS_REGEX = r"^/(?:api|compat|bulk|feeds)/"
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS", "POST"]
# The last two are sent by clients of OpenRouter.
CORS_ALLOW_HEADERS = [
    "accept",
    "authorization",
    "content-type",
    "if-none-match",
    "range",
    "http-referer",
    "x-title",
]
CORS_EXPOSE_HEADERS = [
    "Accept-Ranges",
    "Content-Range",
    "Deprecation",
    "ETag",
    "Link",
    "RateLimit",
    "RateLimit-Policy",
    "Ratecard-Revision",
    "Retry-After",
    "Sunset",
]

# The API -----------------------------------------------------------------------------------------

# Requests a minute; 0 is no limit.
RATE_ANONYMOUS = ENVIRONMENT.rate_anonymous
RATE_WITH_KEY = ENVIRONMENT.rate_with_key
KEY_PEPPER = ENVIRONMENT.key_pepper or SECRET_KEY

REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_AUTHENTICATION_CLASSES": ["registry.api.asker.KeyAuthentication"],
    "DEFAULT_THROTTLE_CLASSES": ["registry.api.asker.RateLimit"],
    "NUM_PROXIES": 1 if ENVIRONMENT.trust_proxy else 0,
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["registry.api.rendering.JsonRenderer"],
    "DEFAULT_PARSER_CLASSES": ["registry.api.parsing.JsonParser"],
    "EXCEPTION_HANDLER": "registry.api.problems.respond",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Ratecard",
    "DESCRIPTION": "Prices of AI models: every number with its receipt, at any past moment.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": [],  # words that a field takes are told where it stands
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

# Logs --------------------------------------------------------------------------------------------

LOGGING = logs.settings(ENVIRONMENT.log_level, ENVIRONMENT.log_format)
