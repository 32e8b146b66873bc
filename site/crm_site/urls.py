"""Every address of the site. Apps that people work in hang their screens under Wagtail's admin by hooks."""

from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from crm_site import health, media
from crm_site.api import api

urlpatterns = [
    # The health middleware answers these; they are listed to be found in the map of addresses.
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", include(wagtailadmin_urls)),
    path("api/v1/", api.urls),
    path("", include("workflows.urls")),
    path("", include("forms_builder.urls")),
    path("", include("surveys.urls")),
    path("c/", include("records.contact.urls")),
    *([path("anymail/", include("anymail.urls"))] if "WEBHOOK_SECRET" in settings.ANYMAIL else []),
    path("documents/", include(wagtaildocs_urls)),
    path("media/<path:path>", media.picture, name="media"),
    path("", RedirectView.as_view(pattern_name="wagtailadmin_home"), name="start"),
    path("", include(wagtail_urls)),
]
