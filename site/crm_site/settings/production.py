"""Behind HTTPS, on PostgreSQL. Refuses to start without what only an operator can decide."""

from django.core.exceptions import ImproperlyConfigured

from crm_site.settings.base import *  # noqa: F403
from crm_site.settings.base import ALLOWED_HOSTS, SECRET_KEY, env

if len(SECRET_KEY) < 40:
    raise ImproperlyConfigured("Set SECRET_KEY to a secret of at least 40 characters.")
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("Set ALLOWED_HOSTS to the host names this server answers for.")

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
