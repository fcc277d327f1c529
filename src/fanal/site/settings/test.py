"""All faces at once, for tests: the tables of everyone, and a login that can act as each role (tests/conftest.py)."""

import os

from fanal.site.settings.desk import *  # noqa: F403
from fanal.site.settings.desk import ENV, INSTALLED_APPS, database, world_with

DATABASES = database("fanal_owner", pool=False)
DATABASES["default"]["USER"] = os.environ.get("FANAL_TEST_LOGIN", "postgres")
DATABASES["default"]["OPTIONS"]["options"] = "-c search_path=public,vault"
INSTALLED_APPS = [*INSTALLED_APPS, "fanal.portal", "fanal.api"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
FANAL_LEDGER_KEY = str(ENV.keys / "ledger.key")
FANAL_WORLD = world_with("content", "index", "receipts", "vault")
