"""Django settings, all of them: per machine from the environment, by default fit for production."""

import zoneinfo
from pathlib import Path

from leipartners.environment import database, env, flag, secret, smtp

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env("DATA_DIR", str(BASE_DIR / ".local")))

# --- what this machine is for -------------------------------------------------------------------
SECRET_KEY = secret("SECRET_KEY")
DEBUG = flag("DEBUG")
LOCAL = flag("LOCAL")  # plain http on this machine; set by ./run and by the tests
DEMO = flag("DEMO")  # the demo sign-ins are shown on the sign-in page
SITE_URL = env("SITE_URL", "http://127.0.0.1:8000" if LOCAL else None).rstrip("/")
ALLOWED_HOSTS = env("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]" if LOCAL else None).split(",")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# --- apps, from the roof to the floor -----------------------------------------------------------
INSTALLED_APPS = [
    "leipartners",
    "coaching",
    "courses",
    "a3",
    "partners",
    "leipartners.apps.OwnAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "pgtrigger",
    "pghistory",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "partners.middleware.PlainTextMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "partners.middleware.OwnZoneMiddleware",
    "partners.middleware.SamePersonMiddleware",
    "partners.middleware.PrivateCacheMiddleware",
]
ROOT_URLCONF = "leipartners.urls"
WSGI_APPLICATION = "leipartners.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
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
            ],
            "builtins": [
                "django_htmx.templatetags.django_htmx",
                "django.templatetags.static",
                "partners.templatetags.house",
            ],
        },
    }
]

# --- servers ------------------------------------------------------------------------------------
DATABASES = {"default": database(env("DATABASE_URL")) | {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}}
# A choice of a few dozen rows is read in one go: a cursor kept on the server takes three trips for it.
DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True
# Our queries read few rows: PostgreSQL would compile those whose cost it overrates, which takes a tenth of a second.
DATABASES["default"]["OPTIONS"] = {
    "connect_timeout": "5",
    "options": "-c statement_timeout=30s -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s -c jit=off",
    "tcp_user_timeout": "20000",
    **DATABASES["default"]["OPTIONS"],
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env("REDIS_URL")
# Rate limits live here: in PostgreSQL, so that sign-in works while Redis is down.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 2,
    "socket_timeout": 10,
    "retry_on_timeout": True,
    "max_retries": 1,  # publishing while Redis is down fails at once: the row waits for its planner
    "interval_start": 0,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat")
# Beat only wakes planners; the database decides what is due.
CELERY_BEAT_SCHEDULE = {
    "ask whether gains hold": {"task": "partners.schedules.ask_checks", "schedule": 3600.0},
    "remind": {"task": "partners.schedules.remind", "schedule": 60.0},
    "deliver waiting mail": {"task": "partners.schedules.deliver_waiting", "schedule": 60.0},
    "end offers of seats": {"task": "courses.schedules.end_offers", "schedule": 60.0},
    "tell untold enrollments": {"task": "courses.schedules.tell_untold", "schedule": 60.0},
    "close visits that are over": {"task": "coaching.schedules.close_over", "schedule": 3600.0},
    "keep coach days": {"task": "coaching.schedules.keep_days", "schedule": 900.0},
    "look after charters": {"task": "coaching.schedules.look_after_charters", "schedule": 3600.0},
    "keep clocks of visits": {"task": "coaching.schedules.keep_clocks", "schedule": 300.0},
    "update calendars of visits": {"task": "coaching.schedules.update_calendars", "schedule": 300.0},
    "ask for memos": {"task": "coaching.schedules.ask_for_memos", "schedule": 600.0},
    "print waiting memos": {"task": "coaching.schedules.print_waiting", "schedule": 60.0},
    "clean unused prints of memos": {"task": "coaching.schedules.clean_prints", "schedule": 3600.0},
    "work on imports": {"task": "courses.schedules.work_on_imports", "schedule": 10.0},
    "forget imports": {"task": "courses.schedules.forget_imports", "schedule": 3600.0},
    "keep course seats": {"task": "courses.schedules.keep_seats", "schedule": 3600.0},
    "close begun offerings": {"task": "courses.schedules.close_begun", "schedule": 3600.0},
    "issue certificates": {"task": "courses.schedules.issue_certificates", "schedule": 60.0},
    "tell of certificates": {"task": "courses.schedules.tell_of_certificates", "schedule": 60.0},
    "ask for door lists": {"task": "courses.schedules.ask_for_door_lists", "schedule": 3600.0},
    "print waiting certificates": {"task": "courses.schedules.print_waiting", "schedule": 60.0},
    "clean unused certificates": {"task": "courses.schedules.clean_prints", "schedule": 3600.0},
    "follow courses to work": {"task": "courses.schedules.follow_to_work", "schedule": 300.0},
    "forget presences": {"task": "a3.schedules.forget_presences", "schedule": 3600.0},
    "close talks that are over": {"task": "a3.schedules.close_talks", "schedule": 3600.0},
    "bind waiting books": {"task": "a3.schedules.bind_waiting", "schedule": 60.0},
    "clean unused prints": {"task": "a3.schedules.clean_prints", "schedule": 3600.0},
    "render waiting sheets": {"task": "a3.schedules.render_waiting", "schedule": 60.0},
}

# --- mail ---------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("FROM_EMAIL", "LEI Partners <partners@localhost>" if LOCAL else None)
SMTP_URL = env("SMTP_URL", "" if LOCAL else None)
MAILERS = {
    "default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": smtp(SMTP_URL)}
    if SMTP_URL
    else {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": str(DATA_DIR / "mail")},
    }
}

