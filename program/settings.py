"""Settings of the portal, read from top to bottom.

What differs between machines comes from the environment; every variable has a safe default, an empty one
counts as missing, and a value that makes no sense stops the start with a sentence that says what was
expected.
"""

import os
import stat
from contextlib import suppress
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent


def env_bool(name, default):
    """Read ``name`` as True or False; any other text stops the start."""
    value = os.getenv(name) or str(default)
    if value not in ("True", "False"):
        raise ImproperlyConfigured(f"{name} must be True or False, not {value!r}.")
    return value == "True"


def env_int(name, default):
    """Read ``name`` as a whole number; any other text stops the start."""
    value = os.getenv(name) or str(default)
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None


def env_list(name, default):
    """Read ``name`` as words separated by commas; blanks are dropped."""
    return [word.strip() for word in (os.getenv(name) or default).split(",") if word.strip()]


def env_url(name, default, read):
    """Read ``name`` as an address that django-environ's ``read`` understands."""
    try:
        return read(os.getenv(name) or default)
    except Exception as error:
        # The value may hold a password: it is never repeated in the message.
        raise ImproperlyConfigured(
            f"{name} is not an address this portal understands. "
            f"Expected something like {default!r} ({type(error).__name__})."
        ) from None


def read_database(address):
    """Django's settings of a database; ValueError for one that the portal does not run on."""
    # django-environ warns of an unknown one, with its password, and goes on.
    if address.split(":")[0] not in ("sqlite", "postgres", "postgresql"):
        raise ValueError
    return environ.Env.db_url_config(address)


def read_cache(address):
    """Django's settings of a cache; ValueError for one in which several workers cannot count together."""
    # With Django's caches in one process or in files, two workers may both take the lock of a count.
    if address.split(":")[0] in ("dummycache", "filecache", "locmemcache"):
        raise ValueError
    return environ.Env.cache_url_config(address)


def keep_private(path):
    """Remove all other users' rights on ``path``, where it exists; what lies in a folder is out of reach.

    Raises ImproperlyConfigured where that cannot be done, as in a folder of another user.
    """
    if path.exists() and path.stat().st_mode & OTHERS:
        with suppress(PermissionError):
            path.chmod(stat.S_IMODE(path.stat().st_mode) & ~OTHERS)
        if path.stat().st_mode & OTHERS:
            raise ImproperlyConfigured(
                f"Other accounts of this machine can read {path}, and this process may not change that. "
                "Name in PORTAL_DATA_DIR a folder of the portal's own, or let its owner run: "
                f"chmod go= {path}"
            )


def own_secret_key(folder):
    """The key kept in ``folder``, made on the first start; readable by its owner only."""
    path = folder / "secret-key"
    if not path.exists():
        new = path.with_name(f"secret-key.{os.getpid()}")
        new.touch(mode=0o600)
        new.write_text(get_random_secret_key())
        try:
            os.link(new, path)  # fails when another process was faster: then its key counts
        except FileExistsError:
            pass
        finally:
            new.unlink()
    return path.read_text().strip()


# Passports and photos are in the data folder: no other account of the machine reads what any process of the
# portal writes, nor what an older version or a person left readable there.
OTHERS = stat.S_IRWXG | stat.S_IRWXO
os.umask(OTHERS)
# The table of a whole program sends about 22 fields for each of some hundred items.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
DATA_DIR = Path(os.getenv("PORTAL_DATA_DIR") or BASE_DIR / "var").resolve()
try:
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    for path in (DATA_DIR, DATA_DIR / "portal.sqlite3", DATA_DIR / "secret-key"):
        keep_private(path)
    SECRET_KEY = os.getenv("SECRET_KEY") or own_secret_key(DATA_DIR)
except OSError as error:
    raise ImproperlyConfigured(
        f"PORTAL_DATA_DIR must name a folder this process can write to: {error.strerror}."
    ) from None
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY must have at least 50 characters, chosen at random.")

DEBUG = env_bool("DEBUG", False)
HTTPS = env_bool("PORTAL_HTTPS", True)
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS", "")
for origin in CSRF_TRUSTED_ORIGINS:
    if not origin.startswith(("http://", "https://")):
        raise ImproperlyConfigured(
            f"CSRF_TRUSTED_ORIGINS must name addresses such as https://example.org, not {origin!r}."
        )

# The demo: sample people, and a clock that may stand at a moment of the program ("rehearsal").
DEMO = env_bool("PORTAL_DEMO", False)
CLOCK_OFFSET = env_int("PORTAL_CLOCK_OFFSET", 0)  # seconds added to the real time
if CLOCK_OFFSET and not DEMO:
    raise ImproperlyConfigured("PORTAL_CLOCK_OFFSET is for the demo only: unset it.")
