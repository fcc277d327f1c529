"""The API for machines: it may insert reports and seals, read keys, and read a status by its code."""

from fanal.site.settings.base import *  # noqa: F403
from fanal.site.settings.base import ENV, STAFF_TABLES, TABLES, database, world_with

DATABASES = database("fanal_api")
AUTH_USER_MODEL = "staff.Member"
INSTALLED_APPS = [*STAFF_TABLES, *TABLES, "fanal.site", "fanal.api"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
]
ROOT_URLCONF = "fanal.api.urls"
TEMPLATES: list[dict[str, object]] = []
ALLOWED_HOSTS = list(ENV.api_hosts)
DATA_UPLOAD_MAX_MEMORY_SIZE = 67_108_864
FANAL_WORLD = world_with("content", "index", "receipts", "vault")
