"""Django's settings, worked out of the console's own (`config`)."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url

from reprieve.console.config import Config, config

_CONSOLE = config()
_HERE = Path(__file__).parent


def _secret_key(settings: Config) -> str:
    """Of this console alone, made on first use; `REPRIEVE_CONSOLE_SECRET_KEY` where several share one."""
    given = os.environ.get("REPRIEVE_CONSOLE_SECRET_KEY")
    if given:
        return given
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = settings.home / "secret-key"
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text()


def _cookie(name: str) -> str:
    """A name that ties it to our host over https (RFC 6265bis, `__Host-`), and to our port where it is not.

    Cookies know no ports: two consoles on one machine would sign each other's people out.
    """
    return f"__Host-{name}" if _SECURE else f"reprieve-{name}-{_ADDRESS.port or 80}"


_ADDRESS = urlsplit(_CONSOLE.url)
_SECURE = _ADDRESS.scheme == "https"

SECRET_KEY = _secret_key(_CONSOLE)
DEBUG = False
ALLOWED_HOSTS = [_ADDRESS.hostname or "127.0.0.1", *_CONSOLE.hosts]
CSRF_TRUSTED_ORIGINS = [f"{_ADDRESS.scheme}://{_ADDRESS.netloc}"]
ROOT_URLCONF = "reprieve.console.urls"
WSGI_APPLICATION = "reprieve.console.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "ninja",
    "reprieve.console.index",
    "reprieve.console.people",
    "reprieve.console.history",
]
MIDDLEWARE = [
    "reprieve.console.monitoring.HealthMiddleware",
    "reprieve.console.api.problems.ProblemMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "reprieve.console.people.proxy.ProxyMiddleware",
    "reprieve.console.people.viewer.ViewerMiddleware",
    "reprieve.console.pages.policy.ContentPolicyMiddleware",
    "reprieve.console.pages.refusals.RefusalMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "reprieve.console.pages.frame.frame",
            ],
        },
    }
]

DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{_CONSOLE.home / 'index.sqlite3'}", conn_max_age=600, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Readers do not wait for the one writer (WAL), and writers wait for one another.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 120,  # seconds: a large upload is merged in one transaction
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;"
        " PRAGMA analysis_limit=1000;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = ["reprieve.console.people.backend.LinkBackend"]
SOCIALACCOUNT_ADAPTER = "reprieve.console.people.oidc.Doorkeeper"
SOCIALACCOUNT_LOGIN_ON_GET = True  # our own view takes only POST
SOCIALACCOUNT_STORE_TOKENS = False
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _SECURE
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = _cookie("session"), _cookie("csrf")
SECURE_SSL_REDIRECT = False  # the proxy in front of it ends TLS
SECURE_HSTS_SECONDS = 31_536_000 if _SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1 << 20  # forms; reports are streamed

LANGUAGE_CODE = "en"
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False

STATIC_URL = "/static/"
STATICFILES_DIRS = [_HERE / "static"]
WHITENOISE_USE_FINDERS = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "reprieve": {"handlers": ["console"], "level": "INFO"},
    },
}
