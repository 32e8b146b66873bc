"""Addresses, menu entries and panels for Wagtail's admin."""

from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from workflows.deadlines.menu import DeadlinesItem


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [
        path("studio/deadlines/", include("workflows.deadlines.studio_urls")),
        path("deadlines/", include("workflows.deadlines.urls")),
    ]


@hooks.register("register_reports_menu_item")
def register_report() -> MenuItem:
    return DeadlinesItem(reverse_lazy("deadlines:report"))


@hooks.register("insert_global_admin_css")
def styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("workflows/css/deadlines.css"))
