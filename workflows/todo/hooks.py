"""Addresses, menu entries and panels for Wagtail's admin."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from workflows.todo.panels import add_day
from workflows.todo.viewsets import TodoViewSet

# After that of the records, which clears the page.
hooks.register("construct_homepage_panels", add_day, order=1)


@hooks.register("register_admin_viewset")
def register_todo() -> TodoViewSet:
    return TodoViewSet()


@hooks.register("insert_global_admin_css")
def styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("workflows/css/todo.css"))


@hooks.register("insert_global_admin_js")
def scripts() -> SafeString:
    return format_html('<script type="module" src="{}"></script>', static("workflows/js/todo.js"))
