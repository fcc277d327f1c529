"""What every process shares. A face adds its own few lines and its own database role."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any

from fanal.site import env as environment

if TYPE_CHECKING:
    from fanal.wire.world import World

ENV = environment.read(os.environ)

SECRET_KEY = environment.web_key(ENV)
DEBUG = False
ALLOWED_HOSTS: list[str] = []
USE_TZ = True
TIME_ZONE = "Europe/Paris"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français")]
LANGUAGE_COOKIE_NAME = "fanal_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = ENV.https
USE_I18N = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = False

TABLES = ["procrastinate.contrib.django", "fanal.store", "fanal.ledger", "fanal.vault"]
STAFF_TABLES = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "fanal.staff",
]

# A host name in a header, a session, a page held by a proxy: each would tell on somebody.
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SECURE = ENV.https
CSRF_COOKIE_AGE = None
SESSION_COOKIE_SECURE = ENV.https
SESSION_COOKIE_SAMESITE = "Strict"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.https else None
SECURE_HSTS_SECONDS = 31_536_000 if ENV.https else 0

STATIC_URL = "/static/"
STATIC_ROOT = str(ENV.data / "static")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "style-src": ["'self'"],
        "script-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"references": {"()": "fanal.site.logs.References"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "references"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "fanal": {"level": "INFO"},
        "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.db.backends": {"level": "CRITICAL"},  # its lines hold parameters
        "procrastinate": {"level": "WARNING"},
    },
}

FANAL_PUBLIC = str(ENV.public)
FANAL_TRUSTED_PROXY = ENV.proxies > 0
FANAL_PROXIES = ENV.proxies  # so many of the last hops of X-Forwarded-For are our own


def database(role: str, *, pool: bool = True) -> dict[str, Any]:
    """Give Django's DATABASES for one role."""
    options: dict[str, Any] = {"client_encoding": "UTF8"}
    if pool:
        options["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}
    given = environment.django_database(environment.database_for(ENV, role))
    return {
        "default": {
            **given,
            "CONN_MAX_AGE": 0,
            "CONN_HEALTH_CHECKS": True,  # a server that was started again leaves dead connections in the pool
            "OPTIONS": {**given["OPTIONS"], **options},
            "ATOMIC_REQUESTS": False,
        }
    }


@cache
def _world(*parts: str) -> World:
    from fanal.site import world as worlds  # noqa: PLC0415 - the sequencer and migrations need no keys and no law

    return worlds.build(ENV, parts=frozenset(parts))


def world_with(*parts: str) -> Any:  # noqa: ANN401 - a zero-argument callable; Django's settings are untyped
    """Give the callable that builds, once, the world of a process that is given these keys."""
    return lambda: _world(*parts)
