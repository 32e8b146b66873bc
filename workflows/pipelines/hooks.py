"""Addresses, menu entries and panels for Wagtail's admin."""

from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from workflows.pipelines.viewsets import PipelinesViewSet


@hooks.register("register_admin_viewset")
def register_pipelines() -> PipelinesViewSet:
    return PipelinesViewSet()


@hooks.register("register_admin_urls")
def register_studio() -> list[URLPattern | URLResolver]:
    return [path("studio/pipelines/", include("workflows.pipelines.studio_urls"))]


@hooks.register("insert_global_admin_css")
def styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("workflows/css/pipelines.css"))
