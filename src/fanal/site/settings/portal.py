"""The public portal: it may insert reports and seals, and read a status by its code. Nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fanal.site.settings.base import *  # noqa: F403
from fanal.site.settings.base import CONTENT_SECURITY_POLICY as EVERYWHERE
from fanal.site.settings.base import ENV, TABLES, database, world_with

if TYPE_CHECKING:
    from wsgiref.headers import Headers


def _closed(headers: Headers, path: str, url: str) -> None:
    """Let no file of ours ask for anything: a worker has the policy of its own file, not of the page that starts it."""
    del path, url
    headers["Content-Security-Policy"] = "default-src 'none'"


DATABASES = database("fanal_portal")
INSTALLED_APPS = [*TABLES, "django.contrib.staticfiles", "fanal.site", "fanal.portal"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "fanal.site.last_look.LastLook",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "fanal.portal.middleware.Quiet",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "fanal.portal.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
            ]
        },
    }
]
# No page of the portal may run a script, but the one that says so for itself (portal/fingerprint.py).
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        name: sources for name, sources in EVERYWHERE["DIRECTIVES"].items() if name not in {"script-src", "connect-src"}
    }
}
WHITENOISE_ADD_HEADERS_FUNCTION = _closed
ALLOWED_HOSTS = list(ENV.portal_hosts)
STATIC_ROOT = str(ENV.data / "static" / "portal")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_HANDLERS = ["fanal.portal.uploads.Discard"]
CSRF_FAILURE_VIEW = "fanal.portal.views.csrf_failure"
FANAL_WORLD = world_with("content", "index", "receipts", "vault")