# --- files: private ones go through scoped views, there is no public media address ---------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(DATA_DIR / "files"), "base_url": None},
    },
    "staticfiles": {"BACKEND": "leipartners.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- words and times ----------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
LANGUAGES = [
    ("en", "English"),
    ("da", "Danish"),
    ("de", "German"),
    ("es", "Spanish"),
    ("fr", "French"),
    ("pt", "Portuguese"),
]
zoneinfo.reset_tzpath(to=())  # the rules of zones come from the pinned package, the same and as new on every machine
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False  # the program speaks English: looking up each word in a catalogue costs a fifth of an admin page
FORMAT_MODULE_PATH = "leipartners.formats"

# --- people and sign-in -------------------------------------------------------------------------
AUTH_USER_MODEL = "partners.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["name", "email"]},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "partners.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation has proved the address
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = None  # the person ticks it
# wrong passwords: ten a minute from one machine, five in five minutes for one address
# answers by the links in mails: thirty a minute from one machine; lists of people: twelve a minute of one person
# wrong codes of certificates: thirty a minute from one machine; setting one: thirty a minute for one person
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/300s/key",
    "answer": "30/m/ip",
    "import": "12/m/user",
    "code": "10/h/user",
    "certificate": "30/m/ip",
    "paper": "30/m/user",
}
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
ACCOUNT_USER_DISPLAY = "partners.accounts.display_name"
ACCOUNT_FORMS = {
    "login": "partners.forms.LoginForm",
    "reset_password": "partners.forms.ResetPasswordForm",
    "reset_password_from_key": "partners.forms.ResetPasswordKeyForm",
    "change_password": "partners.forms.ChangePasswordForm",
    "set_password": "partners.forms.SetPasswordForm",
    "reauthenticate": "partners.forms.ReauthenticateForm",
}
PASSWORD_RESET_TIMEOUT = 2 * 3600
USERSESSIONS_TRACK_ACTIVITY = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "LEI Partners"
MFA_ADAPTER = "partners.accounts.SecondFactorAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_SAVE_EVERY_REQUEST = False

# --- security -----------------------------------------------------------------------------------
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "worker-src": ["'self'"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not LOCAL
SESSION_COOKIE_NAME = "session" if LOCAL else "__Host-session"
CSRF_COOKIE_NAME = "csrf" if LOCAL else "__Host-csrf"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True  # scripts read the token from the page
SECURE_SSL_REDIRECT = not LOCAL
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 0 if LOCAL else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not LOCAL
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if flag("BEHIND_PROXY"):  # only then is the proxy's word on the scheme believed
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "leipartners.logs.OneLineFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", "INFO")},
    "loggers": {
        "django.server": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
    },
}