if DEMO and HTTPS:
    raise ImproperlyConfigured(
        "PORTAL_DEMO lets everybody in as anybody: it is for a demonstration on one's own machine, with "
        "PORTAL_HTTPS=False. Unset PORTAL_DEMO."
    )

INSTALLED_APPS = [
    "program.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "crispy_forms",
    "crispy_bootstrap5",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "simple_history",
    "program",
    "program.team",
    "sessions",
    "visits",
    "participants",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "program.content_policy.content_policy",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    # Public pages that are finished are answered here, before anybody asks who the visitor is.
    "program.publishing.pages.KeptPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "participants.accounts.middleware.SecondFactorMiddleware",
    "participants.accounts.readers.ReaderMiddleware",
    "program.former_addresses.lead_on",
]

ROOT_URLCONF = "program.urls"
WSGI_APPLICATION = "program.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "program.context.portal",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

DATABASES = {"default": env_url("DATABASE_URL", f"sqlite:///{DATA_DIR / 'portal.sqlite3'}", read_database)}
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Writers wait for each other instead of being refused; readers never wait. FULL: a mark that was
    # acknowledged is on the disk, and a power cut does not lose it. With WAL, NORMAL could lose the
    # last ones. A commit then waits for the disk once: measured 0.2 ms instead of 0.01 ms.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    # The limits of sign-in are counted here, by all workers together; `migrate` makes the table.
    "default": env_url("CACHE_URL", "dbcache://portal_cache", read_cache),
    # Finished pages, named by their release, which never changes: each process may keep its own.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": 24 * 60 * 60,
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
}
if CACHES["default"]["BACKEND"].endswith("DatabaseCache"):
    # With fewer entries, counts that are still needed would be lost: as many as 16 hosts can make in an hour.
    CACHES["default"]["OPTIONS"] = {"MAX_ENTRIES": 20_000}

vars().update(env_url("EMAIL_URL", "consolemail://", environ.Env.email_url_config))
if DEMO and not os.getenv("EMAIL_URL"):
    EMAIL_BACKEND = "participants.outbox.mail.OutboxBackend"
EMAIL_TIMEOUT = 30  # seconds; a mail server that is silent holds nobody up for longer
DEFAULT_FROM_EMAIL = os.getenv("DEFAULT_FROM_EMAIL", "portal@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Sign-in: an e-mail address and a code sent to it; no passwords. Staff may add an authenticator app
# or a passkey, and PORTAL_ADMIN_MFA makes that a condition for the admin.
AUTHENTICATION_BACKENDS = [
    "program.team.backend.TeamBackend",  # first: it decides about rights
    "participants.accounts.factors.Backend",
    # What sessions that began with an older version name.
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "participants:welcome"
PREVIEW_REDIRECT_URL = "participants:me"  # where a preview of a draft begins
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]  # no password: the sign-in form asks for the e-mail address only
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # mail may be slow
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
# Digits are quick to type on a phone, and eight of them cannot be guessed within the limits below.
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8}
# A hotel's guests share one address of the network, hence 20 per minute; "key" is the e-mail address.
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip,3/m/key,20/h/key"}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to strangers, and the same page as for a known address
ACCOUNT_ADAPTER = "participants.accounts.adapter.Adapter"
ACCOUNT_FORMS = {
    "login": "participants.accounts.forms.SignInForm",
    "confirm_login_code": "participants.accounts.forms.CodeForm",
}
ACCOUNT_SESSION_REMEMBER = True
MFA_ADAPTER = "participants.accounts.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "add_webauthn": "participants.accounts.forms.PasskeyForm",
    "activate_totp": "participants.accounts.forms.ActivateAppForm",
    "authenticate": "participants.accounts.forms.SecondStepForm",
    "reauthenticate": "participants.accounts.forms.AskAgainForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # passkeys need https, or localhost
ADMIN_MFA = env_bool("PORTAL_ADMIN_MFA", False)
SESSION_COOKIE_AGE = 30 * 24 * 60 * 60
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# English has no prefix in addresses, Bahasa Indonesia lives under /id/.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("id", _("Indonesian"))]
LOCALE_PATHS = [BASE_DIR / "program" / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = "program.formats"
# Stored in UTC; every page shows the program's own zone.
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    # What people upload is read by the portal alone: photos, signed lists, signatures.
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "program.static_files.StaticFiles"
    },
}
MEDIA_ROOT = DATA_DIR / "media"  # never served directly: views decide who may have a file

# Everything comes from this host, nothing runs or styles inline, the admin included.
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# The page that scans badges allows itself the camera; nothing else asks for any of these.
PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=()"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
if env_bool("PORTAL_BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # sign-in is limited by visitor: the proxy says which one

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
