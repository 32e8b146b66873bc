"""Addresses of the studio's screens, for Wagtail's admin."""

from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from surveys.studio.urls import urlpatterns


@hooks.register("register_admin_urls")
def register_studio_urls() -> list[URLPattern | URLResolver]:
    # Another instance of the builder's addresses: its templates lead back to where they are seen.
    here = include((urlpatterns, "form_studio"), namespace="survey_studio")
    return [path("studio/surveys/", here)]


@hooks.register("insert_global_admin_css")
def studio_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("surveys/css/studio.css"))
