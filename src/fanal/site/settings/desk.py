"""The analysts' desk: closed by default, behind a second factor; it cannot read the vault."""

from datetime import timedelta

from fanal.site.settings.base import *  # noqa: F403
from fanal.site.settings.base import ENV, STAFF_TABLES, TABLES, database, world_with

DATABASES = database("fanal_desk")
AUTH_USER_MODEL = "staff.Member"
INSTALLED_APPS = [
    *STAFF_TABLES,
    *TABLES,
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "fanal.desk",  # before allauth: its templates win
    "fanal.site",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "fanal.site.last_look.LastLook",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "fanal.desk.middleware.Quiet",
    "fanal.desk.middleware.SecondFactor",
    "fanal.desk.middleware.Words",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "fanal.desk.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "fanal.desk.frame.frame",
            ]
        },
    }
]
ALLOWED_HOSTS = list(ENV.desk_hosts)
STATIC_ROOT = str(ENV.data / "static" / "desk")
FILE_UPLOAD_HANDLERS = ["fanal.desk.uploads.Held"]
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:queue"
CSRF_FAILURE_VIEW = "fanal.desk.views.doors.stale_form"
SESSION_ENGINE = "fanal.desk.sessions"
SESSION_COOKIE_NAME = "fanal_desk"
SESSION_COOKIE_AGE = 8 * 60 * 60  # one shift
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "fanal_desk_csrf"  # cookies ignore ports: portal and desk on one host must not share names
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

ACCOUNT_ADAPTER = "fanal.desk.accounts.Account"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,10/300s/key"}

MFA_ADAPTER = "fanal.desk.accounts.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Fanal"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "fanal.desk.views.doors.locked_out"
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "fanal.desk.accounts.username"  # else a lockout is kept under nobody's name
AXES_SENSITIVE_PARAMETERS = ["login"]
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_IPWARE_PROXY_COUNT = ENV.proxies
AXES_IPWARE_META_PRECEDENCE_ORDER = ("HTTP_X_FORWARDED_FOR", "REMOTE_ADDR") if ENV.proxies else ("REMOTE_ADDR",)

FANAL_WORLD = world_with("content", "index")
