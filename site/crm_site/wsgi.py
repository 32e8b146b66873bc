"""WSGI entry point: `gunicorn crm_site.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

from crm_site.garbage import collect_seldom

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm_site.settings.production")

application = get_wsgi_application()
collect_seldom()
