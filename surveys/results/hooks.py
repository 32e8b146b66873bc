"""Addresses and the menu entry for Wagtail's admin."""

from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from surveys.results.menu import SurveysItem


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [path("surveys/", include("surveys.results.urls"))]


@hooks.register("register_admin_menu_item")
def register_item() -> MenuItem:
    return SurveysItem(reverse_lazy("survey_results:list"))


@hooks.register("insert_global_admin_css")
def styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("surveys/css/results.css"))
