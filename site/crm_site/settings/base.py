"""Settings that every environment shares. Each value an operator may set is read from the environment;
`docs/operators.md` lists them."""

from pathlib import Path
from typing import Any

import environ
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parents[3]
VAR_DIR = BASE_DIR / "var"
VAR_DIR.mkdir(exist_ok=True)

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

DEBUG = False
SECRET_KEY: str = env("SECRET_KEY", default="")
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "surveys",
    "forms_builder",
    "workflows",
    "records",
    "crm_config",
    "jobs",
    "crm_site",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "crm_config.user_admin.apps.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "wagtail_modeladmin",
    "modelcluster",
    "taggit",
    "django_filters",
    "import_export",
    "rules",
    "ninja",
    "django_q",
    "django_countries",
    "anymail",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "crm_site.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "crm_site.sample_logins.SampleLogins",
    "django.contrib.messages.middleware.MessageMiddleware",
    "crm_config.middleware.PinnedConfiguration",
    "records.looking.LookingAs",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "crm_site.urls"
WSGI_APPLICATION = "crm_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

#: Widgets' templates are found beside the others, in `templates/`.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"


def database(url: str) -> dict[str, Any]:
    """The connection for a database URL, with what each engine needs to be safe under two processes."""
    config: dict[str, Any] = dict(environ.Env.db_url_config(url))
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
                "PRAGMA cache_size=-64000; PRAGMA mmap_size=134217728;"
            ),
        }
    else:
        config.setdefault("CONN_MAX_AGE", 600)
        config["CONN_HEALTH_CHECKS"] = True
    return config


DATABASES = {
    "default": database(env("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'relata.sqlite3'}"))
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "crm_config.User"
AUTHENTICATION_BACKENDS = [
    "crm_site.sample_logins.SampleLoginGuard",
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
]
SAMPLE_LOGINS: bool = env.bool("SAMPLE_LOGINS", default=False)
LOGIN_URL = "wagtailadmin_login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ro", _("Romanian")), ("el", _("Greek")), ("pl", _("Polish"))]
WAGTAILADMIN_PERMITTED_LANGUAGES = [
    ("en", "English"),
    ("ro", "Română"),
    ("el", "Ελληνικά"),
    ("pl", "Polski"),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE: str = env("TIME_ZONE", default="UTC")
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(VAR_DIR / "media")))
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL: str = env("DEFAULT_FROM_EMAIL", default="relata@localhost")
#: How long a mail server may take to answer, in seconds.
EMAIL_TIMEOUT: int = env.int("EMAIL_TIMEOUT", default=30)
#: A mail service that sends for us, as django-anymail calls it, such as mailgun.
if mail_service := env("MAIL_SERVICE", default=""):
    EMAIL_BACKEND = f"anymail.backends.{mail_service}.EmailBackend"
#: What the service is told, such as its key; and `user:password` of its calls to
#: `/anymail/<service>/tracking/`, which exist only where it is set.
ANYMAIL: dict[str, Any] = env.json("ANYMAIL", default={})
if webhook_secret := env("ANYMAIL_WEBHOOK_SECRET", default=""):
    ANYMAIL["WEBHOOK_SECRET"] = webhook_secret
#: Whether it is noted that somebody looked at a mail. Off: no mail asks to be told of it.
TRACK_OPENS: bool = env.bool("TRACK_OPENS", default=False)
#: Hosts inside the house that automations may post to.
WEBHOOK_PRIVATE_HOSTS: list[str] = env.list("WEBHOOK_PRIVATE_HOSTS", default=[])

#: Proxies in front that are trusted to say whose address a form came from.
FORM_PROXIES: int = env.int("FORM_PROXIES", default=0)
#: How long answers to public forms are kept beside the records that came of them.
FORM_KEEP_DAYS: int = env.int("FORM_KEEP_DAYS", default=365)
#: How long it is kept who was written to; never shorter than a rule of the contact budget looks back.
CONTACT_KEEP_DAYS: int = env.int("CONTACT_KEEP_DAYS", default=400)

WAGTAIL_SITE_NAME = "Relata"
WAGTAILADMIN_BASE_URL: str = env(
    "BASE_URL", default=f"http://localhost:{env('PORT', default='8000')}"
)
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_REQUIRED_TEMPLATE = "wagtailcore/password_required.html"  # noqa: S105
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = [
    "csv", "doc", "docx", "eml", "ics", "jpg", "jpeg", "json", "md", "mp3", "odp", "ods", "odt", "ogg",
    "pdf", "png", "ppt", "pptx", "rtf", "txt", "vcf", "wav", "webp", "xls", "xlsx", "xml", "yaml", "zip",
]  # fmt: skip
WAGTAILDOCS_MAX_UPLOAD_SIZE = 25 * 1024 * 1024

# The queue only carries "look at this job"; attempts, time limits and outcomes are the ledger's (`jobs`). So a
# short `retry` is safe: what is delivered twice is taken once. `timeout` has to stay below it and is set
# per job when it is handed over.
Q_CLUSTER: dict[str, Any] = {
    "name": "relata",
    "label": "Jobs",
    "orm": "default",
    "workers": env.int("WORKERS", default=2),
    "queue_limit": env.int("WORKERS", default=2),
    "timeout": 100,
    "retry": 120,
    "max_attempts": 1,
    "ack_failures": True,
    "catch_up": False,
    "save_limit": 200,
    "poll": 0.5,
    "bulk": 1,
}
JOBS_AROUND = ["crm_config.live.lazily_pinned"]
JOBS: dict[str, Any] = {
    "timeout": env.int("JOB_TIMEOUT", default=3600),
    "stop": env.float("JOB_STOP_SECONDS", default=20.0),
    "keep_days": env.int("JOB_KEEP_DAYS", default=30),
}
TASKS = {"default": {"BACKEND": "jobs.backend.LedgerBackend"}}
#: How long files and rows of imports are kept; their counts stay.
IMPORT_KEEP_DAYS: int = env.int("IMPORT_KEEP_DAYS", default=90)

WEB_WORKERS: int = env.int("WEB_WORKERS", default=2)
WEB_THREADS: int = env.int("WEB_THREADS", default=4)

# Wagtail shows previews in frames of its own.
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"

SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    # fonttools tells of each letter that a document uses.
    "loggers": {"django-q": {"level": "WARNING"}, "fontTools": {"level": "WARNING"}},
}
