"""The portal's only settings module: sensible without any service, everything else from the environment.

See the table in README.md; ``portal/settings/env.py`` reads the values, ``editor.py`` holds CKEditor's lock-down.
"""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from kombu import Queue

from portal.settings import editor, env, models, schedule

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var"))).resolve()

DEBUG = env.flag("DEBUG", default=False)
SECRET_KEY = env.secret_key(debug=DEBUG, kept_in=VAR_DIR / "secret_key")

# The host middleware is the gate: it knows the hosts from the Domain table and refuses every other one.
ALLOWED_HOSTS = ["*"]
PORTAL_DOMAIN = env.text("PORTAL_DOMAIN", "localhost").lower().rstrip(".")
HTTPS = env.flag("HTTPS", default=PORTAL_DOMAIN != "localhost")
# Addresses in mails carry the port only on a developer's machine, where no proxy stands on 80 and 443.
PUBLIC_PORT = f":{env.number('PORT', 8000)}" if PORTAL_DOMAIN == "localhost" else ""

INSTALLED_APPS = [
    "portal.core",
    "portal.search",
    "units",
    "news",
    "services",
    "feedback",
    "portal.pages",
    "portal.core.admin_config.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "haystack",
    "ckeditor",
    "axes",
    "csp",
    "tree_queries",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.core.middleware.RequestLimitMiddleware",
    "units.middleware.HostMiddleware",
    "units.redirecting.OldAddressMiddleware",
    "portal.core.page_cache.PageCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.core.middleware.LargeUploadMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
APPEND_SLASH = True

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "units.context_processors.portal",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    }
]

# --- Database ---------------------------------------------------------------------------------------------------------
DATABASE_URL = env.text("DATABASE_URL", f"sqlite:///{VAR_DIR / 'db.sqlite3'}")
DATABASES: dict[str, Any] = {"default": env.environment.db_url_config(DATABASE_URL)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # WAL lets citizens read while an editor writes; IMMEDIATE avoids deadlocks between web and worker.
    DATABASES["default"]["OPTIONS"] = {
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    }
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Cache ------------------------------------------------------------------------------------------------------------
REDIS_URL = env.text("REDIS_URL")
CACHES: dict[str, Any]
if REDIS_URL:
    CACHES = {
        "default": {"BACKEND": "portal.core.caches.ForgivingRedisCache", "LOCATION": REDIS_URL, "KEY_PREFIX": "cong"},
        "pages": {"BACKEND": "portal.core.caches.ForgivingRedisCache", "LOCATION": REDIS_URL, "KEY_PREFIX": "pages"},
    }
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(VAR_DIR / "cache"),
        },
        "pages": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": "pages",
            "OPTIONS": {"MAX_ENTRIES": 2000},
        },
    }
PAGE_CACHE_SECONDS = env.number("PAGE_CACHE_SECONDS", 60)

# --- Celery -----------------------------------------------------------------------------------------------------------
CELERY_BROKER_URL = env.text("CELERY_BROKER_URL", "filesystem://")
if CELERY_BROKER_URL.startswith("filesystem"):
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
        "data_folder_in": str(VAR_DIR / "broker" / "q"),
        "data_folder_out": str(VAR_DIR / "broker" / "q"),
        "processed_folder": str(VAR_DIR / "broker" / "processed"),
        "control_folder": str(VAR_DIR / "broker" / "control"),
        "store_processed": False,
        "polling_interval": 0.3,
    }
    for folder in ("q", "processed", "control"):
        (VAR_DIR / "broker" / folder).mkdir(parents=True, exist_ok=True)
else:
    # A broker that is down must cost the citizen's request a moment, not a minute.
    CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 5, "socket_connect_timeout": 2, "max_retries": 1}
CELERY_TIMEZONE = "Asia/Ho_Chi_Minh"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_ALWAYS_EAGER = env.flag("CELERY_TASK_ALWAYS_EAGER", default=False)
CELERY_TASK_DEFAULT_QUEUE = "celery"
CELERY_TASK_QUEUES = [Queue("celery", routing_key="celery"), Queue("index", routing_key="index")]
CELERY_TASK_ROUTES = {"search.*": {"queue": "index", "routing_key": "index"}}
CELERY_BEAT_SCHEDULE = schedule.BEAT

# --- Search -----------------------------------------------------------------------------------------------------------
SEARCH_URL = env.text("SEARCH_URL", f"whoosh://{VAR_DIR / 'whoosh'}")
if not SEARCH_URL.startswith("whoosh://"):
    raise ImproperlyConfigured(f"SEARCH_URL={SEARCH_URL!r}: this version knows whoosh:///absolute/path")
HAYSTACK_CONNECTIONS = {
    "default": {
        "ENGINE": "portal.search.engine.VietnameseWhooshEngine",
        "PATH": SEARCH_URL.removeprefix("whoosh://"),
        "SILENTLY_FAIL": False,
        "INCLUDE_SPELLING": False,
    }
}

# --- People -----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "units.permissions.MembershipBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    # TCVN 14423:2026 section 5: 14 characters without a second factor; the second factor comes with its own issue.
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 14}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
# TCVN 14423:2026 section 5: at most five failures.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "registration/locked_out.html"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
PROXY_COUNT = env.number("PROXY_COUNT", 0)
AXES_CLIENT_IP_CALLABLE = "portal.core.client_address.client_address"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "portal.pages.views.errors.csrf_failure"

