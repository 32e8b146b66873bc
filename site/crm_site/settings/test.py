"""For the test suite: fast password hashing, mail in memory, jobs run when a test says so."""

from crm_site.settings.base import *  # noqa: F403
from crm_site.settings.base import Q_CLUSTER, VAR_DIR

SECRET_KEY = "only-for-tests-" + "x" * 40
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = VAR_DIR / "test-media"
#: Nothing is collected there: else each test client's handler would look at every file that `make run` collected.
STATIC_ROOT = VAR_DIR / "tests" / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
Q_CLUSTER = {**Q_CLUSTER, "name": "relata-test"}
SAMPLE_LOGINS = True
