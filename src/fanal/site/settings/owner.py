"""The owner: migrations, staff and keys, from the command line. It serves nothing."""

from fanal.site.settings.base import *  # noqa: F403
from fanal.site.settings.base import STAFF_TABLES, TABLES, database, world_with

DATABASES = database("fanal_owner", pool=False)
AUTH_USER_MODEL = "staff.Member"
INSTALLED_APPS = [
    *STAFF_TABLES,
    *TABLES,
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "django.contrib.staticfiles",
    "fanal.site",
    "fanal.portal",
    "fanal.desk",
    "fanal.api",
]
# The owner serves nothing; allauth and axes refuse to start without their middleware and backends.
MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware", "axes.middleware.AxesMiddleware"]
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
MFA_ADAPTER = "fanal.desk.accounts.SecondFactor"
FANAL_WORLD = world_with("content", "index")
