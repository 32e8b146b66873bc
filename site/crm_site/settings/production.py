"""Behind HTTPS. Refuses to start without what only an operator can decide."""

from django.core.exceptions import ImproperlyConfigured

from crm_site.settings.base import *  # noqa: F403
from crm_site.settings.base import ALLOWED_HOSTS, SECRET_KEY, env

if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5:
    raise ImproperlyConfigured(
        "Set SECRET_KEY to a random secret of at least 50 characters, for example: "
        "python -c 'import secrets; print(secrets.token_urlsafe(50))'"
    )
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("Set ALLOWED_HOSTS to the host names this server answers for.")

if env.bool("BEHIND_PROXY", default=True):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=False)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

# Whether other names of the domain, and browsers' preload lists, are bound too is the domain owner's decision
# (W005, W021); Wagtail shows previews in frames of the same origin (W019).
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W019", "security.W021"]