# --- Transport and browser rules --------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = False
SILENCED_SYSTEM_CHECKS = [
    # nginx (deploy/nginx.conf) sends plain HTTP to HTTPS; /healthz must answer inside the network without it.
    "security.W008",
    # CKEditor 4's end of life is known, weighed and locked down: docs/decisions/0002-ckeditor.md.
    "ckeditor.W001",
]
if HTTPS:
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- Systems outside: for procedures, and for reports where a unit takes none on its own site; empty hides the word ----
SERVICES_URL = env.environment.str("SERVICES_URL", default="https://dichvucong.gov.vn")
REPORTS_URL = env.environment.str("REPORTS_URL", default="")

# --- Language, time, numbers ------------------------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["portal.settings.formats"]

# --- Files ------------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "portal.core.ckeditor_finder.UsedFilesFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "portal.core.static_storage.ForgivingStaticStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(VAR_DIR / "media")))
# What citizens sent, unseen by a moderator: outside of what nginx serves, sent only by views that ask who one is.
PRIVATE_ROOT = Path(env.text("PRIVATE_ROOT", str(VAR_DIR / "private")))
# nginx's internal location for files that a view has allowed (X-Accel-Redirect); empty: Django sends them itself.
MEDIA_ACCEL = env.text("MEDIA_ACCEL")
UPLOAD_LIMIT_BYTES = 12 * 1024 * 1024
ATTACHMENT_LIMIT_BYTES = env.number("ATTACHMENT_LIMIT_BYTES", 30 * 1024 * 1024)
VIDEO_LIMIT_BYTES = env.number("VIDEO_LIMIT_BYTES", 200 * 1024 * 1024)
# Screens that take more than UPLOAD_LIMIT_BYTES, each from people with its permission only: path, bytes, permission.
LARGE_UPLOADS = [
    ("/quan-tri/news/picture/add/", 10 * UPLOAD_LIMIT_BYTES, "news.add_picture"),
    ("/quan-tri/news/attachment/", 2 * ATTACHMENT_LIMIT_BYTES, "news.add_attachment"),
    ("/quan-tri/news/article/", UPLOAD_LIMIT_BYTES + ATTACHMENT_LIMIT_BYTES, "news.add_attachment"),
    ("/quan-tri/news/document/", 2 * ATTACHMENT_LIMIT_BYTES, "news.add_document"),
    ("/quan-tri/news/video/", VIDEO_LIMIT_BYTES, "news.add_video"),
]
# What citizens may attach to a report: pictures, and one short video; in bytes, and seconds of it that are kept.
REPORT_PICTURE_BYTES = 20 * 1024 * 1024
REPORT_VIDEO_BYTES = env.number("REPORT_VIDEO_BYTES", 100 * 1024 * 1024)
REPORT_VIDEO_SECONDS = env.number("REPORT_VIDEO_SECONDS", 60)
REPORT_PICTURES = 5
# Forms of strangers that may carry more than UPLOAD_LIMIT_BYTES, all files together: the whole path, bytes, and the gate that is
# asked before anything is read (portal.core.upload_gates). With JavaScript files come in pieces and none of this is needed.
OPEN_UPLOADS = [
    (r"/phan-anh/gui/[\w-]{22}/2/", max(REPORT_PICTURES * REPORT_PICTURE_BYTES, REPORT_VIDEO_BYTES), "feedback.draft"),
]
# Servers of the province whose videos pages may embed (PeerTube), separated by commas; none by default.
VIDEO_EMBED_HOSTS = [host.strip().lower() for host in env.text("VIDEO_EMBED_HOSTS").split(",") if host.strip()]
# Socket of a clamd that looks at every upload; empty: nothing is scanned, and `check --deploy` says so.
CLAMD_SOCKET = env.text("CLAMD_SOCKET")
# Folder of root certificates (PEM, DER) of the authorities whose signatures in PDF files are trusted; empty: nothing is said of trust.
SIGNATURE_ROOTS = env.text("SIGNATURE_ROOTS")
# A file of articles that comes through the administration; larger ones are named to `manage.py import_articles`.
IMPORT_LIMIT_BYTES = 12 * 1024 * 1024
# Hosts of the own network (host or host:port, separated by commas) that pictures may be fetched from and links checked at.
LINK_PAUSE_SECONDS = 1.0  # between two questions of the link check to one server
FETCH_ALLOWED_HOSTS = [host for host in env.text("FETCH_ALLOWED_HOSTS").replace(" ", "").split(",") if host]
# How units' dossiers can be read: a name, kept with each feed, and the class (services.dossiers.DossierSource). An
# installation adds its own system's here.
DOSSIER_SOURCES = {
    "CSV": "services.dossiers.published.PublishedCsv",
    "JSON": "services.dossiers.published.PublishedJson",
}
QUERY_LIMIT_CHARACTERS = 4096
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750

# --- Mail -------------------------------------------------------------------------------------------------------------
EMAIL_URL = env.text("EMAIL_URL")
if EMAIL_URL:
    vars().update(env.environment.email_url_config(EMAIL_URL))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(VAR_DIR / "mail")
# A mail server that accepts the connection and says nothing must not hold a worker.
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", f"khong-tra-loi@{PORTAL_DOMAIN}")

# --- Editor -----------------------------------------------------------------------------------------------------------
CKEDITOR_CONFIGS = editor.CONFIGS

# --- Tenancy: every concrete model that is not a TenantModel, and why (wall 4) ----------------------------------------
GLOBAL_MODELS = models.GLOBAL_MODELS

# --- Logging ----------------------------------------------------------------------------------------------------------
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"secret_paths": {"()": "portal.core.logs.SecretPathFilter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secret_paths"]}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
    "loggers": {
        "django.server": {"level": "WARNING"},
        # Scanners ask for pages that never were; only errors of our own deserve the log.
        "django.request": {"level": "ERROR"},
        "axes": {"level": "WARNING"},
        # A scanner's wrong Host header is not an operator's problem.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
